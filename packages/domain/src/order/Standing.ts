import type { Order } from "./Order.ts"

/** Captured − refunded against the total. Computed, never stored. */
export type Standing = "unpaid" | "part_paid" | "paid" | "overpaid" | "part_refunded" | "refunded"

/** Money of the order's own currency that came and went, in minor units. */
export const sums = (order: Order): { readonly received: number; readonly refunded: number } => {
  const counted = new Set(
    order.payments.filter(({ currency }) => currency === order.currency).map(({ id }) => id)
  )
  const received = order.payments.reduce((sum, { id, minor }) => sum + (counted.has(id) ? minor : 0), 0)
  const refunded = order.refunds.reduce(
    (sum, { minor, paymentId, state }) => sum + (state === "done" && counted.has(paymentId) ? minor : 0),
    0
  )
  return { received, refunded }
}

export const standing = (order: Order): Standing => {
  const { received, refunded } = sums(order)
  const kept = received - refunded
  if (refunded > 0 && kept <= 0) return "refunded"
  if (refunded > 0 && kept < order.total) return "part_refunded"
  if (kept > order.total) return "overpaid"
  if (order.state === "paid" && kept >= order.total) return "paid"
  if (kept >= order.total && order.total > 0) return "paid"
  return kept > 0 ? "part_paid" : "unpaid"
}
