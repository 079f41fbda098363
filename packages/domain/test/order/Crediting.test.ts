import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import type { Input } from "../../src/order/Input.ts"
import { isUnproven, openCases } from "../../src/order/Order.ts"
import { decide } from "../../src/order/Transitions.ts"
import type { Observation } from "../../src/payment/Observation.ts"
import { answering, attemptOf } from "../../src/testing/acting.ts"
import { become, placed, seller, start, through, uuid } from "../../src/testing/examples.ts"
import { AttemptId, RefundId } from "../../src/text/Ids.ts"
import { hour, minute, plus } from "../../src/time/Instant.ts"

const order = placed()
const attempt = attemptOf(order)
const observed = (change: Partial<Observation> = {}): Input => ({
  _tag: "Observed",
  acceptsLate: true,
  seen: answering(attempt, change)
})
const main = { transactionId: `transaction-${attempt.id}`, ...attempt.amount }
const later = (minutes: number) => plus(start, minutes * minute)

describe("an answer about something else", () => {
  const other: ReadonlyArray<readonly [string, Partial<Observation>]> = [
    ["reference", { reference: "ra-somebody-else" }],
    ["merchant", { merchantCode: "MOTHER" }],
    ["amount", { minor: 999 }],
    ["currency", { currency: "EUR" }]
  ]
  for (const [fact, change] of other) {
    it(`its ${fact} differs: it neither opens the attempt nor ends it`, () => {
      for (const status of ["PENDING", "FAILED", "EXPIRED"] as const) {
        const { attempts, state } = become(order, observed({ ...change, status })).order
        assert.deepStrictEqual(
          [state, attempts[0]?.state, attempts[0]?.payUrl],
          ["awaiting_payment", "created", null]
        )
        assert.strictEqual(attempts[0]?.providerId, null)
      }
    })
  }
  it("another checkout of the provider's does not end an open attempt", () => {
    const open = become(order, observed()).order
    const next = become(open, observed({ providerId: "another", status: "EXPIRED" })).order
    assert.strictEqual(next.attempts[0]?.state, "open")
  })
})

describe("PAID without proof", () => {
  const unproven = observed({ status: "PAID", transactionId: null, captured: [] })
  const asked = through(order, [unproven, later(1)], [unproven, later(12)])

  it("is asked about again for ten minutes, and then is a case for a person", () => {
    assert.deepStrictEqual(through(order, [unproven, later(1)], [unproven, later(10)]).cases, [])
    const [one] = asked.cases
    assert.deepStrictEqual([one?.reason, one?.paymentId, one?.resolution], ["unproven", null, null])
    assert.strictEqual(through(asked, [unproven, later(80)]).cases.length, 1)
  })
  it("keeps the order from ending and from being paid again while nobody has answered the case", () => {
    const payAgain: Input = { _tag: "PayAgain", attemptId: AttemptId.make(uuid(12)), seller }
    for (const input of [payAgain, { _tag: "Deadline" }, { _tag: "CancelByBuyer" }] as const) {
      assert.isTrue(Result.isFailure(decide(input)(asked, later(60))))
    }
  })
  it("lets the order end once a person has said that no money came, whatever the provider repeats", () => {
    const answer = { by: "wren", reason: "Nothing on the account.", answer: "written_off" } as const
    const answered = become(
      asked,
      { _tag: "ResolveCase", caseId: `attempt:${attempt.id}`, ...answer },
      later(30)
    ).order
    const repeated = become(answered, unproven, later(31)).order
    assert.isFalse(isUnproven(repeated))
    assert.deepStrictEqual(repeated.cases.length, 1)
    assert.strictEqual(become(repeated, { _tag: "Deadline" }, later(60)).order.state, "expired")
  })
  it("is settled by the proof when it comes: the case is answered with it", () => {
    const paid = become(asked, observed({ status: "PAID" }), later(13)).order
    assert.deepStrictEqual([paid.state, paid.paidBy], ["paid", `sumup:${main.transactionId}`])
    assert.deepStrictEqual(openCases(paid), [])
    assert.strictEqual(paid.cases[0]?.resolution?.answer, "credited")
  })
  it("and money that is not the payment it names is kept as money that does not agree", () => {
    const stray = { transactionId: "stray", minor: 400, currency: "GBP" }
    const named = observed({ status: "PAID", transactionId: "missing", captured: [stray] })
    const early = through(order, [named, later(1)])
    assert.deepStrictEqual([early.payments, early.cases], [[], []])
    const late = through(early, [named, later(12)])
    assert.deepStrictEqual(
      late.payments.map(({ id, minor, verdict }) => [id, minor, verdict]),
      [["sumup:stray", 400, "mismatch"]]
    )
    assert.deepStrictEqual(
      late.cases.map(({ paymentId, reason }) => [paymentId, reason]),
      [["sumup:stray", "mismatch"]]
    )
  })
})

describe("one answer that names money twice", () => {
  it("is one payment and no case", () => {
    const paid = become(order, observed({ status: "PAID", captured: [main, main] })).order
    assert.deepStrictEqual([paid.payments.length, paid.cases.length, paid.told], [1, 0, 2])
  })
  it("is one case for each other transaction", () => {
    const stray = { ...main, transactionId: "stray" }
    const paid = become(order, observed({ status: "PAID", captured: [stray, main, stray] })).order
    assert.deepStrictEqual(
      paid.cases.map(({ id, reason }) => [id, reason]),
      [["sumup:stray", "duplicate"]]
    )
  })
})

describe("crediting a case", () => {
  const ended = through(order, [observed({ status: "EXPIRED" }), later(1)], [{ _tag: "Deadline" }, later(41)])
  const late = (change: Partial<Observation> = {}): Input => ({
    _tag: "Observed",
    acceptsLate: false,
    seen: answering(attempt, { status: "PAID", ...change })
  })
  const credit = {
    _tag: "CreditCase",
    caseId: `sumup:${main.transactionId}`,
    by: "wren",
    reason: "Came late."
  } as const
  const refusal = (of: typeof order) => {
    const answer = decide(credit)(of, later(60))
    return Result.isFailure(answer) ? answer.failure._tag : answer.success.order.state
  }

  it("late money can pay its order", () => {
    assert.strictEqual(refusal(through(ended, [late(), later(50)])), "paid")
  })
  it("money whose facts did not agree cannot", () => {
    const held = through(ended, [late({ merchantCode: "MOTHER" }), later(50)])
    assert.strictEqual(held.cases[0]?.reason, "mismatch")
    assert.strictEqual(refusal(held), "AmountDiffers")
  })
  it("money of another amount or currency cannot, though it came on the right page", () => {
    for (const other of [
      { minor: 7, currency: "GBP" },
      { minor: main.minor, currency: "EUR" }
    ]) {
      const captured = [main, { transactionId: "stray", ...other }]
      const held = through(ended, [late({ captured }), later(50)])
      const answer = decide({ ...credit, caseId: "sumup:stray" })(held, later(60))
      assert.isTrue(Result.isFailure(answer) && answer.failure._tag === "AmountDiffers")
    }
  })
  it("money that is on its way back, or was taken back, cannot", () => {
    const paymentId = `sumup:${main.transactionId}`
    const kept = through(ended, [late(), later(50)])
    const ask = { refundId: RefundId.make(uuid(70)), paymentId, minor: 10, by: "wren", reason: "Too late." }
    assert.strictEqual(refusal(through(kept, [{ _tag: "RefundAsked", ...ask }, later(51)])), "AmountDiffers")
    const lost = through(kept, [{ _tag: "RefundsSeen", paymentId, refunded: 0, chargedBack: 1 }, later(51)])
    assert.strictEqual(refusal(lost), "AmountDiffers")
    const chargeback = { ...credit, caseId: `chargeback:${paymentId}` }
    assert.isTrue(Result.isFailure(decide(chargeback)(lost, later(60))))
  })
  it("once is enough", () => {
    const paid = through(ended, [late(), later(50)], [credit, later(51)])
    const again = decide(credit)(paid, plus(start, hour))
    assert.isTrue(Result.isFailure(again) && again.failure._tag === "OrderPaid")
  })
})

describe("a person's answer to a case", () => {
  const kept = through(order, [observed({ status: "PAID", minor: 7 }), later(1)])
  const caseId = kept.cases[0]?.id ?? ""
  const writeOff = {
    _tag: "ResolveCase",
    caseId,
    answer: "written_off",
    by: "wren",
    reason: "A gift."
  } as const

  it("is kept with who gave it, why and when; the money stays where it is", () => {
    const { audit, events, order: answered } = become(kept, writeOff, later(2))
    assert.deepStrictEqual(answered.cases[0]?.resolution, {
      answer: "written_off",
      by: "wren",
      reason: "A gift.",
      at: later(2)
    })
    assert.deepStrictEqual([events, audit?.action, openCases(answered)], [[], "case.resolve", []])
    assert.deepStrictEqual([answered.payments, answered.attempts], [kept.payments, kept.attempts])
  })
  it("is the first one: another changes nothing and is not written down", () => {
    const answered = become(kept, writeOff, later(2)).order
    const again = become(answered, { ...writeOff, answer: "refunded", by: "robin" }, later(3))
    assert.deepStrictEqual([again.order.cases, again.audit], [answered.cases, null])
  })
  it("to no case of the order is refused", () => {
    const answer = decide({ ...writeOff, caseId: "sumup:another" })(kept, later(2))
    assert.isTrue(Result.isFailure(answer) && answer.failure._tag === "MoneyUnknown")
  })
})
