import { readFileSync } from "node:fs"
import { join } from "node:path"
import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"

/** Where the database of a running house is; its port changes with every start. */
export const databaseOf = (folder: string): string => {
  const port = readFileSync(join(folder, "postgres", "postmaster.pid"), "utf8").split("\n")[3]
  return `postgres://postgres@127.0.0.1:${port}/postgres`
}

/** The rows of one statement, asked by whoever the address names. Rejects with the code, e.g. `42501`. */
export const rows = <A extends object>(url: string, statement: string): Promise<ReadonlyArray<A>> =>
  Effect.runPromise(
    Effect.flatMap(PgClient.PgClient, (sql) => sql.unsafe<A>(statement)).pipe(
      Effect.mapError(({ reason: { cause } }) => {
        const code: unknown = typeof cause === "object" && cause !== null ? Reflect.get(cause, "code") : cause
        return new Error(String(code))
      }),
      Effect.provide(PgClient.layer({ url: Redacted.make(url), maxConnections: 1 }))
    )
  )
