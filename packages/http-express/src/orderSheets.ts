import { openApi } from "@rose-ash/cart-client/contract/CartApi"
import type { EntrySheet, OrderSheet } from "@rose-ash/cart-client/contract/OrderSheet"
import { NotFound } from "@rose-ash/cart-client/contract/refusals"
import { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import type { CalendarEntry } from "@rose-ash/cart-domain/calendar/CalendarEntry"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { standing } from "@rose-ash/cart-domain/order/Standing"
import { OrderId } from "@rose-ash/cart-domain/text/Ids"
import type { Instant } from "@rose-ash/cart-domain/time/Instant"
import { DateTime, Effect, Schema } from "effect"
import { answer, type Called, type InternalHandler } from "./InternalAnswer.ts"

const iso = (at: Instant): string => DateTime.formatIso(DateTime.makeUnsafe(at))
const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at))

/** No names of people, no addresses, nothing of how it was paid. */
const sheetOf = (order: Order): OrderSheet => {
  const { currency, id, number, pageId, pageName, state } = order
  return {
    id,
    number,
    pageId,
    pageName,
    customerId: order.owner.customerId,
    state,
    standing: standing(order),
    currency,
    totalMinor: order.total,
    taxMinor: order.tax,
    lines: order.lines.map(({ entryId, itemId, name, quantity, ...line }) => ({
      itemId,
      entryId,
      name,
      unitMinor: line.unit,
      quantity,
      totalMinor: line.total,
      startsAt: isoOrNull(line.startsAt),
      endsAt: isoOrNull(line.endsAt)
    })),
    placedAt: iso(order.placedAt),
    expiresAt: iso(order.expiresAt),
    paidAt: isoOrNull(order.paidAt),
    closedAt: isoOrNull(order.closedAt)
  }
}

const entryOf = ({ endsAt, heldUntil, id, name, startsAt, state }: CalendarEntry): EntrySheet => ({
  id,
  name,
  state,
  startsAt: iso(startsAt),
  endsAt: iso(endsAt),
  heldUntil: isoOrNull(heldUntil)
})

const isOrderId = Schema.is(OrderId)
const found = Effect.fnUntraced(function* ({ params }: Called) {
  const id = params["id"]
  if (!isOrderId(id)) return yield* new NotFound()
  const orders = yield* Orders
  return yield* Effect.catchTag(orders.get(id), "OrderNotFound", () => Effect.fail(new NotFound()))
})

export const order: InternalHandler = (called) =>
  Effect.map(found(called), (one) => answer(200, sheetOf(one)))

export const entries: InternalHandler = Effect.fnUntraced(function* (called) {
  const { id } = yield* found(called)
  const calendar = yield* CalendarEntries
  return answer(200, (yield* calendar.ofOrder(id)).map(entryOf))
})

const document = answer(200, openApi())
export const openapi: InternalHandler = () => Effect.succeed(document)
