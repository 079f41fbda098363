import { assert, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { vi } from "vitest"
import type { Tx } from "../src/Tx.ts"
import { why, world } from "./txWorld.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 30_000 })

/** Writes once, by name: a repeat finds what an earlier run left. */
const write = (tx: Tx["Service"], name: string, idempotentBy: string, runs: { n: number }) =>
  tx.run(
    { name: "test", idempotentBy },
    Effect.gen(function* () {
      runs.n += 1
      const found = yield* tx.sql`SELECT FROM deed WHERE name = ${name}`
      if (found.length > 0) return "already"
      yield* tx.sql`INSERT INTO deed (name) VALUES (${name})`
      return "done"
    })
  )
const isCommit = (text: string) => text === "COMMIT"
const isInsert = (text: string) => text.startsWith("INSERT")

it.live("a COMMIT whose answer is lost is found again by its key, and done once", () =>
  Effect.gen(function* () {
    const { deeds, proxy, tx } = yield* world()
    const runs = { n: 0 }
    proxy.arm(isCommit, "after")
    assert.strictEqual(yield* write(tx, "one", "name", runs), "already")
    assert.deepStrictEqual([proxy.fired, runs.n], [1, 2])
    assert.deepStrictEqual(yield* deeds, ["one"])
  }).pipe(Effect.scoped)
)
it.live("without a key a COMMIT whose answer is lost is not repeated: nobody knows", () =>
  Effect.gen(function* () {
    const { deeds, proxy, tx } = yield* world()
    const runs = { n: 0 }
    proxy.arm(isCommit, "after")
    assert.strictEqual(why(yield* Effect.exit(write(tx, "one", "", runs))), "away")
    assert.deepStrictEqual([proxy.fired, runs.n], [1, 1])
    assert.deepStrictEqual(yield* deeds, ["one"])
  }).pipe(Effect.scoped)
)
it.live("a line cut within a transaction leaves nothing, and with a key it is done again", () =>
  Effect.gen(function* () {
    const { deeds, proxy, tx } = yield* world()
    const runs = { n: 0 }
    proxy.arm(isInsert, "after")
    assert.strictEqual(yield* write(tx, "one", "name", runs), "done")
    assert.deepStrictEqual([proxy.fired, runs.n], [1, 2])
    proxy.reset()
    proxy.arm(isInsert, "before")
    assert.strictEqual(why(yield* Effect.exit(write(tx, "two", "", { n: 0 }))), "away")
    assert.strictEqual(proxy.fired, 1)
    assert.deepStrictEqual(yield* deeds, ["one"])
  }).pipe(Effect.scoped)
)
it.live("a database that refuses connections is tried again, key or no key, then it is away", () =>
  Effect.gen(function* () {
    const { deeds, proxy, tx } = yield* world()
    proxy.refuses = true
    const trying = yield* Effect.forkChild(write(tx, "one", "", { n: 0 }))
    yield* Effect.sleep(10)
    proxy.refuses = false
    assert.strictEqual(yield* Fiber.join(trying), "done")
    proxy.refuses = true
    proxy.cutAll()
    yield* Effect.sleep(20)
    assert.strictEqual(why(yield* Effect.exit(write(tx, "two", "", { n: 0 }))), "away")
    assert.deepStrictEqual(yield* deeds, ["one"])
  }).pipe(Effect.scoped)
)
it.live("a line that falls silent is given up at the deadline, not waited for", () =>
  Effect.gen(function* () {
    const { proxy, tx } = yield* world({ deadline: 400 })
    yield* tx.one({ name: "test", idempotentBy: "read" }, tx.sql`SELECT 1 AS one`)
    proxy.arm((text) => text.includes("AS silent"), "silence")
    const start = Date.now()
    const silent = tx.one({ name: "test", idempotentBy: "read" }, tx.sql`SELECT 1 AS silent`)
    assert.strictEqual(why(yield* Effect.exit(silent)), "slow")
    const inside = tx.run(
      { name: "test", idempotentBy: "read" },
      Effect.andThen(tx.sql`SELECT 1 AS first`, tx.sql`SELECT 2 AS silent`)
    )
    proxy.arm((text) => text.includes("AS silent"), "silence")
    assert.strictEqual(why(yield* Effect.exit(inside)), "slow")
    assert.strictEqual(proxy.fired, 2)
    assert.isBelow(Date.now() - start, 1500)
    proxy.cutAll()
  }).pipe(Effect.scoped)
)
