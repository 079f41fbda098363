import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Carts } from "../../src/cart/Carts.ts"
import { standing } from "../../src/order/Standing.ts"
import { attemptOf, seenOf } from "../../src/testing/acting.ts"
import { atOnce, refusal } from "../../src/testing/contract.ts"
import { bakery, live, story } from "./shop.ts"

story("a person buys: placed, paid on the provider's page, found paid on coming back", () =>
  Effect.gen(function* () {
    const { by, checkout, orders, page, provider, start, told } = yield* bakery
    const { order, payUrl } = yield* start
    assert.deepStrictEqual([order.state, order.total, payUrl !== null], ["awaiting_payment", 500, true])
    assert.strictEqual(attemptOf(order).payUrl, payUrl)
    assert.isTrue(yield* provider.pay(attemptOf(order)))
    yield* TestClock.adjust("3 seconds")
    const paid = yield* checkout.recheck(order.number, by)
    assert.deepStrictEqual([paid.state, standing(paid)], ["paid", "paid"])
    assert.deepStrictEqual(yield* told(paid), ["order.created", "order.paid"])
    const calls = yield* provider.calls
    assert.isTrue(calls.every(({ merchantCode }) => merchantCode === page.seller?.merchantCode))
    assert.deepStrictEqual((yield* orders.waiting(by.identity)).length, 0)
  })
)

story("whoever comes back before anybody has read gets an answer at once", () =>
  Effect.gen(function* () {
    const { by, checkout, provider, start } = yield* bakery
    const { order } = yield* start
    yield* TestClock.adjust("2 seconds")
    yield* provider.pay(attemptOf(order))
    assert.strictEqual((yield* checkout.recheck(order.number, by)).state, "paid")
  })
)

story("an attempt that was never read is read, whatever the time", () =>
  Effect.gen(function* () {
    const { by, checkout, orders, provider, start } = yield* bakery
    yield* provider.script({ call: "open", trouble: { _tag: "Silent", done: true } })
    assert.strictEqual(yield* refusal(start), "PaymentProviderUnavailable")
    const [order] = yield* orders.waiting(by.identity)
    if (order === undefined) return yield* Effect.die("not placed")
    yield* provider.pay(attemptOf(order))
    assert.strictEqual((yield* checkout.recheck(order.number, by)).state, "paid")
  })
)

story("declined, then paid with another card on the same page", () =>
  Effect.gen(function* () {
    const { by, checkout, provider, start } = yield* bakery
    const { order } = yield* start
    yield* provider.decline(attemptOf(order))
    yield* TestClock.adjust("3 seconds")
    const declined = yield* checkout.recheck(order.number, by)
    assert.deepStrictEqual([declined.state, attemptOf(declined).lastRead], ["awaiting_payment", "FAILED"])
    yield* provider.pay(attemptOf(order))
    yield* TestClock.adjust("3 seconds")
    const paid = yield* checkout.recheck(order.number, by)
    assert.deepStrictEqual([paid.state, paid.attempts.length], ["paid", 1])
  })
)

story("no webhook, and the buyer never comes back: the sweep finds the payment", () =>
  Effect.gen(function* () {
    const { by, checkout, orders, provider, start, told } = yield* bakery
    const { order } = yield* start
    yield* live(2)
    yield* provider.pay(attemptOf(order))
    yield* live(1)
    const found = yield* orders.find(order.number, by)
    assert.strictEqual(found.state, "paid")
    assert.isBelow((found.paidAt ?? 0) - order.placedAt, 2.6 * 60_000)
    assert.deepStrictEqual(yield* told(found), ["order.created", "order.paid"])
    const reads = (yield* provider.calls).length
    yield* checkout.recheck(order.number, by)
    assert.strictEqual((yield* provider.calls).length, reads)
  })
)

story("two tabs press at the same time: one order, one attempt, one page", () =>
  Effect.gen(function* () {
    const { buyer, form, orders, provider } = yield* bakery
    const press = yield* form
    const started = yield* atOnce(() => press, 4)
    assert.strictEqual(new Set(started.map(({ order }) => order.id)).size, 1)
    assert.strictEqual(new Set(started.map(({ payUrl }) => payUrl)).size, 1)
    assert.strictEqual((yield* orders.waiting(buyer)).length, 1)
    assert.strictEqual((yield* provider.books).serial, 1)
  })
)

story("the price rose: nothing is placed until the buyer has seen it; then it is what is charged", () =>
  Effect.gen(function* () {
    const { buyer, checkout, loaf, orders, page, seeds } = yield* bakery
    const carts = yield* Carts
    const seen = seenOf(yield* carts.view(buyer, page.id))
    const press = { identity: buyer, pageId: page.id, seen, email: "wren@example.org", visit: null }
    yield* seeds.reprice(loaf.id, 300)
    const refused = yield* Effect.flip(checkout.start(press))
    if (refused._tag !== "PriceRose") return yield* Effect.die(refused)
    assert.deepStrictEqual([refused.seen, refused.total], [500, 600])
    assert.deepStrictEqual(
      refused.items.map(({ name, now, was }) => [name, was, now]),
      [["Rye loaf", 250, 300]]
    )
    assert.deepStrictEqual(yield* orders.waiting(buyer), [])
    const { order } = yield* checkout.start({ ...press, seen: { ...seen, total: refused.total } })
    assert.strictEqual(order.total, 600)
  })
)

story("the price fell: the lower price is charged", () =>
  Effect.gen(function* () {
    const { buyer, checkout, loaf, page, provider, seeds } = yield* bakery
    const carts = yield* Carts
    const seen = seenOf(yield* carts.view(buyer, page.id))
    yield* seeds.reprice(loaf.id, 200)
    const press = { identity: buyer, pageId: page.id, seen, email: "wren@example.org", visit: null }
    assert.strictEqual((yield* checkout.start(press)).order.total, 400)
    assert.deepStrictEqual(
      (yield* provider.calls).map(({ minor }) => minor),
      [400]
    )
  })
)

story("nothing to pay: paid at once, and the provider is never asked", () =>
  Effect.gen(function* () {
    const { loaf, provider, seeds, start, told } = yield* bakery
    yield* seeds.reprice(loaf.id, 0)
    const { order, payUrl } = yield* start
    assert.deepStrictEqual([order.state, payUrl, standing(order)], ["paid", null, "paid"])
    assert.deepStrictEqual(yield* told(order), ["order.created", "order.paid"])
    assert.deepStrictEqual(yield* provider.calls, [])
  })
)

story("a webhook that comes just after a look is followed a moment later", () =>
  Effect.gen(function* () {
    const { by, orders, provider, start, sweep } = yield* bakery
    const { order } = yield* start
    yield* TestClock.adjust("1 second")
    yield* provider.pay(attemptOf(order))
    yield* orders.wake(attemptOf(order).id)
    yield* sweep.pass()
    const reads = Effect.map(provider.calls, (calls) => calls.filter(({ call }) => call === "read").length)
    assert.strictEqual(yield* reads, 0)
    yield* TestClock.adjust("1500 millis")
    yield* sweep.pass()
    assert.deepStrictEqual([yield* reads, (yield* orders.find(order.number, by)).state], [1, "paid"])
  })
)
