import { assert } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { PageConfigs } from "../../src/page/PageConfigs.ts"
import { SellerKeys } from "../../src/page/SellerKeys.ts"
import { attemptOf } from "../../src/testing/acting.ts"
import { refusal } from "../../src/testing/contract.ts"
import { bakery, live, story } from "./shop.ts"

story("paying again soon leads to the same page", () =>
  Effect.gen(function* () {
    const { by, checkout, provider, start } = yield* bakery
    const { order, payUrl } = yield* start
    yield* TestClock.adjust("20 minutes")
    const again = yield* checkout.payAgain(order.number, by)
    assert.deepStrictEqual([again.payUrl, again.order.attempts.length], [payUrl, 1])
    assert.strictEqual((yield* provider.books).serial, 1)
  })
)

story("paying again late closes the old page first, then opens another", () =>
  Effect.gen(function* () {
    const { by, checkout, provider, start } = yield* bakery
    const { order, payUrl } = yield* start
    yield* TestClock.adjust("26 minutes")
    const again = yield* checkout.payAgain(order.number, by)
    assert.notStrictEqual(again.payUrl, payUrl)
    assert.deepStrictEqual(
      again.order.attempts.map(({ state }) => state),
      ["deactivated", "open"]
    )
    assert.isAbove(again.order.expiresAt, order.expiresAt)
    assert.isFalse(yield* provider.pay(attemptOf(order)))
    assert.isTrue(yield* provider.pay(attemptOf(again.order)))
    yield* TestClock.adjust("3 seconds")
    assert.strictEqual((yield* checkout.recheck(order.number, by)).state, "paid")
  })
)

story("paying again, and the old page turns out to be paid: that is the payment", () =>
  Effect.gen(function* () {
    const { by, checkout, orders, provider, start } = yield* bakery
    const { order } = yield* start
    yield* TestClock.adjust("26 minutes")
    yield* provider.pay(attemptOf(order))
    assert.strictEqual(yield* refusal(checkout.payAgain(order.number, by)), "OrderPaid")
    const found = yield* orders.find(order.number, by)
    assert.deepStrictEqual([found.state, found.attempts.length], ["paid", 1])
  })
)

story("the button pressed again on a form of half an hour ago never leads to a dead page", () =>
  Effect.gen(function* () {
    const { form } = yield* bakery
    const press = yield* form
    const { order, payUrl } = yield* press
    yield* TestClock.adjust("28 minutes")
    const again = yield* press
    assert.strictEqual(again.order.id, order.id)
    assert.notStrictEqual(again.payUrl, payUrl)
    assert.isAbove(attemptOf(again.order).validUntil, order.expiresAt)
  })
)

story("a dead provider leaves an order that can be paid later", () =>
  Effect.gen(function* () {
    const { by, checkout, orders, provider, start } = yield* bakery
    yield* provider.script({ trouble: { _tag: "Silent", done: false }, times: 50 })
    const failure = yield* Effect.flip(start)
    const [order] = yield* orders.waiting(by.identity)
    if (order === undefined || failure._tag !== "PaymentProviderUnavailable")
      return yield* Effect.die(failure)
    assert.strictEqual(failure.number, order.number)
    yield* live(5)
    assert.isAbove(yield* provider.troubled, 5)
    yield* provider.heal
    const again = yield* checkout.payAgain(order.number, by)
    assert.isNotNull(again.payUrl)
    yield* provider.pay(attemptOf(again.order))
    yield* live(3)
    assert.strictEqual((yield* orders.find(order.number, by)).state, "paid")
  })
)

story("an order whose page was never made can be called off", () =>
  Effect.gen(function* () {
    const { by, checkout, orders, provider, start } = yield* bakery
    yield* provider.script({ call: "open", trouble: { _tag: "Silent", done: false } })
    yield* Effect.flip(start)
    const [order] = yield* orders.waiting(by.identity)
    if (order === undefined) return yield* Effect.die("not placed")
    const cancelled = yield* checkout.cancel(order.number, by)
    assert.deepStrictEqual([cancelled.state, attemptOf(cancelled).state], ["cancelled", "deactivated"])
    assert.isFalse(yield* provider.pay(attemptOf(order)))
  })
)

story("a rejected key pauses its page; an old merchant's dead key does not pause the new one", () =>
  Effect.gen(function* () {
    const { by, checkout, orders, page, provider, start } = yield* bakery
    const pages = yield* PageConfigs
    const keys = yield* SellerKeys
    yield* provider.script({ call: "open", trouble: { _tag: "Refused", why: "key" }, times: 2 })
    assert.strictEqual(yield* refusal(start), "PaymentProviderRefused")
    assert.isTrue((yield* pages.get(page.id)).paused)
    const [order] = yield* orders.waiting(by.identity)
    if (order === undefined) return yield* Effect.die("not placed")
    assert.strictEqual(yield* refusal(checkout.payAgain(order.number, by)), "PageNotPayable")
    yield* keys.save(page.id, "MNEW", Redacted.make("practice-key-new"))
    assert.strictEqual(yield* refusal(checkout.payAgain(order.number, by)), "PaymentProviderRefused")
    assert.isFalse((yield* pages.get(page.id)).paused)
  })
)

story("a key that is refused for reading pauses its page as well, unless a newer one opens", () =>
  Effect.gen(function* () {
    const { page, provider, start } = yield* bakery
    const [pages, keys] = [yield* PageConfigs, yield* SellerKeys]
    yield* start
    const { seller } = yield* pages.get(page.id)
    const save = (key: string) => keys.save(page.id, seller?.merchantCode ?? "", Redacted.make(key))
    const refusing = (times: number) =>
      provider.script({ call: "read", trouble: { _tag: "Refused", why: "key" }, times })
    yield* refusing(1)
    yield* live(1)
    assert.isTrue((yield* pages.get(page.id)).paused)
    yield* save("practice-key-new")
    yield* refusing(1) // the one that the attempt was opened with
    yield* live(2)
    assert.isFalse((yield* pages.get(page.id)).paused)
    yield* refusing(9999)
    yield* live(5)
    assert.isTrue((yield* pages.get(page.id)).paused)
  })
)

story("nobody else's order can be paid, called off or asked about", () =>
  Effect.gen(function* () {
    const { checkout, start } = yield* bakery
    const { order } = yield* start
    const { by: stranger } = yield* bakery
    const uses = [
      Effect.asVoid(checkout.payAgain(order.number, stranger)),
      Effect.asVoid(checkout.cancel(order.number, stranger)),
      Effect.asVoid(checkout.recheck(order.number, stranger))
    ]
    for (const use of uses) assert.strictEqual(yield* refusal(use), "OrderNotFound")
  })
)

story("a page whose answer was lost may have been paid: silence for hours ends nothing", () =>
  Effect.gen(function* () {
    const { by, orders, provider, start } = yield* bakery
    yield* provider.script({ call: "open", trouble: { _tag: "Silent", done: true } })
    yield* provider.script({ trouble: { _tag: "Silent", done: false }, times: 10_000 })
    yield* Effect.flip(start)
    const [order] = yield* orders.waiting(by.identity)
    if (order === undefined) return yield* Effect.die("not placed")
    yield* provider.pay(attemptOf(order))
    yield* live(120, 60)
    const waiting = yield* orders.find(order.number, by)
    assert.deepStrictEqual([waiting.state, attemptOf(waiting).state], ["awaiting_payment", "created"])
    yield* provider.heal
    yield* live(65, 60)
    assert.strictEqual((yield* orders.find(order.number, by)).state, "paid")
  })
)

story("an order whose page was never made expires once the provider says so, and not before its time", () =>
  Effect.gen(function* () {
    const { by, orders, provider, start } = yield* bakery
    yield* provider.script({ call: "open", trouble: { _tag: "Silent", done: false } })
    yield* Effect.flip(start)
    const [order] = yield* orders.waiting(by.identity)
    if (order === undefined) return yield* Effect.die("not placed")
    yield* live(39, 30)
    assert.strictEqual(attemptOf(yield* orders.find(order.number, by)).state, "created")
    yield* live(3, 30)
    assert.strictEqual((yield* orders.find(order.number, by)).state, "expired")
    assert.strictEqual((yield* provider.books).serial, 0)
  })
)
