import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { Orders, type PagesOf } from "../order/Orders.ts"
import { PageId, RefundId } from "../text/Ids.ts"
import { answering, fresh, observe } from "./acting.ts"
import { type It, refusal } from "./contract.ts"
import { waiting } from "./OrdersModifyContract.ts"
import type { Needs } from "./PlacingRefusalsContract.ts"

const by = { by: "Ada (ada)", reason: "asked for at the counter" }

const watched = Effect.gen(function* () {
  const of = yield* waiting
  const isSeen = (pages: PagesOf) =>
    Effect.map(of.orders.attention(pages), (all) => all.some(({ id }) => id === of.placed.id))
  const sight = Effect.all([isSeen([of.page.id]), isSeen("all"), isSeen([PageId.make("elsewhere")])])
  const pays = observe(of.placed, answering(of.attempt, { status: "PAID" }))
  return { ...of, sight, pays }
})
const seen = [true, true, false]
const unseen = [false, false, false]

/** What needs a person is listed for whoever answers for its page, as long as it does. */
export const attention = (it: It<Needs>): void => {
  it.effect("an open case needs somebody until it is answered", () =>
    Effect.gen(function* () {
      const { apply, attempt, placed, sight } = yield* watched
      assert.deepStrictEqual(yield* sight, unseen)
      const other = answering(attempt, { status: "PAID", minor: placed.total - 1 })
      const caseId = (yield* observe(placed, other)).cases[0]?.id ?? ""
      assert.deepStrictEqual(yield* sight, seen)
      yield* apply({ _tag: "ResolveCase", caseId, answer: "written_off", ...by })
      assert.deepStrictEqual(yield* sight, unseen)
    })
  )
  it.effect("a refund needs somebody until it is done; one that failed until another is asked for", () =>
    Effect.gen(function* () {
      const { apply, pays, sight } = yield* watched
      const { paidBy, total } = yield* pays
      assert.deepStrictEqual(yield* sight, unseen)
      const paymentId = paidBy ?? ""
      const ask = Effect.fnUntraced(function* () {
        const refundId = RefundId.make(yield* fresh)
        yield* apply({ _tag: "RefundAsked", refundId, paymentId, minor: total, ...by })
        return refundId
      })
      const first = yield* ask()
      assert.deepStrictEqual(yield* sight, seen)
      yield* apply({ _tag: "RefundFailed", refundId: first })
      assert.deepStrictEqual(yield* sight, seen)
      const refundId = yield* ask()
      yield* apply({ _tag: "RefundSent", refundId, before: 0 })
      assert.deepStrictEqual(yield* sight, seen)
      yield* apply({ _tag: "RefundsSeen", paymentId, refunded: total, chargedBack: 0 })
      assert.deepStrictEqual(yield* sight, unseen)
    })
  )
  it.effect("a paid order that its seller called off needs somebody until its money went back", () =>
    Effect.gen(function* () {
      const { apply, pays, sight } = yield* watched
      const { paidBy, total } = yield* pays
      const refundId = RefundId.make(yield* fresh)
      yield* apply({ _tag: "CancelBySeller", refundsAlone: false, refundId, ...by })
      assert.deepStrictEqual(yield* sight, seen)
      yield* apply({ _tag: "RefundsSeen", paymentId: paidBy ?? "", refunded: total, chargedBack: 0 })
      assert.deepStrictEqual(yield* sight, unseen)
    })
  )
  it.effect("who answers for its page finds an order; nobody else does", () =>
    Effect.gen(function* () {
      const { page, placed } = yield* watched
      const orders = yield* Orders
      const find = (pages: PagesOf) => orders.find(placed.number, { identity: null, links: [], pages })
      assert.deepStrictEqual(yield* find([page.id]), placed)
      assert.deepStrictEqual(yield* find("all"), placed)
      assert.strictEqual(yield* refusal(find([PageId.make("elsewhere")])), "OrderNotFound")
      assert.strictEqual(yield* refusal(find([])), "OrderNotFound")
    })
  )
}

// Not asserted: that an attempt nobody could read long after its time is listed (stores cannot wait so long),
// and that more than 200 are cut off.
