import {
  isUnproven,
  liveAttempt,
  newestAttempt,
  type Order,
  openCases
} from "@rose-ash/cart-domain/order/Order"
import { sums } from "@rose-ash/cart-domain/order/Standing"
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

export const paymentState = (order: Order, now: Instant): PaymentState => {
  if (order.state === "paid") return order.total === 0 ? "placed" : "paid"
  const reasons = openCases(order).map(({ reason }) => reason)
  if (reasons.includes("mismatch") || reasons.includes("unproven")) return "question"
  if (order.state === "awaiting_payment") return whileWaiting(order, now)
  if (reasons.includes("late") || reasons.includes("entry_lost")) return "late"
  if (isUnproven(order)) return "question"
  if (order.state === "expired") return "ended"
  return order.paidAt === null ? "cancelled" : "cancelled_paid"
}

/** Nothing more is expected to happen by itself. */
export const isFinal = (state: PaymentState): boolean => state !== "checking" && state !== "unconfirmed"

/** Nothing was received, as far as anybody has proven: only then may a page say so. */
export const nothingTaken = (order: Order): boolean =>
  sums(order).received === 0 && order.payments.length === 0
