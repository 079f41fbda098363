import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import * as fc from "fast-check"
import type { Sweep } from "../../src/checkout/Sweep.ts"
import { check, compare } from "../../src/testing/Invariants.ts"
import { forAll } from "../../src/testing/prop.ts"
import type { Trouble } from "../../src/testing/Scripted.ts"
import { Pause } from "../../src/testing/World.ts"
import { layer, live } from "../checkout/shop.ts"
import { type Shopful, shopful } from "./shopful.ts"

type Act = (shop: Shopful) => Effect.Effect<unknown, { readonly _tag: string }, Sweep>
const named = (name: string, act: Act): Act & { toString(): string } =>
  Object.assign((shop: Shopful) => act(shop), { toString: () => name })

const n = fc.nat({ max: 11 })
const trouble = fc.constantFrom<Trouble>(
  { _tag: "Silent", done: false },
  { _tag: "Silent", done: true },
  { _tag: "Busy", retryAfter: null },
  { _tag: "Unreadable" },
  { _tag: "NotFound" },
  { _tag: "Lies", instead: (seen) => ({ ...seen, reference: "ra-other" }) },
  { _tag: "Lies", instead: (seen) => ({ ...seen, status: "PENDING", captured: [], transactionId: null }) }
)
const shopping = fc.oneof(
  fc.tuple(n, n, n).map(([a, b, c]) => named(`add(${a}, ${b}, ${c})`, (shop) => shop.add(a, b, (c % 3) + 1))),
  fc.tuple(n, n, n).map(([a, b, c]) => named(`set(${a}, ${b}, ${c})`, (shop) => shop.set(a, b, c % 6))),
  fc.tuple(n, n).map(([a, b]) => named(`hold(${a}, ${b})`, (shop) => shop.hold(a, b))),
  fc.tuple(n, n).map(([a, b]) => named(`reprice(${a}, ${b})`, (shop) => shop.reprice(a, b * 100))),
  fc.tuple(n, n).map(([a, b]) => named(`offer(${a}, ${b})`, (shop) => shop.offer(a, b % 3 !== 0)))
)
const buying = fc.oneof(
  fc.tuple(n, n).map(([a, b]) => named(`start(${a}, ${b})`, (shop) => shop.start(a, b))),
  fc.tuple(n, n).map(([a, b]) => named(`start(${a}, ${b})`, (shop) => shop.start(a, b))),
  fc
    .tuple(n, n)
    .map(([a, b]) =>
      named(`startWithPlace(${a}, ${b})`, (shop) => Effect.andThen(shop.hold(a, b), shop.start(a, b)))
    ),
  n.map((a) => named(`repeat(${a})`, (shop) => shop.repeat(a))),
  fc.tuple(n, n).map(([a, b]) => named(`payAgain(${a}, ${b})`, (shop) => shop.payAgain(a, b))),
  fc.tuple(n, n).map(([a, b]) => named(`cancel(${a}, ${b})`, (shop) => shop.cancel(a, b))),
  fc.tuple(n, n).map(([a, b]) => named(`recheck(${a}, ${b})`, (shop) => shop.recheck(a, b))),
  fc.tuple(n, n).map(([a, b]) => named(`restore(${a}, ${b})`, (shop) => shop.restore(a, b)))
)
const paying = fc.oneof(
  n.map((a) => named(`pay(${a})`, (shop) => shop.pay(a))),
  n.map((a) => named(`payAnyway(${a})`, (shop) => shop.payAnyway(a))),
  n.map((a) => named(`decline(${a})`, (shop) => shop.decline(a))),
  n.map((a) => named(`expirePage(${a})`, (shop) => shop.expirePage(a))),
  n.map((a) => named(`hint(${a})`, (shop) => shop.hint(a)))
)
const passing = fc.oneof(
  fc.constant(named("sweep", (shop) => shop.sweep)),
  fc.constant(named("an hour", () => live(60, 600))),
  fc
    .constantFrom(1, 3, 40, 400, 1500, 2500)
    .map((s) => named(`wait(${s})`, () => TestClock.adjust(s * 1000))),
  fc
    .tuple(trouble, fc.integer({ min: 1, max: 4 }))
    .map(([one, times]) =>
      named(`trouble(${one._tag})`, ({ provider }) => provider.script({ trouble: one, times }))
    ),
  fc.constant(named("heal", ({ provider }) => provider.heal))
)
const act = fc.oneof(
  shopping,
  { weight: 4, arbitrary: buying },
  { weight: 3, arbitrary: paying },
  { weight: 2, arbitrary: passing }
)
/** What happens at the same time: one thing, or a few. */
const moment = fc.oneof(
  act.map((one) => [one]),
  fc.array(act, { minLength: 2, maxLength: 3 })
)
const history = fc.array(moment, { minLength: 5, maxLength: 40 })

/** Whoever calls a port lets others go first, now and then, as the numbers say. */
const jostling = (turns: ReadonlyArray<number>): Pause => {
  let calls = 0
  return () => {
    calls += 1
    return Effect.repeat(Effect.yieldNow, { times: turns[calls % turns.length] ?? 0 })
  }
}
const turns = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 17 })

const sound = (shop: Shopful, after: unknown) =>
  Effect.gen(function* () {
    const breaks = check(yield* shop.world.peek, yield* shop.world.now)
    assert.deepStrictEqual(breaks, [], `after ${String(after)}`)
  })

/** Lives through a history on a world of its own; refusals are part of life, defects are not. */
const livedThrough = (moments: ReadonlyArray<ReadonlyArray<Act>>, pause: Pause) =>
  Effect.gen(function* () {
    const shop = yield* shopful
    for (const acts of moments) {
      const atOnce = Effect.forEach(acts, (one) => Effect.ignore(one(shop)), { concurrency: "unbounded" })
      yield* Effect.provideService(atOnce, Pause, pause)
      yield* sound(shop, acts)
    }
    return shop
  })

describe("whatever people, pages and the provider do", () => {
  it.effect(
    "every invariant holds after every moment, and once the provider answers all money is accounted for",
    () =>
      forAll(
        [history, turns],
        (moments, turns) =>
          Effect.gen(function* () {
            const shop = yield* livedThrough(moments, jostling(turns))
            yield* shop.provider.heal
            yield* live(120, 120)
            yield* live(60 * 30, 60 * 60 * 5)
            yield* sound(shop, "all is quiet")
            assert.deepStrictEqual(compare(yield* shop.world.peek, yield* shop.provider.books), [])
            const waiting = (yield* shop.all).filter(({ state }) => state === "awaiting_payment")
            assert.deepStrictEqual(waiting, [])
          }).pipe(Effect.provide(Layer.fresh(layer))),
        { numRuns: 150 }
      ),
    60_000
  )
})
