import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { refundDue, refusedLines } from "../../src/order/Answers.ts"
import type { Input } from "../../src/order/Input.ts"
import type { Order } from "../../src/order/Order.ts"
import { decide } from "../../src/order/Transitions.ts"
import { answering, attemptOf } from "../../src/testing/acting.ts"
import { contents, entry, placed, start, through } from "../../src/testing/examples.ts"
import { RefundId } from "../../src/text/Ids.ts"
import { minute, plus } from "../../src/time/Instant.ts"

const at = (minutes: number) => plus(start, minutes * minute)
const [first, second] = [entry(1), entry(2)]
const waiting = placed(contents({ entries: [first, second] }))
const paid = through(waiting, [
  { _tag: "Observed", acceptsLate: true, seen: answering(attemptOf(waiting), { status: "PAID" }) },
  at(1)
])
const told = (answer: "confirmed" | "declined" | "cancelled", of = first): Input => ({
  _tag: "EntryAnswered",
  entryId: of.id,
  answer
})
const later = (order: Order, ...inputs: ReadonlyArray<Input>): Order =>
  through(order, ...inputs.map((input, n) => [input, at(2 + n)] as const))
const words = (order: Order) => order.answers.map(({ answer, entryId }) => [entryId, answer])
const ask = (minor: number): Input => ({
  _tag: "RefundAsked",
  refundId: RefundId.make("00000000-0000-4000-8000-000000000099"),
  paymentId: paid.paidBy ?? "",
  minor,
  by: "wren",
  reason: "declined"
})

describe("the organiser's word", () => {
  it("is kept once an entry, with when it came, and moves neither money nor places", () => {
    const answer = Result.getOrThrow(decide(told("confirmed"))(paid, at(2)))
    assert.deepStrictEqual(answer.order.answers, [{ entryId: first.id, answer: "confirmed", at: at(2) }])
    assert.deepStrictEqual([answer.events, answer.entries._tag], [[], "Keep"])
    assert.deepStrictEqual(later(paid, told("confirmed"), told("confirmed")).answers, answer.order.answers)
  })
  it("heard in whatever order ends the same: only a confirmation gives way", () => {
    const refused = [[first.id, "cancelled"]]
    assert.deepStrictEqual(words(later(paid, told("confirmed"), told("cancelled"))), refused)
    assert.deepStrictEqual(words(later(paid, told("cancelled"), told("confirmed"))), refused)
    assert.deepStrictEqual(words(later(paid, told("cancelled"), told("declined"))), refused)
  })
  it("is kept also when it comes before we know of the payment", () => {
    const early = through(later(waiting, told("declined")), [
      { _tag: "Observed", acceptsLate: true, seen: answering(attemptOf(waiting), { status: "PAID" }) },
      at(9)
    ])
    assert.strictEqual(refundDue(early), first.price.minor)
  })
  it("refused of a place that the order has not", () => {
    const answer = decide(told("declined", entry(3)))(paid, at(2))
    assert.strictEqual(Result.isFailure(answer) ? answer.failure._tag : null, "EntryNotOrdered")
  })
})

describe("the refund that is due", () => {
  it("is what the refused places cost, and nothing while none was paid for", () => {
    assert.strictEqual(refundDue(later(paid, told("confirmed"))), 0)
    assert.strictEqual(refundDue(later(waiting, told("declined"))), 0)
    const one = later(paid, told("declined"), told("confirmed", second))
    assert.strictEqual(refundDue(one), first.price.minor)
    assert.deepStrictEqual(
      refusedLines(one).map(({ entryId }) => entryId),
      [first.id]
    )
    assert.strictEqual(
      refundDue(later(paid, told("declined"), told("cancelled", second))),
      first.price.minor + second.price.minor
    )
  })
  it("is less by what was asked for, and is due again when that failed", () => {
    const asked = later(paid, told("declined"), ask(first.price.minor))
    assert.strictEqual(refundDue(asked), 0)
    const failed: Input = { _tag: "RefundFailed", refundId: "00000000-0000-4000-8000-000000000099" }
    assert.strictEqual(refundDue(later(asked, failed)), first.price.minor)
  })
})
