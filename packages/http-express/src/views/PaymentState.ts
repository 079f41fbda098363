import {
  isUnproven,
  liveAttempt,
  newestAttempt,
  type Order,
  openCases
} from "@rose-ash/cart-domain/order/Order"
import type { CaseReason } from "@rose-ash/cart-domain/payment/Payment"
import { type Instant, second } from "@rose-ash/cart-domain/time/Instant"

/** What can be said about an order's payment, by what is proven. One row of the return page each. */
export type PaymentState =
  | "paid"
  | "placed"
  | "question"
  | "late"
  | "ended"
  | "cancelled"
  | "cancelled_paid"
  | "checking"
  | "unconfirmed"
  | "failed"
  | "closed"
  | "not_started"

/** For so long after its opening an attempt is simply being checked. */
const patience = 20 * second
/** An answer older than this says nothing about now. */
const fresh = 15 * second

const whileWaiting = (order: Order, now: Instant): PaymentState => {
  if (isUnproven(order)) return "checking"
  const live = liveAttempt(order)
  if (live === undefined) return newestAttempt(order) === undefined ? "not_started" : "closed"
  if (live.payUrl === null) return "not_started"
  if (live.lastRead === "FAILED") return "failed"
  const silent = live.lastReadAt === null || now - live.lastReadAt > fresh
  return silent || now - live.createdAt <= patience ? "checking" : "unconfirmed"
}

const has = (order: Order, ...reasons: ReadonlyArray<CaseReason>): boolean =>
  openCases(order).some(({ reason }) => reasons.includes(reason))

/** Money came for an unpaid order that does not agree with it: a person looks at it. */
export const isInQuestion = (order: Order): boolean =>
  order.state !== "paid" && has(order, "mismatch", "unproven")

export const paymentState = (order: Order, now: Instant): PaymentState => {
  if (order.state === "paid") return order.total === 0 ? "placed" : "paid"
  if (isInQuestion(order)) return "question"
  if (order.state === "awaiting_payment") return whileWaiting(order, now)
  if (has(order, "late", "entry_lost")) return "late"
  if (isUnproven(order)) return "question"
  if (order.state === "expired") return "ended"
  return order.paidAt === null ? "cancelled" : "cancelled_paid"
}

/** Nothing more is expected to happen by itself. */
export const isFinal = (state: PaymentState): boolean => state !== "checking" && state !== "unconfirmed"
