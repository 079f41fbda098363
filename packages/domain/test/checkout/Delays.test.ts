import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Carts } from "../../src/cart/Carts.ts"
import { Checkout } from "../../src/checkout/Checkout.ts"
import type { Item } from "../../src/page/Item.ts"
import { attemptOf, put, seenOf, someone } from "../../src/testing/acting.ts"
import { minute, second } from "../../src/time/Instant.ts"
import { bakery, story } from "./shop.ts"

const purchases = 200
/** Half pay within a minute, one in a hundred takes seven: as waiting times spread, 90 s in the mean. */
const paysAfter = (n: number): number =>
  Math.min(12 * minute, Math.round(-Math.log(1 - (n + 0.5) / purchases) * 90 * second))
const percentile = (all: ReadonlyArray<number>, of: number): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length * of)] ?? Number.NaN

const started = Effect.fnUntraced(function* (loaf: Item) {
  const [carts, checkout] = [yield* Carts, yield* Checkout]
  const identity = yield* someone
  yield* put(identity, loaf)
  const seen = seenOf(yield* carts.view(identity, loaf.pageId))
  const { order } = yield* checkout.start({
    identity,
    pageId: loaf.pageId,
    seen,
    email: "wren@example.org",
    visit: null
  })
  return { order, by: { identity, links: [] } }
})

/** Each opens a payment page, pays on it after its time, and is told by nobody; the sweep does its rounds. */
const everybodyPays = Effect.gen(function* () {
  const { loaf, orders, provider, sweep } = yield* bakery
  const all = yield* Effect.forEach(Array.from({ length: purchases }), () => started(loaf))
  for (let now = 0; now <= 15 * minute; now += second) {
    for (const [n, { order }] of all.entries())
      if (paysAfter(n) >= now && paysAfter(n) < now + second) yield* provider.pay(attemptOf(order))
    yield* TestClock.adjust(second)
    yield* sweep.pass()
  }
  return yield* Effect.forEach(all, ({ order }, n) =>
    Effect.map(orders.get(order.id), ({ paidAt }) => (paidAt ?? Infinity) - order.placedAt - paysAfter(n))
  )
})

story("with every webhook lost half are known to be paid within 30 s, and 99 of 100 within 3 min", () =>
  Effect.gen(function* () {
    const delays = yield* everybodyPays
    assert.isAbove(Math.min(...delays), 0)
    assert.isAtMost(percentile(delays, 0.5), 30 * second)
    assert.isAtMost(percentile(delays, 0.99), 3 * minute)
    assert.isAtMost(Math.max(...delays), 3 * minute)
  })
)

story("and whoever comes back is told within 3 s, whatever was read a moment before", () =>
  Effect.gen(function* () {
    const { loaf, orders, provider, sweep } = yield* bakery
    const checkout = yield* Checkout
    for (const before of [0, 500, 1500, 1999, 2500, 7000]) {
      const { by, order } = yield* started(loaf)
      yield* TestClock.adjust("5 seconds")
      yield* sweep.pass()
      yield* TestClock.adjust(before)
      yield* provider.pay(attemptOf(order))
      let waited = 0
      while ((yield* orders.get(order.id)).state !== "paid" && waited < minute) {
        yield* checkout.recheck(order.number, by)
        yield* TestClock.adjust(500)
        waited += 500
      }
      assert.isAtMost(waited, 3 * second)
    }
  })
)
