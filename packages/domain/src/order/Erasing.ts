import { Result, Schema } from "effect"
import { isMoving } from "../payment/Refund.ts"
import { OrderNumber } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import { changed, type Decision, unchanged } from "./Decision.ts"
import { type Order, openCases } from "./Order.ts"

/** Money of it is not settled yet: whoever settles it must be able to reach the buyer. */
export class MoneyOpen extends Schema.TaggedError<MoneyOpen>()("MoneyOpen", { number: OrderNumber }) {}

const isOpen = (order: Order): boolean =>
  order.state === "awaiting_payment" || openCases(order).length > 0 || order.refunds.some(isMoving)

/** Forgets how to reach the buyer, once nothing is left to reach them about. Amounts stay for ever. */
export const erase = (order: Order, now: Instant): Result.Result<Decision, MoneyOpen> => {
  if (order.email === null) return Result.succeed(unchanged(order))
  if (isOpen(order)) return Result.fail(new MoneyOpen({ number: order.number }))
  return Result.succeed(
    changed({ ...order, email: null }, now, [{ _tag: "order.erased", number: order.number }])
  )
}
