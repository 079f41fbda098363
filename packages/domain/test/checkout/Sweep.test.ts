import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { attemptOf } from "../../src/testing/acting.ts"
import { bakery, live, story } from "./shop.ts"

story("a hint that comes just after a look is followed within seconds, though nobody comes back", () =>
  Effect.gen(function* () {
    const { by, order, orders, provider, reads, sweep } = yield* justRead
    yield* TestClock.adjust("500 millis")
    yield* provider.pay(attemptOf(order))
    yield* orders.wake(attemptOf(order).id)
    for (let second = 0; second < 3; second += 1) {
      yield* sweep.pass()
      yield* TestClock.adjust("1 second")
    }
    assert.strictEqual((yield* orders.find(order.number, by)).state, "paid")
    assert.strictEqual(yield* reads, 2)
  })
)

story("a hint that the provider does not answer to is followed again soon, though the order is over", () =>
  Effect.gen(function* () {
    const { by, checkout, order, orders, provider, sweep } = yield* justRead
    yield* checkout.cancel(order.number, by)
    const [attempt] = (yield* orders.get(order.id)).attempts
    if (attempt === undefined) return yield* Effect.die("no attempt")
    yield* TestClock.adjust("3 seconds")
    yield* provider.payAnyway(attempt)
    yield* provider.script({ trouble: { _tag: "Unreadable" }, times: 1 })
    yield* orders.wake(attempt.id)
    yield* sweep.pass()
    assert.deepStrictEqual((yield* orders.get(order.id)).cases, [])
    yield* live(1)
    assert.strictEqual((yield* orders.get(order.id)).cases.length, 1)
  })
)

story("hints without end do not make the provider be asked more than once in two seconds", () =>
  Effect.gen(function* () {
    const { order, orders, reads, sweep } = yield* justRead
    for (let tenth = 0; tenth < 60; tenth += 1) {
      yield* orders.wake(attemptOf(order).id)
      yield* sweep.pass()
      yield* TestClock.adjust("100 millis")
    }
    assert.isAtMost(yield* reads, 4)
  })
)

/** An order whose page was read by the sweep this very moment. */
const justRead = Effect.gen(function* () {
  const { by, checkout, orders, provider, start, sweep } = yield* bakery
  const { order } = yield* start
  yield* live(1 / 12)
  const reads = Effect.map(provider.calls, (calls) => calls.filter(({ call }) => call === "read").length)
  assert.strictEqual(yield* reads, 1)
  return { by, checkout, order, orders, provider, reads, sweep }
})
