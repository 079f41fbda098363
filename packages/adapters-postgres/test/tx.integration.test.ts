import { assert, it } from "@effect/vitest"
import { Cause, Deferred, Effect, Exit, Fiber } from "effect"
import { vi } from "vitest"
import { breaks } from "../src/sqlErrors.ts"
import { why, world } from "./txWorld.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 30_000 })

it.live("a deadlock is undone for sure, so it is done again", () =>
  Effect.gen(function* () {
    const { sql, tx } = yield* world()
    yield* sql`INSERT INTO deed (name) VALUES ('a'), ('b')`
    const met = { a: yield* Deferred.make<void>(), b: yield* Deferred.make<void>() }
    let runs = 0
    const take = (first: "a" | "b", second: "a" | "b") =>
      tx.run(
        { name: "test", idempotentBy: "" },
        Effect.gen(function* () {
          runs += 1
          yield* tx.sql`UPDATE deed SET n = n + 1 WHERE name = ${first}`
          yield* Deferred.succeed(met[first], undefined)
          yield* Deferred.await(met[second])
          yield* tx.sql`UPDATE deed SET n = n + 1 WHERE name = ${second}`
        })
      )
    yield* Effect.all([take("a", "b"), take("b", "a")], { concurrency: 2 })
    assert.strictEqual(runs, 3)
    assert.deepStrictEqual(yield* sql`SELECT n FROM deed`, [{ n: 2 }, { n: 2 }])
  }).pipe(Effect.scoped)
)
it.live("a pool without a free connection is busy within its wait, and recovers", () =>
  Effect.gen(function* () {
    const { tx } = yield* world({ maxConnections: 1, wait: 200 })
    const holding = yield* Effect.forkChild(
      tx.run({ name: "holder", idempotentBy: "read" }, tx.sql`SELECT pg_sleep(0.6)`)
    )
    yield* Effect.sleep(100)
    const start = Date.now()
    const read = tx.one({ name: "test", idempotentBy: "read" }, tx.sql`SELECT 1 AS one`)
    assert.strictEqual(why(yield* Effect.exit(read)), "busy")
    assert.isBelow(Date.now() - start, 400)
    yield* Fiber.join(holding)
    assert.deepStrictEqual(yield* read, [{ one: 1 }])
  }).pipe(Effect.scoped)
)
it.live(
  "a statement beyond its deadline is cancelled at the server, and its connection serves the next",
  () =>
    Effect.gen(function* () {
      const { sql, tx } = yield* world({ maxConnections: 1, deadline: 300 })
      const sleeping = tx.one({ name: "test", idempotentBy: "read" }, tx.sql`SELECT pg_sleep(20)`)
      assert.strictEqual(why(yield* Effect.exit(sleeping)), "slow")
      yield* Effect.sleep(50)
      const left =
        yield* sql`SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' AND state = 'active'
      AND pid <> pg_backend_pid() AND datname = current_database()`
      assert.strictEqual(left.length, 0)
      const next = yield* tx.one({ name: "test", idempotentBy: "read" }, tx.sql`SELECT 2 AS two`)
      assert.deepStrictEqual(next, [{ two: 2 }])
    }).pipe(Effect.scoped)
)
it.live("a backend that the server ends is replaced, and the work done once", () =>
  Effect.gen(function* () {
    const { deeds, sql, tx } = yield* world({ maxConnections: 1 })
    let runs = 0
    const work = tx.run(
      { name: "test", idempotentBy: "name" },
      Effect.gen(function* () {
        runs += 1
        yield* tx.sql`INSERT INTO deed (name) VALUES ('one') ON CONFLICT DO NOTHING`
        if (runs > 1) return
        const [row] = yield* tx.sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`
        yield* sql`SELECT pg_terminate_backend(${row?.pid ?? 0})`
        yield* tx.sql`SELECT 1`
      })
    )
    yield* work
    assert.strictEqual(runs, 2)
    assert.deepStrictEqual(yield* deeds, ["one"])
  }).pipe(Effect.scoped)
)
it.live("a refusal of the body undoes it and is not repeated; a rule of the database has its name", () =>
  Effect.gen(function* () {
    const { deeds, tx } = yield* world()
    let runs = 0
    const refused = tx.run(
      { name: "test", idempotentBy: "name" },
      Effect.gen(function* () {
        runs += 1
        yield* tx.sql`INSERT INTO deed (name) VALUES ('one')`
        return yield* Effect.fail("no" as const)
      })
    )
    assert.strictEqual(yield* Effect.flip(refused), "no")
    const twice = tx.sql`INSERT INTO deed (name) VALUES ('two'), ('two')`
    const known = tx.one(
      { name: "test", idempotentBy: "" },
      Effect.catchIf(twice, breaks("deed_once"), () => Effect.fail("twice" as const))
    )
    assert.strictEqual(yield* Effect.flip(known), "twice")
    const unknown = tx.one({ name: "test", idempotentBy: "name" }, twice)
    assert.strictEqual(why(yield* Effect.exit(unknown)), "refused deed_once")
    assert.strictEqual(runs, 1)
    assert.deepStrictEqual(yield* deeds, [])
  }).pipe(Effect.scoped)
)
it.live("what the database says of a row is not passed on", () =>
  Effect.gen(function* () {
    const { tx } = yield* world()
    const secret = "wren@example.org"
    const broken = [
      tx.sql`INSERT INTO deed (name) VALUES (${secret}), (${secret})`,
      tx.sql`SELECT ${secret}::integer`,
      tx.sql`INSERT INTO deed (name, n) VALUES (${secret}, NULL)`
    ]
    for (const statement of broken) {
      const exit = yield* Effect.exit(tx.one({ name: "test", idempotentBy: "" }, statement))
      assert.isTrue(Exit.isFailure(exit))
      assert.notInclude(Exit.isFailure(exit) ? Cause.pretty(exit.cause) : secret, secret)
    }
  }).pipe(Effect.scoped)
)
