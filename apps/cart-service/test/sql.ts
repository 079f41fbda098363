import { readFileSync } from "node:fs"
import { join } from "node:path"
import { PgClient } from "@effect/sql-pg"
import { Effect, ManagedRuntime, Redacted } from "effect"

/** Where the database of a running house is; its port changes with every start. */
export const databaseOf = (folder: string): string => {
  const port = readFileSync(join(folder, "postgres", "postmaster.pid"), "utf8").split("\n")[3]
  return `postgres://postgres@127.0.0.1:${port}/postgres`
}

const open = (url: string) =>
  ManagedRuntime.make(PgClient.layer({ url: Redacted.make(url), maxConnections: 1, idleTimeout: "1 second" }))
/** By address: a connection of its own for each statement cost the server more than the statement. */
const opened = new Map<string, ReturnType<typeof open>>()

/** The rows of one statement, asked by whoever the address names. Rejects with the code, e.g. `42501`. */
export const rows = <A extends object>(url: string, statement: string): Promise<ReadonlyArray<A>> => {
  const runtime = opened.get(url) ?? open(url)
  opened.set(url, runtime)
  return runtime.runPromise(
    Effect.flatMap(PgClient.PgClient, (sql) => sql.unsafe<A>(statement)).pipe(
      Effect.mapError(({ reason: { cause } }) => {
        const code: unknown = typeof cause === "object" && cause !== null ? Reflect.get(cause, "code") : cause
        return new Error(String(code))
      })
    )
  )
}
