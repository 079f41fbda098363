import { randomUUID } from "node:crypto"
import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer, Random } from "effect"
import { client, freshDatabase } from "./database.ts"

/** Connections enough for all who write at once, and a consumer that pulls from within the database. */
const world = Effect.gen(function* () {
  const context = yield* Layer.build(client(yield* freshDatabase(), { maxConnections: 12 }))
  const sql = yield* Effect.provide(PgClient.PgClient, context)
  yield* sql`INSERT INTO cart.consumer (name, db_role) VALUES ('market', 'market_app')`
  const tell = (stream: string, seq: number) => sql`INSERT INTO cart.event (id, stream, seq, type, at, data)
    VALUES (${`${stream}.${seq}`}, ${stream}, ${seq}, 'cart.adopted', clock_timestamp(),
      '{"customerId": "robin", "lines": 1, "entries": 0, "orders": 0}')`
  /** What is there to be had now, in the order in which it is handed over. */
  const pull = Effect.gen(function* () {
    const due = yield* sql<{
      id: string
      lease: string
    }>`SELECT id, lease FROM cart_api.claim_events('market', 100)`
    const leases = due.map(({ lease }) => lease)
    yield* sql`SELECT cart_api.settle_events('market', ${leases}::uuid[])`
    return due.map(({ id }) => id)
  })
  return { pull, sql, tell }
})

it.live("an event that is committed after a later one was taken is still handed over", () =>
  Effect.gen(function* () {
    const { pull, sql, tell } = yield* world
    const [slow, fast] = [randomUUID(), randomUUID()]
    const [written, go] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
    const transaction = sql.withTransaction(
      Effect.gen(function* () {
        yield* tell(slow, 1)
        yield* Deferred.succeed(written, undefined)
        yield* Deferred.await(go)
      })
    )
    const open = yield* Effect.forkChild(transaction)
    yield* Deferred.await(written)
    yield* tell(fast, 1)
    assert.deepStrictEqual(yield* pull, [`${fast}.1`])
    assert.deepStrictEqual(yield* pull, [])
    yield* Deferred.succeed(go, undefined)
    yield* Fiber.join(open)
    assert.deepStrictEqual(yield* pull, [`${slow}.1`])
  }).pipe(Effect.scoped)
)

it.live("while many write and commit as it happens, nothing is skipped, doubled or out of its order", () =>
  Effect.gen(function* () {
    const { pull, sql, tell } = yield* world
    const streams = Array.from({ length: 40 }, () => randomUUID())
    const pausing = Effect.flatMap(Random.nextBetween(0, 15), Effect.sleep)
    const story = (stream: string) =>
      Effect.forEach([1, 2, 3], (seq) =>
        sql.withTransaction(Effect.andThen(tell(stream, seq), Effect.when(pausing, Random.nextBoolean)))
      )
    const writing = yield* Effect.forkChild(Effect.forEach(streams, story, { concurrency: 10 }))
    const pulled: Array<string> = []
    for (let quiet = 0; quiet < 3; ) {
      const wasOver = writing.pollUnsafe() !== undefined
      const ids = yield* pull
      pulled.push(...ids)
      quiet = wasOver && ids.length === 0 ? quiet + 1 : 0
    }
    yield* Fiber.join(writing)
    assert.strictEqual(pulled.length, streams.length * 3)
    for (const stream of streams)
      assert.deepStrictEqual(
        pulled.filter((id) => id.startsWith(stream)),
        [1, 2, 3].map((seq) => `${stream}.${seq}`)
      )
  }).pipe(Effect.scoped)
)
