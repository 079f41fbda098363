import type { CaseReason, Payment } from "../payment/Payment.ts"
import { isLive } from "../payment/PaymentAttempt.ts"
import { isMoving, type RefundState } from "../payment/Refund.ts"
import { type Instant, minute } from "../time/Instant.ts"
import { refundDue } from "./Answers.ts"
import { isWhole } from "./Cases.ts"
import { type Order, openCases } from "./Order.ts"
import { paidBack } from "./Refunds.ts"

/** Something about an order's money that stands until a person, or the provider, has answered it. */
export type Matter =
  /** `left`: minor units of it that are not gone or on their way; `credits`: it can pay the order. */
  | {
      readonly _tag: "Case"
      readonly id: string
      readonly reason: CaseReason
      readonly payment: Payment | null
      readonly left: number
      readonly credits: boolean
      readonly since: Instant
    }
  /** A refund that is to be sent, was sent and is not seen yet, or failed. */
  | {
      readonly _tag: "Refund"
      readonly id: string
      readonly state: Exclude<RefundState, "done">
      readonly payment: Payment
      readonly minor: number
      readonly since: Instant
    }
  /** Owed back, and nobody has asked for it: places were refused, or the order was called off. */
  | {
      readonly _tag: "Owed"
      readonly why: "refused" | "called_off"
      readonly payment: Payment
      readonly minor: number
      readonly since: Instant
    }
  /** Long after its time nobody could read what became of an attempt. */
  | { readonly _tag: "Unread"; readonly since: Instant }

/** How long after its time an attempt may stay unread before a person is told. */
export const unreadMost = 15 * minute

/** Minor units of a payment that are neither gone nor on their way. */
export const leftOf = (order: Order, { id, minor }: Payment): number =>
  Math.max(0, minor - paidBack(order, id, ["requested", "sent", "done"]))

const ofCases = (order: Order): ReadonlyArray<Matter> =>
  openCases(order).map((one) => {
    const payment = order.payments.find(({ id }) => id === one.paymentId) ?? null
    const open = order.state === "awaiting_payment" || order.state === "expired"
    return {
      _tag: "Case",
      id: one.id,
      reason: one.reason,
      payment,
      left: payment === null ? 0 : leftOf(order, payment),
      credits: open && payment !== null && isWhole(order, payment),
      since: one.openedAt
    }
  })

/** One that failed is over once another was asked for, or a person has answered the case it was for. */
const ofRefunds = (order: Order): ReadonlyArray<Matter> =>
  order.refunds.flatMap((refund, place): ReadonlyArray<Matter> => {
    const { askedAt, id, minor, paymentId, state } = refund
    const payment = order.payments.find((one) => one.id === paymentId)
    if (payment === undefined || state === "done") return []
    const later = order.refunds.slice(place + 1).some((one) => one.paymentId === paymentId)
    const answered = order.cases.some((one) => one.paymentId === paymentId && one.resolution !== null)
    if (!isMoving(refund) && (later || answered)) return []
    return [{ _tag: "Refund", id, state, payment, minor, since: askedAt }]
  })

const owed = (order: Order): ReadonlyArray<Matter> => {
  const payment = order.payments.find(({ id }) => id === order.paidBy)
  if (payment === undefined) return []
  const calledOff = order.state === "cancelled"
  const minor = calledOff ? leftOf(order, payment) : refundDue(order)
  if (minor === 0) return []
  const refused = order.answers.filter(({ answer }) => answer !== "confirmed")
  const since = calledOff ? order.closedAt : refused[0]?.at
  const why = calledOff ? ("called_off" as const) : ("refused" as const)
  return [{ _tag: "Owed", why, payment, minor, since: since ?? payment.receivedAt }]
}

const unread = (order: Order, now: Instant): ReadonlyArray<Matter> =>
  order.attempts
    .filter((attempt) => isLive(attempt) && now - attempt.validUntil > unreadMost)
    .map(({ validUntil }) => ({ _tag: "Unread", since: validUntil }))

/** What of the order's money needs a person, or will if nothing happens. */
export const mattersOf = (order: Order, now: Instant): ReadonlyArray<Matter> => [
  ...ofCases(order),
  ...ofRefunds(order),
  ...owed(order),
  ...unread(order, now)
]
