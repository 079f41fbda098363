import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Attending, type Deed } from "../../src/checkout/Attending.ts"
import { mattersOf } from "../../src/order/Matters.ts"
import type { Order } from "../../src/order/Order.ts"
import { attemptOf } from "../../src/testing/acting.ts"
import { refusal } from "../../src/testing/contract.ts"
import type { Call } from "../../src/testing/Scripted.ts"
import { PageId, RefundId } from "../../src/text/Ids.ts"
import { Instant } from "../../src/time/Instant.ts"
import { bakery, live, story } from "./shop.ts"

const refundId = RefundId.make("00000000-0000-4000-8000-000000000001")
const reason = "agreed by telephone"

/** The bakery, and somebody who answers for it. */
const counter = Effect.gen(function* () {
  const shop = yield* bakery
  const attending = yield* Attending
  const pagesOf = (pages: ReadonlyArray<PageId>) => ({ staff: { pages, treasurer: false } })
  const { customer: person } = yield* shop.seeds.person(pagesOf([shop.page.id]))
  const ada = { person, ...pagesOf([shop.page.id]) }
  const ben = { person, ...pagesOf([PageId.make("rose-farm")]) }
  const dora = { person, staff: { pages: [], treasurer: true } }
  const { order } = yield* shop.start
  const act = (deed: Deed) => attending.act(ada, order.number, deed)
  const sent = Effect.map(
    shop.provider.calls,
    (calls) => calls.filter(({ call }) => call === "refund").length
  )
  const back = Effect.map(shop.provider.books, ({ transactions }) =>
    transactions.map(({ refunded }) => refunded)
  )
  const listed = Effect.map(attending.list(ada.staff, null), (all) => all.length)
  return { ...shop, act, ada, attending, back, ben, dora, listed, order, sent }
})

/** Paid, and a refund of all of it is asked for. */
const paid = Effect.gen(function* () {
  const shop = yield* counter
  yield* shop.provider.pay(attemptOf(shop.order))
  yield* live(1)
  const { paidBy } = yield* shop.orders.get(shop.order.id)
  const refund = shop.act({ _tag: "Refund", refundId, paymentId: paidBy ?? "", minor: 500, reason })
  return { ...shop, refund, paymentId: paidBy ?? "" }
})

const tags = (order: Order, now = order.placedAt) => mattersOf(order, now).map(({ _tag }) => _tag)
const silent = (call: Call, done: boolean) => ({ call, trouble: { _tag: "Silent", done } }) as const

describe("people who answer for a page", () => {
  story("a refund is sent once and seen, and asked for again with the same form it is the same", () =>
    Effect.gen(function* () {
      const { back, listed, refund, sent } = yield* paid
      const { refunds } = yield* refund
      assert.deepStrictEqual([refunds.map(({ state }) => state), yield* back], [["done"], [500]])
      yield* refund
      assert.deepStrictEqual([yield* sent, yield* back, yield* listed], [1, [500], 0])
    })
  )
  for (const done of [true, false]) {
    story(`a refund whose answer is lost ${done ? "after" : "before"} it was made is never sent again`, () =>
      Effect.gen(function* () {
        const { act, back, listed, orders, order, provider, refund, sent } = yield* paid
        yield* provider.script(silent("refund", done), silent("transaction", false))
        yield* refund
        yield* live(5)
        const { refunds } = yield* orders.get(order.id)
        assert.deepStrictEqual(
          refunds.map(({ state }) => state),
          [done ? "done" : "sent"]
        )
        assert.deepStrictEqual([yield* sent, yield* back, yield* listed], [1, [done ? 500 : 0], done ? 0 : 1])
        if (done) return
        const giveUp = act({ _tag: "GiveUpRefund", refundId, reason })
        assert.strictEqual(yield* refusal(giveUp), "RefundMoving")
        yield* TestClock.adjust("1 day")
        assert.deepStrictEqual(
          (yield* giveUp).refunds.map(({ state }) => state),
          ["failed"]
        )
      })
    )
  }
  story("a refund that cannot be sent now is sent by the sweep", () =>
    Effect.gen(function* () {
      const { back, orders, order, provider, refund, sent } = yield* paid
      yield* provider.script({ ...silent("transaction", false), times: 3 })
      assert.deepStrictEqual(tags(yield* refund), ["Refund"])
      assert.strictEqual(yield* sent, 0)
      yield* live(5)
      assert.deepStrictEqual(tags(yield* orders.get(order.id)), [])
      assert.deepStrictEqual([yield* sent, yield* back], [1, [500]])
    })
  )
  story("what somebody paid back at the provider is seen by checking, and no more can go back", () =>
    Effect.gen(function* () {
      const { ada, attending, order, paymentId, provider, refund } = yield* paid
      yield* provider.payBack(paymentId.slice("sumup:".length), 300)
      const checked = yield* attending.check(ada.staff, order.number)
      assert.deepStrictEqual(
        checked.refunds.map(({ external, minor, state }) => [external, minor, state]),
        [[true, 300, "done"]]
      )
      assert.strictEqual(yield* refusal(refund), "RefundTooHigh")
    })
  )
  story("money that differs, or cannot be read, is not credited; it is written off with a reason", () =>
    Effect.gen(function* () {
      const { act, orders, order, provider } = yield* counter
      yield* provider.payAnyway(attemptOf(order), { minor: 400 })
      yield* live(1)
      const [one] = (yield* orders.get(order.id)).cases
      const credit = act({ _tag: "Credit", caseId: one?.id ?? "", reason })
      assert.strictEqual(yield* refusal(credit), "AmountDiffers")
      yield* provider.script(silent("transaction", false))
      assert.strictEqual(yield* refusal(credit), "PaymentProviderUnavailable")
      const written = yield* act({ _tag: "WriteOff", caseId: one?.id ?? "", reason })
      assert.deepInclude(written.cases[0]?.resolution, { answer: "written_off", reason })
    })
  )
  story("cash is recorded once its page is closed, called off it is owed, and given back it is done", () =>
    Effect.gen(function* () {
      const { act, orders, order } = yield* counter
      const done = yield* act({ _tag: "Cash", name: "till", reason })
      assert.deepStrictEqual([done.state, done.attempts[0]?.state], ["paid", "deactivated"])
      const off = yield* act({ _tag: "Cancel", refundId, reason })
      assert.deepStrictEqual([off.state, tags(off)], ["cancelled", ["Owed"]])
      yield* act({ _tag: "Refund", refundId, paymentId: done.paidBy ?? "", minor: 500, reason })
      assert.deepStrictEqual(tags(yield* orders.get(order.id)), [])
    })
  )
  story("to staff of another page there is no such order; the treasurer sees it", () =>
    Effect.gen(function* () {
      const { ada, attending, ben, dora, order, page, provider } = yield* paid
      yield* provider.payAnyway(attemptOf(order))
      yield* live(20)
      const see = (who: typeof ada, pageId: PageId | null = null) =>
        Effect.map(attending.list(who.staff, pageId), (all) => all.map(({ id }) => id))
      assert.deepStrictEqual([yield* see(ada), yield* see(dora, page.id)], [[order.id], [order.id]])
      assert.deepStrictEqual([yield* see(ben), yield* see(ben, page.id)], [[], []])
      const deed: Deed = { _tag: "Cancel", refundId, reason }
      assert.strictEqual(yield* refusal(attending.act(ben, order.number, deed)), "OrderNotFound")
      assert.strictEqual(yield* refusal(attending.check(ben.staff, order.number)), "OrderNotFound")
    })
  )
  story("an attempt that nobody can read long after its time needs somebody", () =>
    Effect.gen(function* () {
      const { listed, order, orders, provider } = yield* counter
      yield* provider.script({ trouble: { _tag: "Refused", why: "key" }, times: 9999 })
      yield* live(50, 30)
      const now = Instant.make(order.placedAt + 50 * 60_000)
      assert.deepStrictEqual([yield* listed, tags(yield* orders.get(order.id), now)], [1, ["Unread"]])
    })
  )
})
