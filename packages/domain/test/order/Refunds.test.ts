import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import type { Input } from "../../src/order/Input.ts"
import type { Order } from "../../src/order/Order.ts"
import { decide } from "../../src/order/Transitions.ts"
import { answering, attemptOf } from "../../src/testing/acting.ts"
import { become, placed, start, through, uuid } from "../../src/testing/examples.ts"
import { RefundId } from "../../src/text/Ids.ts"

const order = placed()
const attempt = attemptOf(order)
const paymentId = `sumup:transaction-${attempt.id}`
const paid = become(order, {
  _tag: "Observed",
  acceptsLate: true,
  seen: answering(attempt, { status: "PAID" })
}).order
const by = { by: "wren", reason: "Burnt." }
const refundId = (n: number) => RefundId.make(uuid(70 + n))
const ask = (n: number, minor: number): Input => ({
  _tag: "RefundAsked",
  refundId: refundId(n),
  paymentId,
  minor,
  ...by
})
const sent = (n: number, before = 0): Input => ({ _tag: "RefundSent", refundId: refundId(n), before })
const saw = (refunded: number, chargedBack = 0): Input => ({
  _tag: "RefundsSeen",
  paymentId,
  refunded,
  chargedBack
})
const lived = (...inputs: ReadonlyArray<Input>): Order =>
  through(paid, ...inputs.map((input) => [input, start] as const))
const refunds = (of: Order) =>
  of.refunds.map(({ external, minor, state }) => `${minor} ${state}${external ? " outside" : ""}`)
const refusal = (of: Order, input: Input) => {
  const answer = decide(input)(of, start)
  return Result.isFailure(answer) ? answer.failure._tag : "accepted"
}

describe("what the provider's ledger shows", () => {
  it("ends our own refund when the money went back after it was sent", () => {
    assert.deepStrictEqual(refunds(lived(ask(1, 300), sent(1), saw(300))), ["300 done"])
  })
  it("does not take for ours what had gone back before ours was sent", () => {
    const of = lived(ask(1, 300), sent(1, 400), saw(400))
    assert.deepStrictEqual(refunds(of), ["300 sent", "400 done outside"])
    assert.deepStrictEqual(refunds(through(of, [saw(700), start])), ["300 done", "400 done outside"])
  })
  it("is written down as a whole: ours, and what somebody else paid back", () => {
    const decision = become(lived(ask(1, 300), sent(1)), saw(500))
    assert.deepStrictEqual(refunds(decision.order), ["300 done", "200 done outside"])
    const told = decision.events.map(({ data }) =>
      data._tag === "order.refunded" ? [data.amount.minor, data.remaining.minor, data.full] : [data._tag]
    )
    assert.deepStrictEqual(told, [
      [300, 700, false],
      [200, 500, false]
    ])
  })
  it("tells of a chargeback and of a refund seen in the same look", () => {
    const decision = become(paid, saw(1000, 1000))
    assert.deepStrictEqual(refunds(decision.order), ["1000 done outside"])
    assert.deepStrictEqual(
      decision.order.cases.map(({ reason }) => reason),
      ["chargeback"]
    )
    assert.sameMembers(
      decision.events.map(({ data }) => data._tag),
      ["order.refunded", "payment.unmatched"]
    )
    assert.strictEqual(decision.entries._tag, "Cancel")
  })
  it("does not answer a chargeback of the payment that was credited", () => {
    const both = lived(saw(0, 1000), saw(1000, 1000))
    assert.deepStrictEqual(
      both.cases.map(({ resolution }) => resolution),
      [null]
    )
  })
  it("is never more than came in", () => {
    assert.deepStrictEqual(refunds(lived(saw(5000))), ["1000 done outside"])
  })
  it("seen twice is seen once", () => {
    const once = lived(ask(1, 300), sent(1), saw(500, 3))
    const twice = become(once, saw(500, 3))
    assert.deepStrictEqual(twice.order.refunds, once.refunds)
    assert.deepStrictEqual([twice.events, twice.order.cases.length], [[], 1])
  })
})

describe("a refund that was asked for", () => {
  it("is not sent when so much has gone back meanwhile that it would be too much", () => {
    const of = lived(ask(1, 800))
    assert.strictEqual(refusal(of, sent(1, 300)), "RefundTooHigh")
    assert.strictEqual(refusal(of, sent(1, 200)), "accepted")
  })
  it("fails by itself when somebody else has paid so much back that it cannot be sent", () => {
    assert.deepStrictEqual(refunds(lived(ask(1, 800), saw(300))), ["800 failed", "300 done outside"])
    assert.deepStrictEqual(refunds(lived(ask(1, 700), saw(300))), ["700 requested", "300 done outside"])
    assert.deepStrictEqual(refunds(lived(ask(1, 800), sent(1), saw(300))), ["800 sent", "300 done outside"])
  })
  it("of cash is done as soon as it is written down", () => {
    const dead = through(order, [
      { _tag: "Observed", acceptsLate: true, seen: answering(attempt, { status: "EXPIRED" }) },
      start
    ])
    const cash = become(dead, { _tag: "PaidByHand", name: "till-1", ...by }).order
    const paymentId = cash.paidBy ?? ""
    assert.strictEqual(paymentId, `hand:${order.number}:till-1`)
    const asked = { refundId: refundId(1), paymentId, minor: 1000, ...by }
    const decision = become(cash, { _tag: "RefundAsked", ...asked })
    assert.deepStrictEqual(refunds(decision.order), ["1000 done"])
    assert.deepStrictEqual(
      [decision.entries._tag, decision.events.length, decision.audit?.action],
      ["Cancel", 1, "refund.ask"]
    )
    assert.strictEqual(
      refusal(decision.order, { _tag: "RefundAsked", ...asked, refundId: refundId(2), minor: 1 }),
      "RefundTooHigh"
    )
  })
  it("again is the same refund; another waits until it has ended, and none is for nothing or too much", () => {
    const asked = lived(ask(1, 300))
    assert.strictEqual(become(asked, ask(1, 300)).order, asked)
    assert.strictEqual(refusal(asked, ask(2, 300)), "RefundMoving")
    assert.strictEqual(refusal(lived(ask(1, 300), sent(1), saw(300)), ask(2, 700)), "accepted")
    const failed = lived(ask(1, 300), { _tag: "RefundFailed", refundId: refundId(1) })
    assert.strictEqual(refusal(failed, ask(2, 1000)), "accepted")
    for (const minor of [0, -1, 1001]) assert.strictEqual(refusal(paid, ask(2, minor)), "RefundTooHigh")
  })
  it("that has ended stays as it ended, whatever comes later", () => {
    const failed: Input = { _tag: "RefundFailed", refundId: refundId(1) }
    const done = lived(ask(1, 300), sent(1), saw(300))
    assert.deepStrictEqual(refunds(through(done, [failed, start])), ["300 done"])
    const over = lived(ask(1, 300), failed)
    assert.deepStrictEqual(refunds(through(over, [failed, start])), ["300 failed"])
    assert.strictEqual(refusal(over, sent(1)), "RefundMoving")
  })
  it("is sent by one worker alone", () => {
    assert.strictEqual(refusal(lived(ask(1, 800), sent(1)), sent(1)), "RefundMoving")
  })
  it("keeps a paid order from being called off with another refund while it moves", () => {
    const callOff = (refundsAlone: boolean): Input => ({
      _tag: "CancelBySeller",
      refundsAlone,
      refundId: refundId(9),
      ...by
    })
    for (const of of [lived(ask(1, 300)), lived(ask(1, 300), sent(1))]) {
      assert.strictEqual(refusal(of, callOff(true)), "RefundMoving")
      assert.strictEqual(refusal(of, callOff(false)), "accepted")
    }
    const done = become(lived(ask(1, 300), sent(1), saw(300)), callOff(true)).order
    assert.deepStrictEqual(refunds(done), ["300 done", "700 requested"])
  })
})
