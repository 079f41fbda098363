import { PgClient } from "@effect/sql-pg"
import { Effect, ManagedRuntime, Redacted } from "effect"
import type { SqlError } from "effect/sql"

type Statement<A> = (sql: PgClient.PgClient) => Effect.Effect<ReadonlyArray<A>, SqlError.SqlError>

/** Statements of one transaction. */
export interface Transaction {
  readonly query: <A>(statement: Statement<A>) => Promise<ReadonlyArray<A>>
}

/** One log-in's connections. */
export interface Database extends Transaction {
  /** Commits when `body` resolves; rolls back when it rejects, and rejects with the same. */
  readonly transaction: <A>(body: (tx: Transaction) => Promise<A>) => Promise<A>
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
    transaction: (body) =>
      runtime.runPromise(
        Effect.flatMap(PgClient.PgClient, (sql) =>
          sql.withTransaction(
            Effect.flatMap(Effect.context<never>(), (context) => {
              // The connection of the transaction travels in the context.
              const query: Transaction["query"] = (statement) =>
                Effect.runPromiseWith(context)(statement(sql))
              return Effect.promise(() => body({ query }))
            })
          )
        ).pipe(Effect.timeout("10 seconds"))
      ),
    query: (statement) =>
      runtime.runPromise(Effect.flatMap(PgClient.PgClient, statement).pipe(Effect.timeout("10 seconds"))),
    close: () => runtime.dispose()
  }
}
