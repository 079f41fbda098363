import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import type { Input } from "../../src/order/Input.ts"
import type { Order } from "../../src/order/Order.ts"
import { decide } from "../../src/order/Transitions.ts"
import { grace, validFor } from "../../src/page/PageConfig.ts"
import type { Observation } from "../../src/payment/Observation.ts"
import { attemptsMost, payUrlLeast } from "../../src/payment/PaymentAttempt.ts"
import { answering, attemptOf } from "../../src/testing/acting.ts"
import { become, placed, seller, start, through, uuid } from "../../src/testing/examples.ts"
import { AttemptId, CredentialId, RefundId } from "../../src/text/Ids.ts"
import { type Instant, minute, plus } from "../../src/time/Instant.ts"
import { situations } from "./table/situations.ts"

const created = placed()
const at = (minutes: number): Instant => plus(start, minutes * minute)
const observed = (of: Order, change: Partial<Observation> = {}): Input => ({
  _tag: "Observed",
  acceptsLate: true,
  seen: answering(attemptOf(of), change)
})
const open = become(created, observed(created)).order
const dead = become(open, observed(open, { status: "EXPIRED" }), at(1)).order
const payAgain = (n = 12): Input => ({ _tag: "PayAgain", attemptId: AttemptId.make(uuid(n)), seller })
const refusal = (order: Order, input: Input, now: Instant) => {
  const answer = decide(input)(order, now)
  return Result.isFailure(answer) ? answer.failure._tag : "accepted"
}

describe("a deadline", () => {
  it("before its time is nothing, in every situation", () => {
    for (const [name, order] of Object.entries(situations)) {
      const { entries, events, order: next } = become(order, { _tag: "Deadline" }, plus(order.expiresAt, -1))
      assert.deepStrictEqual([next.state, events, entries._tag], [order.state, [], "Keep"], name)
    }
  })
  it("ends an order at its very moment, and not before", () => {
    assert.strictEqual(
      become(dead, { _tag: "Deadline" }, plus(dead.expiresAt, -1)).order.state,
      "awaiting_payment"
    )
    assert.strictEqual(become(dead, { _tag: "Deadline" }, dead.expiresAt).order.state, "expired")
  })
})

describe("an attempt of which the provider knows no page", () => {
  const neverMade = (of: Order): Input => ({ _tag: "NeverMade", attemptId: attemptOf(of).id })
  const over = plus(attemptOf(created).validUntil, grace)

  it("is over when its time and the grace are over, and not before", () => {
    assert.strictEqual(
      become(created, neverMade(created), plus(over, -1)).order.attempts[0]?.state,
      "created"
    )
    const { attempts, dueAt } = become(created, neverMade(created), over).order
    assert.deepStrictEqual([attempts[0]?.state, attempts[0]?.closedAt], ["expired", over])
    assert.isNotNull(dueAt)
  })
  it("is never over when the provider once knew it", () => {
    const known = become(created, observed(created, { payUrl: null })).order
    assert.deepStrictEqual(
      [known.attempts[0]?.state, known.attempts[0]?.providerId !== null],
      ["created", true]
    )
    assert.strictEqual(
      become(known, neverMade(known), plus(over, minute)).order.attempts[0]?.state,
      "created"
    )
  })
})

describe("paying again", () => {
  it("is the same attempt while its page can still be made, or still be paid on for five minutes", () => {
    const validUntil = attemptOf(open).validUntil
    assert.deepStrictEqual(become(created, payAgain(), plus(validUntil, -1)).order.attempts, created.attempts)
    assert.strictEqual(refusal(created, payAgain(), validUntil), "AttemptStillAlive")
    const last = plus(validUntil, -payUrlLeast - 1)
    assert.strictEqual(become(open, payAgain(), last).order.attempts.length, 1)
    assert.strictEqual(refusal(open, payAgain(), plus(last, 1)), "AttemptStillAlive")
  })
  it("is a new attempt once the old one is dead: for the same amount, to whom the page pays now, for as long again", () => {
    const moved = { merchantCode: "MNEW", credentialId: CredentialId.make(uuid(950)) }
    const decision = become(
      dead,
      { _tag: "PayAgain", attemptId: AttemptId.make(uuid(12)), seller: moved },
      at(35)
    )
    const [old, next] = decision.order.attempts
    assert.deepStrictEqual(old, dead.attempts[0])
    assert.deepStrictEqual(
      [next?.number, next?.state, next?.merchantCode, next?.credentialId, next?.amount],
      [2, "created", "MNEW", moved.credentialId, old?.amount]
    )
    assert.strictEqual(next?.validUntil, plus(at(35), validFor))
    assert.strictEqual(decision.order.expiresAt, plus(at(35), validFor + grace))
    assert.deepStrictEqual(decision.entries, { _tag: "Claim", until: decision.order.expiresAt })
    assert.deepStrictEqual([decision.events, decision.order.state], [[], "awaiting_payment"])
  })
  it("waits for a person when money came that does not agree, also while a newer page is open", () => {
    const again = become(dead, payAgain(), at(2)).order
    const [first] = dead.attempts
    if (first === undefined) return assert.fail("no attempt")
    const seen = answering(first, { status: "PAID", minor: 7 })
    const asked = become(again, { _tag: "Observed", acceptsLate: true, seen }, at(3)).order
    assert.strictEqual(refusal(asked, payAgain(13), at(4)), "PaymentInQuestion")
    assert.strictEqual(asked.attempts[1]?.state, "created")
  })
  it("never leads to a page of which the provider says PAID", () => {
    const asked = become(open, observed(open, { status: "PAID", captured: [] }), at(1)).order
    assert.strictEqual(refusal(asked, payAgain(), at(2)), "AttemptStillAlive")
  })
  it("is possible fifty times", () => {
    let order = dead
    for (let n = 2; n <= attemptsMost; n += 1) {
      order = become(order, payAgain(2000 + n), at(n)).order
      order = become(order, observed(order, { status: "EXPIRED" }), at(n)).order
    }
    assert.strictEqual(order.attempts.length, attemptsMost)
    assert.deepStrictEqual(
      order.attempts.map(({ number }) => number),
      Array.from({ length: attemptsMost }, (_, n) => n + 1)
    )
    assert.strictEqual(refusal(order, payAgain(3000), at(60)), "AttemptLimit")
  })
})

describe("calling off", () => {
  it("says by whom, and whether it was paid", () => {
    const bySeller: Input = {
      _tag: "CancelBySeller",
      refundsAlone: false,
      refundId: RefundId.make(uuid(71)),
      by: "wren",
      reason: "No flour."
    }
    const said = (order: Order, input: Input) =>
      become(order, input, at(5)).events.map(({ data }) => ({ ...data }))
    const { number } = dead
    const cancelled = { _tag: "order.cancelled", number }
    const expected: ReadonlyArray<readonly [Order, Input, object]> = [
      [dead, { _tag: "CancelByBuyer" }, { ...cancelled, by: "buyer", wasPaid: false }],
      [dead, bySeller, { ...cancelled, by: "seller", wasPaid: false }],
      [situations.paid, bySeller, { ...cancelled, by: "seller", wasPaid: true }]
    ]
    for (const [order, input, data] of expected) assert.deepEqual(said(order, input), [data])
  })
  it("ends the order at that moment", () => {
    assert.strictEqual(through(dead, [{ _tag: "CancelByBuyer" }, at(7)]).closedAt, at(7))
  })
})
