import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { CalendarEntries } from "../../src/calendar/CalendarEntries.ts"
import type { Order } from "../../src/order/Order.ts"
import { PageConfigs } from "../../src/page/PageConfigs.ts"
import { attemptOf, someone } from "../../src/testing/acting.ts"
import { held, refusal } from "../../src/testing/contract.ts"
import { Scripted } from "../../src/testing/Scripted.ts"
import { bakery, live, story } from "./shop.ts"

/** A bakery whose buyer also asked for the one place of a class, and went to pay. */
const classroom = Effect.gen(function* () {
  const shop = yield* bakery
  const { buyer, page, seeds, start } = shop
  const slot = yield* seeds.slot({ pageId: page.id, capacity: 1 })
  yield* held({ slot, identity: buyer })
  const { order } = yield* start
  const entries = yield* CalendarEntries
  const seat = Effect.map(entries.ofOrder(order.id), ([only]) => only?.state)
  const now = shop.orders.find(order.number, shop.by)
  return { ...shop, now, order, seat, slot }
})

story("an order nobody pays expires: page closed, read again, then its place is released", () =>
  Effect.gen(function* () {
    const { now, order, provider, seat, told } = yield* classroom
    yield* live(39)
    assert.deepStrictEqual([(yield* now).state, yield* seat], ["awaiting_payment", "ordered"])
    yield* live(3)
    const expired = yield* now
    assert.deepStrictEqual([expired.state, yield* seat], ["expired", "released"])
    assert.strictEqual(attemptOf(expired).state, "deactivated")
    assert.isFalse(yield* provider.pay(attemptOf(order)))
    assert.deepStrictEqual(yield* told(order), ["order.created", "order.expired"])
  })
)

story("a payment in the last moment wins against the deadline", () =>
  Effect.gen(function* () {
    const { now, order, provider, seat, told } = yield* classroom
    yield* live(39)
    yield* provider.payAnyway(attemptOf(order))
    yield* provider.script({ call: "read", trouble: { _tag: "Silent", done: false }, times: 2 })
    yield* live(3)
    assert.deepStrictEqual([(yield* now).state, yield* seat], ["paid", "provisional"])
    assert.deepStrictEqual(yield* told(order), ["order.created", "order.paid"])
  })
)

story("a provider that cannot be read releases nothing, however long it takes", () =>
  Effect.gen(function* () {
    const { now, provider, seat } = yield* classroom
    yield* provider.script({ trouble: { _tag: "Unreadable" }, times: 10_000 })
    yield* live(300, 60)
    assert.deepStrictEqual([(yield* now).state, yield* seat], ["awaiting_payment", "ordered"])
    assert.isAbove(yield* provider.troubled, 10)
    yield* provider.heal
    yield* live(65, 60)
    assert.deepStrictEqual([(yield* now).state, yield* seat], ["expired", "released"])
  })
)

story("calling off loses against a payment", () =>
  Effect.gen(function* () {
    const { by, checkout, now, order, provider, seat } = yield* classroom
    yield* provider.pay(attemptOf(order))
    assert.strictEqual(yield* refusal(checkout.cancel(order.number, by)), "OrderPaid")
    assert.deepStrictEqual([(yield* now).state, yield* seat], ["paid", "provisional"])
  })
)

story("calling off closes the page first, and twice is once", () =>
  Effect.gen(function* () {
    const { by, checkout, order, provider, seat, told } = yield* classroom
    const cancelled = yield* checkout.cancel(order.number, by)
    assert.deepStrictEqual([cancelled.state, yield* seat], ["cancelled", "released"])
    assert.isFalse(yield* provider.pay(attemptOf(order)))
    assert.strictEqual((yield* checkout.cancel(order.number, by)).state, "cancelled")
    assert.deepStrictEqual(yield* told(order), ["order.created", "order.cancelled"])
  })
)

story("calling off while the provider is silent changes nothing", () =>
  Effect.gen(function* () {
    const { by, checkout, now, order, provider, seat } = yield* classroom
    yield* provider.script({ call: "deactivate", trouble: { _tag: "Silent", done: false } })
    assert.strictEqual(yield* refusal(checkout.cancel(order.number, by)), "PaymentProviderUnavailable")
    assert.deepStrictEqual([(yield* now).state, yield* seat], ["awaiting_payment", "ordered"])
  })
)

const lateMoney = (order: Order) =>
  Effect.gen(function* () {
    const provider = yield* Scripted
    yield* live(45, 15)
    yield* provider.payAnyway(attemptOf(order))
    yield* live(60 * 26, 60 * 13)
  })

story("late money takes the place again and pays the order", () =>
  Effect.gen(function* () {
    const { now, order, seat, told } = yield* classroom
    yield* lateMoney(order)
    const paid = yield* now
    assert.deepStrictEqual([paid.state, yield* seat, paid.cases], ["paid", "provisional", []])
    assert.deepStrictEqual(yield* told(order), ["order.created", "order.expired", "order.paid"])
  })
)

story("late money for a place that somebody else has is a case for a person", () =>
  Effect.gen(function* () {
    const { now, order, seat, seeds, slot, told } = yield* classroom
    yield* live(45, 15)
    yield* held({ slot, identity: yield* someone, span: 1e10 })
    assert.strictEqual(yield* seeds.hold({ slot, identity: yield* someone }), null)
    yield* lateMoney(order)
    const over = yield* now
    assert.deepStrictEqual(
      [over.state, yield* seat, over.cases[0]?.reason],
      ["expired", "released", "entry_lost"]
    )
    assert.deepStrictEqual(yield* told(order), ["order.created", "order.expired", "payment.unmatched"])
  })
)

story("late money on a page that does not keep it is a case, and the place stays free", () =>
  Effect.gen(function* () {
    const { now, order, page, seat } = yield* classroom
    yield* (yield* PageConfigs).save({ ...page, acceptsLate: false })
    yield* lateMoney(order)
    const over = yield* now
    assert.deepStrictEqual([over.state, yield* seat, over.cases[0]?.reason], ["expired", "released", "late"])
  })
)

story("money paid twice on one page is found, also when the first was credited long ago", () =>
  Effect.gen(function* () {
    const { by, checkout, now, order, provider } = yield* classroom
    yield* provider.pay(attemptOf(order))
    yield* TestClock.adjust("3 seconds")
    assert.strictEqual((yield* checkout.recheck(order.number, by)).state, "paid")
    yield* provider.payAnyway(attemptOf(order))
    yield* live(12, 30)
    const twice = yield* now
    assert.deepStrictEqual(
      twice.cases.map(({ reason }) => reason),
      ["duplicate"]
    )
    assert.strictEqual(twice.payments.length, 2)
  })
)

story("an old page that is paid while a new one is open pays the order, and the new one is closed", () =>
  Effect.gen(function* () {
    const { by, checkout, now, order, provider } = yield* classroom
    yield* TestClock.adjust("26 minutes")
    const again = yield* checkout.payAgain(order.number, by)
    yield* provider.payAnyway(attemptOf(order))
    yield* live(12)
    const paid = yield* now
    assert.deepStrictEqual(
      [paid.state, paid.attempts.map(({ state }) => state)],
      ["paid", ["paid", "deactivated"]]
    )
    assert.isFalse(yield* provider.pay(attemptOf(again.order)))
  })
)
