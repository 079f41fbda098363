import { assert, describe } from "@effect/vitest"
import { isUnproven } from "../../src/order/Order.ts"
import { isLive } from "../../src/payment/PaymentAttempt.ts"
import { history } from "./histories.ts"

describe("the life of an order, in every history", () => {
  history(
    "S6 at most one attempt is live, none on an order that ended, and new ones follow dead ones",
    ({ before, decision: { order }, input }) => {
      const live = order.attempts.filter(isLive)
      assert.isAtMost(live.length, 1)
      if (order.state === "expired" || order.state === "cancelled") assert.strictEqual(live.length, 0)
      if (order.attempts.length > before.attempts.length) {
        assert.strictEqual(input._tag, "PayAgain")
        assert.isTrue(before.attempts.every((attempt) => !isLive(attempt)))
      }
    }
  )
  history(
    "S8 places are released only when no attempt can be paid any more, by the provider's word",
    ({ before, decision: { entries, order }, input }) => {
      if (entries._tag === "Release") {
        assert.isFalse(order.attempts.some(isLive) || isUnproven(order))
        assert.include(["expired", "cancelled"], order.state)
      }
      const died = order.attempts.filter(
        (attempt, index) => !isLive(attempt) && before.attempts.slice(index, index + 1).some(isLive)
      )
      if (died.length > 0) assert.include(["Observed", "NeverMade", "ResolveCase"], input._tag)
    }
  )
  history("S10 it tells once that it was paid, and as often as it ended", (_, steps) => {
    const told = steps.flatMap(({ decision }) => decision.events.map(({ data }) => data._tag))
    const last = steps.at(-1)?.decision.order
    const times = (tag: string) => told.filter((one) => one === tag).length
    assert.strictEqual(times("order.created"), 0)
    assert.strictEqual(times("order.paid"), last?.paidAt === null ? 0 : 1)
    assert.isAtMost(times("order.expired"), 1)
    assert.strictEqual(times("order.cancelled"), last?.state === "cancelled" ? 1 : 0)
    assert.strictEqual(times("payment.unmatched"), last?.cases.length)
    const sequences = steps.flatMap(({ decision }) => decision.events.map(({ sequence }) => sequence))
    assert.deepStrictEqual(
      sequences,
      sequences.map((_one, index) => index + 2)
    )
  })
  history(
    "S15 it ends where it may: expired is left only by late money, cancelled never",
    ({ before, decision: { order } }) => {
      if (before.state === "cancelled") assert.strictEqual(order.state, "cancelled")
      if (before.state === "paid") assert.include(["paid", "cancelled"], order.state)
      if (before.state === "expired") assert.include(["expired", "paid"], order.state)
      for (const [index, { providerId, state }] of before.attempts.entries()) {
        const next = order.attempts[index]
        if (state === "paid") assert.strictEqual(next?.state, "paid")
        if (state === "expired" || state === "deactivated") assert.include([state, "paid"], next?.state)
        if (providerId !== null) assert.strictEqual(next?.providerId, providerId)
      }
    }
  )
  history(
    "L1, L4 whatever may still hold money is looked at again, or is with a person",
    ({ decision: { order } }) => {
      const open = order.state === "awaiting_payment" || order.attempts.some(isLive) || isUnproven(order)
      if (open || order.refunds.some(({ state }) => state === "requested" || state === "sent"))
        assert.isNotNull(order.dueAt)
    }
  )
})
