import { Result, Schema } from "effect"
import { EntryId, OrderNumber } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import { changed, type Decision, unchanged } from "./Decision.ts"
import type { InputOf } from "./Input.ts"
import type { Order, OrderLine } from "./Order.ts"
import { paidBack } from "./Refunds.ts"

/** The order was not placed with this entry. */
export class EntryNotOrdered extends Schema.TaggedError<EntryNotOrdered>()("EntryNotOrdered", {
  number: OrderNumber,
  entryId: EntryId
}) {}

/**
 * The organiser confirmed, declined or cancelled a place. Heard in whatever order: only `confirmed` gives
 * way, so that a late one does not bring a place back. The entry itself was moved by the events app.
 */
export const answerEntry = (
  order: Order,
  { answer, entryId }: InputOf<"EntryAnswered">,
  now: Instant
): Result.Result<Decision, EntryNotOrdered> => {
  if (!order.lines.some((line) => line.entryId === entryId)) {
    return Result.fail(new EntryNotOrdered({ number: order.number, entryId }))
  }
  const before = order.answers.find((one) => one.entryId === entryId)
  if (before !== undefined && (before.answer !== "confirmed" || answer === "confirmed")) {
    return Result.succeed(unchanged(order))
  }
  const others = order.answers.filter((one) => one !== before)
  return Result.succeed(changed({ ...order, answers: [...others, { entryId, answer, at: now }] }, now, []))
}

/** Lines that were paid for and will not take place: declined, or called off by the organiser. */
export const refusedLines = (order: Order): ReadonlyArray<OrderLine> =>
  order.lines.filter(({ entryId }) =>
    order.answers.some((one) => one.entryId === entryId && one.answer !== "confirmed")
  )

/**
 * Minor units that the seller owes for places the organiser refused: their lines, less what went back or is
 * on its way of the credited payment. Shown, never sent by itself: a person or the page's policy refunds.
 */
export const refundDue = (order: Order): number => {
  const { paidBy } = order
  if (paidBy === null) return 0
  const refused = refusedLines(order).reduce((sum, { total }) => sum + total, 0)
  return Math.max(0, refused - paidBack(order, paidBy, ["requested", "sent", "done"]))
}
