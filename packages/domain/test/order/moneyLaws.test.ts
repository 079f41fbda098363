import { assert, describe } from "@effect/vitest"
import { casesOf, credited, history } from "./histories.ts"

describe("the money of an order, in every history", () => {
  history(
    "S1 it is credited at most once, and paid exactly when it was",
    ({ before, decision: { order } }) => {
      assert.strictEqual(order.paidBy === null, order.paidAt === null)
      if (order.paidAt !== null) assert.include(["paid", "cancelled"], order.state)
      if (order.state === "paid") assert.isNotNull(order.paidAt)
      assert.strictEqual(credited(order).length, order.paidBy === null ? 0 : 1)
      if (before.paidBy !== null)
        assert.deepStrictEqual([order.paidBy, order.paidAt], [before.paidBy, before.paidAt])
    }
  )
  history("S2 what is credited is its total, and what every attempt asks for", ({ decision: { order } }) => {
    for (const { currency, minor } of credited(order)) {
      assert.deepStrictEqual([minor, currency], [Number(order.total), order.currency])
    }
    for (const { amount } of order.attempts)
      assert.deepStrictEqual([amount.minor, amount.currency], [order.total, order.currency])
  })
  history(
    "S3 what is credited rests on an answer that agrees in every fact, or on a person's hand",
    ({ decision: { order }, observations }) => {
      for (const { attemptId, id, verdict } of credited(order)) {
        if (verdict === "by_hand") continue
        const proof = observations.some((seen) => {
          const { merchantCode } = order.attempts.find((one) => one.id === attemptId) ?? {}
          const facts = [seen.status, seen.reference, seen.merchantCode, seen.minor, seen.currency]
          const asked = ["PAID", `ra-${attemptId}`, merchantCode, Number(order.total), order.currency]
          const money = seen.captured.find(({ transactionId }) => `sumup:${transactionId}` === id)
          const agrees = JSON.stringify(facts) === JSON.stringify(asked)
          return agrees && money?.minor === order.total && money.currency === order.currency
        })
        assert.isTrue(proof)
      }
    }
  )
  history("S4, S9 all other money has one case", ({ decision: { order } }) => {
    for (const { id, verdict } of order.payments) {
      const found = casesOf(order, id)
      if (id !== order.paidBy) assert.strictEqual(found.length, 1)
      if (verdict === "mismatch")
        assert.deepStrictEqual(
          found.map(({ reason }) => reason),
          ["mismatch"]
        )
    }
    assert.strictEqual(new Set(order.cases.map(({ id }) => id)).size, order.cases.length)
    assert.strictEqual(new Set(order.payments.map(({ id }) => id)).size, order.payments.length)
  })
  history(
    "S9 every transaction of a page that was paid for this order is one of its payments",
    ({ decision: { observed, order } }) => {
      const attempt = order.attempts.find(({ id }) => id === observed?.attemptId)
      if (observed?.status !== "PAID" || attempt?.state !== "paid") return
      if (observed.captured.every(({ transactionId }) => transactionId !== observed.transactionId)) return
      const known = order.payments.map(({ id }) => id)
      for (const { transactionId } of observed.captured) assert.include(known, `sumup:${transactionId}`)
    }
  )
  history(
    "S18 no more is asked back than came, and one refund of a payment moves at a time",
    ({ decision: { order } }) => {
      for (const { id, minor } of order.payments) {
        const of = order.refunds.filter(({ paymentId }) => paymentId === id)
        const sum = (states: ReadonlyArray<string>) =>
          of.reduce((total, one) => total + (states.includes(one.state) ? one.minor : 0), 0)
        assert.isAtMost(sum(["done"]), minor)
        const ours = of.filter(({ external, state }) => !external && state !== "failed")
        assert.isAtMost(
          ours.reduce((total, one) => total + one.minor, 0),
          minor
        )
        assert.isAtMost(of.filter(({ state }) => state === "requested" || state === "sent").length, 1)
      }
    }
  )
})
