import { Result } from "effect"
import { isMoving } from "../payment/Refund.ts"
import type { Instant } from "../time/Instant.ts"
import { close, ifDead } from "./Closing.ts"
import type { Decision } from "./Decision.ts"
import type { InputOf } from "./Input.ts"
import type { AttemptStillAlive, Order } from "./Order.ts"
import { paidBack, RefundMoving, requested } from "./Refunds.ts"

/**
 * What is owed back of the credited payment: all of it that is not gone or on its way. Cash goes back by
 * hand.
 */
const owedOf = (order: Order): { readonly paymentId: string; readonly minor: number } | null => {
  const credited = order.payments.find(({ id }) => id === order.paidBy)
  if (credited === undefined || credited.verdict === "by_hand") return null
  const minor = credited.minor - paidBack(order, credited.id, ["requested", "sent", "done"])
  return minor > 0 ? { paymentId: credited.id, minor } : null
}

/** T14: the seller calls a paid order off; what was credited is refunded by the page's policy. */
export const callOff = (
  order: Order,
  { by, reason, refundId, refundsAlone }: InputOf<"CancelBySeller">,
  now: Instant
): Result.Result<Decision, AttemptStillAlive | RefundMoving> =>
  ifDead(order, () => {
    const { number } = order
    const owed = refundsAlone ? owedOf(order) : null
    if (owed !== null && order.refunds.some((one) => one.paymentId === owed.paymentId && isMoving(one))) {
      return Result.fail(new RefundMoving({ number }))
    }
    const refunds =
      owed === null
        ? order.refunds
        : [...order.refunds, requested(refundId, owed.paymentId, owed.minor, { by, reason }, now)]
    return Result.succeed(
      close(
        { ...order, refunds },
        "cancelled",
        now,
        { _tag: "order.cancelled", number, by: "seller", wasPaid: true },
        { entries: { _tag: "Cancel" }, audit: { action: "order.cancel", by, reason } }
      )
    )
  })
