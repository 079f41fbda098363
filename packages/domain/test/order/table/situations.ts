import { money } from "../../../src/money/Money.ts"
import type { Input } from "../../../src/order/Input.ts"
import type { Order } from "../../../src/order/Order.ts"
import type { Observation } from "../../../src/payment/Observation.ts"
import { answering, attemptOf } from "../../../src/testing/acting.ts"
import { contents, item, placed, seller, start, through, uuid } from "../../../src/testing/examples.ts"
import { AttemptId, RefundId } from "../../../src/text/Ids.ts"
import { minute, plus } from "../../../src/time/Instant.ts"

/** Minutes after placing. */
const at = (minutes: number) => plus(start, minutes * minute)
/** When every input of the table happens: the first attempt's time, and the order's, are over. */
export const now = at(100)
export const by = { by: "wren", reason: "It was so." }

const created = placed()
/** The attempt that most inputs speak of: the order's first. */
export const attempt = attemptOf(created)
export const paymentId = `sumup:transaction-${attempt.id}`
const secondId = AttemptId.make(uuid(12))
export const refundId = RefundId.make(uuid(70))

export const observed = (change: Partial<Observation> = {}, acceptsLate = true): Input => ({
  _tag: "Observed",
  acceptsLate,
  seen: answering(attempt, change)
})
const expire: Input = observed({ status: "EXPIRED" })
const pay: Input = observed({ status: "PAID" })
const deadline: Input = { _tag: "Deadline" }
const payAgain: Input = { _tag: "PayAgain", attemptId: secondId, seller }
const cancel: Input = { _tag: "CancelByBuyer" }
const callOff: Input = { _tag: "CancelBySeller", refundsAlone: true, refundId, ...by }
const ask: Input = { _tag: "RefundAsked", refundId, paymentId, minor: 400, ...by }
const paySecond = (of: Order): Input => ({
  _tag: "Observed",
  acceptsLate: true,
  seen: answering(attemptOf(of), { status: "PAID" })
})

const open = through(created, [observed(), at(0)])
const dead = through(open, [expire, at(31)])
const again = through(dead, [payAgain, at(35)])
const paid = through(open, [pay, at(1)])
const expired = through(dead, [deadline, at(40)])

/** An order in each situation that the table tells apart, with the first attempt's part in it. */
export const situations = {
  "awaiting, created": created,
  "awaiting, open": open,
  "awaiting, declined": through(open, [observed({ status: "FAILED" }), at(1)]),
  "awaiting, unproven": through(open, [observed({ status: "PAID", captured: [] }), at(95)]),
  "awaiting, dead": dead,
  "awaiting, dead and again": again,
  "awaiting, mismatch": through(open, [observed({ status: "PAID", minor: 7 }), at(1)]),
  paid,
  "paid by the second": through(again, [paySecond(again), at(36)]),
  "paid, nothing to pay": placed(contents({ items: [[item(1, { price: money(0, "GBP") }), 1]] })),
  "paid by hand": through(dead, [{ _tag: "PaidByHand", name: "till-1", ...by }, at(32)]),
  "paid, refund asked": through(paid, [ask, at(2)]),
  "paid, refund sent": through(paid, [ask, at(2)], [{ _tag: "RefundSent", refundId, before: 0 }, at(3)]),
  expired,
  "expired, late": through(expired, [observed({ status: "PAID" }, false), at(50)]),
  cancelled: through(dead, [cancel, at(32)]),
  "cancelled, late": through(dead, [cancel, at(32)], [pay, at(50)]),
  "called off": through(paid, [callOff, at(5)])
} as const
