import { PgClient } from "@effect/sql-pg"
import { Effect, ManagedRuntime, Redacted } from "effect"
import type { SqlError } from "effect/sql"

type Statement<A> = (sql: PgClient.PgClient) => Effect.Effect<ReadonlyArray<A>, SqlError.SqlError>

/** One log-in's connections. */
export interface Database {
  readonly query: <A>(statement: Statement<A>) => Promise<ReadonlyArray<A>>
  readonly close: () => Promise<void>
}

const connectionsMost = 4

/** Connections as whom the address names; none is opened before it is needed. */
export const openDatabase = (url: string): Database => {
  const runtime = ManagedRuntime.make(
    PgClient.layer({
      url: Redacted.make(url),
      maxConnections: connectionsMost,
      applicationName: "rose-ash-practice"
    })
  )
  return {
    query: (statement) =>
      runtime.runPromise(Effect.flatMap(PgClient.PgClient, statement).pipe(Effect.timeout("10 seconds"))),
    close: () => runtime.dispose()
  }
}
