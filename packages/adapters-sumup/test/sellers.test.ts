import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { callsMost, failuresMost, makeSellers } from "../src/Sellers.ts"
import { failure, type Trouble } from "../src/SumUpFailure.ts"
import { askingOf } from "./asking.ts"
import { practice } from "./practice.ts"
import { bakery, forge } from "./sellerKeys.ts"

const failing = (trouble: Trouble, retryAfter: number | null = null) =>
  Effect.fail(failure(trouble, retryAfter))

describe("a seller's turnstile", () => {
  it.effect("holds calls back after failures in a row, then tries with one at a time, ever more seldom", () =>
    Effect.gen(function* () {
      const { through } = yield* makeSellers
      for (let count = 0; count < failuresMost; count++) {
        assert.strictEqual((yield* Effect.flip(through("M1", failing("silent")))).trouble, "silent")
      }
      const held = yield* Effect.flip(through("M1", Effect.succeed("asked")))
      assert.strictEqual(held.trouble, "held")
      assert.isAtMost(held.retryAfter ?? Number.NaN, 1000)
      yield* TestClock.adjust(1000)
      const trying = yield* Effect.forkChild(
        through("M1", Effect.andThen(Effect.sleep(100), failing("failed"))).pipe(Effect.flip)
      )
      yield* TestClock.adjust(50)
      assert.strictEqual((yield* Effect.flip(through("M1", Effect.succeed("asked")))).trouble, "held")
      yield* TestClock.adjust(50)
      assert.strictEqual((yield* Fiber.join(trying)).trouble, "failed")
      yield* TestClock.adjust(990)
      assert.strictEqual((yield* Effect.flip(through("M1", Effect.succeed("asked")))).trouble, "held")
      yield* TestClock.adjust(1010)
      assert.strictEqual(yield* through("M1", Effect.succeed("asked")), "asked")
      assert.strictEqual(yield* through("M1", Effect.succeed("asked")), "asked")
    })
  )

  it.effect("waits half a minute at most", () =>
    Effect.gen(function* () {
      const { through } = yield* makeSellers
      for (let count = 0; count < 12; count++) {
        yield* TestClock.adjust(600_000 - 1)
        assert.strictEqual((yield* Effect.flip(through("M1", failing("silent")))).trouble, "silent")
      }
      yield* TestClock.adjust(14_000)
      assert.strictEqual((yield* Effect.flip(through("M1", Effect.void))).trouble, "held")
      yield* TestClock.adjust(16_000)
      assert.strictEqual(yield* through("M1", Effect.succeed("asked")), "asked")
    })
  )

  it.effect("waits as long as SumUp says, from the first time on", () =>
    Effect.gen(function* () {
      const { through } = yield* makeSellers
      yield* Effect.flip(through("M1", failing("busy", 7000)))
      yield* TestClock.adjust(6999)
      assert.deepInclude(yield* Effect.flip(through("M1", Effect.void)), { trouble: "held", retryAfter: 1 })
      yield* TestClock.adjust(1)
      yield* through("M1", Effect.void)
    })
  )

  it.effect("counts only failures in a row, and no refusal and no junk is one", () =>
    Effect.gen(function* () {
      const { through } = yield* makeSellers
      for (const sign of ["key", "account", "request", "not_found", "conflict", "garbled"] as const) {
        for (let count = 1; count < failuresMost; count++)
          yield* Effect.flip(through("M1", failing("failed")))
        yield* Effect.flip(through("M1", failing(sign)))
      }
      yield* Effect.forEach(Array.from({ length: 20 }), () => Effect.flip(through("M1", failing("garbled"))))
      assert.strictEqual(yield* through("M1", Effect.succeed("asked")), "asked")
    })
  )

  it.effect("lets so many calls through at once, and the next one wait two seconds for its turn", () =>
    Effect.gen(function* () {
      const { through } = yield* makeSellers
      let under = 0
      const call = Effect.ensuring(
        Effect.andThen(
          Effect.sync(() => (under += 1)),
          Effect.sleep(5000)
        ),
        Effect.sync(() => (under -= 1))
      )
      const fibers = yield* Effect.forEach(Array.from({ length: callsMost }), () =>
        Effect.forkChild(through("M1", call))
      )
      const late = yield* Effect.forkChild(Effect.flip(through("M1", call)))
      yield* TestClock.adjust(1000)
      assert.strictEqual(under, callsMost)
      yield* TestClock.adjust(1000)
      assert.deepInclude(yield* Fiber.join(late), { trouble: "held" })
      const next = yield* Effect.forkChild(through("M1", Effect.succeed("asked")))
      yield* TestClock.adjust(1500)
      yield* Effect.forEach(fibers, (fiber) => Fiber.interrupt(fiber))
      assert.strictEqual(yield* Fiber.join(next), "asked")
      assert.strictEqual(under, 0)
    })
  )

  it.effect("is left when the caller has no more time", () =>
    Effect.gen(function* () {
      const { through } = yield* makeSellers
      yield* Effect.forEach(Array.from({ length: callsMost }), () =>
        Effect.forkChild(through("M1", Effect.never))
      )
      const hasty = yield* Effect.forkChild(Effect.flip(through("M1", Effect.void, 300)))
      yield* TestClock.adjust(300)
      assert.strictEqual((yield* Fiber.join(hasty)).trouble, "held")
    })
  )

  it.effect("is one seller's alone", () =>
    Effect.gen(function* () {
      const { through } = yield* makeSellers
      for (let count = 0; count < failuresMost; count++) yield* Effect.flip(through("M1", failing("silent")))
      yield* Effect.forEach(Array.from({ length: 20 }), () => Effect.forkChild(through("M2", Effect.never)))
      yield* TestClock.adjust(1)
      assert.strictEqual(yield* through("M3", Effect.succeed("asked")), "asked")
    })
  )

  it.effect("tries again after a try that was given up", () =>
    Effect.gen(function* () {
      const { through } = yield* makeSellers
      for (let count = 0; count < failuresMost; count++) yield* Effect.flip(through("M1", failing("silent")))
      yield* TestClock.adjust(1000)
      const given = yield* Effect.forkChild(through("M1", Effect.never))
      yield* TestClock.adjust(10)
      yield* Fiber.interrupt(given)
      assert.strictEqual(yield* through("M1", Effect.succeed("asked")), "asked")
    })
  )
})

describe("one page's trouble", () => {
  it.live("with a silent account and a dead key slows no other page", () =>
    Effect.gen(function* () {
      const { calls, faults, fired, merchants, open, read } = yield* practice()
      faults.add({ fault: "never-answer", match: { merchant: bakery.merchantCode }, times: "always" })
      const slow = yield* Effect.forEach(Array.from({ length: 40 }), () =>
        Effect.forkChild(Effect.result(open(askingOf(bakery))))
      )
      yield* Effect.sleep(50)
      const startedAt = Date.now()
      const seen = yield* Effect.forEach(Array.from({ length: 10 }), () => open(askingOf(forge)))
      assert.lengthOf(seen, 10)
      assert.isBelow(Date.now() - startedAt, 1500)
      const asked = calls.filter(({ headers }) => headers.get("authorization")?.includes("ash-bakery"))
      assert.isAtMost(asked.length, callsMost)
      assert.strictEqual(fired("never-answer"), asked.length)
      yield* Effect.forEach(slow, (fiber) => Fiber.interrupt(fiber))
      merchants.revoke(bakery.merchantCode)
      yield* Effect.flip(read(askingOf(bakery, { providerId: "c-1" })))
      assert.strictEqual((yield* open(askingOf(forge))).status, "PENDING")
    })
  )
})
