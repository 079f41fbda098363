import { PgClient } from "@effect/sql-pg"
import { StoreUnavailable } from "@rose-ash/cart-domain/health/StoreUnavailable"
import { Cause, Effect, Exit, Layer } from "effect"
import { SqlRefused } from "../src/sqlErrors.ts"
import { Tx, type TxLimits } from "../src/Tx.ts"
import { client, freshDatabase } from "./database.ts"
import { proxied } from "./PgProxy.ts"

/** A table of one's own behind a proxy; `deeds` are rows, each named by what it did. */
export const world = Effect.fnUntraced(function* (limits: Partial<TxLimits> = {}) {
  const url = yield* freshDatabase()
  const { proxy, url: through } = yield* proxied(url)
  const inside = yield* Layer.build(
    Tx.layer({ maxConnections: 4, ...limits }).pipe(Layer.provide(client(through)))
  )
  const plain = yield* Layer.build(client(url, { maxConnections: 8 }))
  const sql = yield* Effect.provide(PgClient.PgClient, plain)
  yield* sql`CREATE TABLE deed (name text CONSTRAINT deed_once PRIMARY KEY, n integer NOT NULL DEFAULT 0)`
  const tx = yield* Effect.provide(Tx, inside)
  const deeds = Effect.map(sql<{ name: string }>`SELECT name FROM deed ORDER BY name`, (rows) =>
    rows.map(({ name }) => name)
  )
  return { deeds, proxy, sql, tx, url }
})

export const why = <A, E>(exit: Exit.Exit<A, E>): string => {
  if (Exit.isSuccess(exit)) return "success"
  const defect = Cause.squash(exit.cause)
  if (defect instanceof StoreUnavailable) return defect.why
  return defect instanceof SqlRefused ? `refused ${defect.constraint || defect.code}` : `other ${defect}`
}
