import { Schema } from "effect"
import { Currency } from "../money/Currency.ts"
import { CaseReason } from "../payment/Payment.ts"
import { OrderId, OrderNumber, PageId } from "../text/Ids.ts"
import { Instant } from "../time/Instant.ts"
import type { Order } from "./Order.ts"

/** An amount as events carry it: integer minor units with their currency. */
const Amount = Schema.Struct({ minor: Schema.Int, currency: Schema.String })

/** What each kind of event says: enough to act on without reading our tables; no names, no addresses. */
export const OrderEventData = Schema.TaggedUnion({
  "order.created": {
    number: OrderNumber,
    total: Schema.Struct({ minor: Schema.Int, currency: Currency }),
    lines: Schema.Array(
      Schema.Struct({
        itemId: Schema.NullOr(Schema.String),
        entryId: Schema.NullOr(Schema.String),
        quantity: Schema.Int,
        unitMinor: Schema.Int,
        totalMinor: Schema.Int
      })
    )
  },
  "order.paid": {
    number: OrderNumber,
    total: Amount,
    by: Schema.Literals(["provider", "hand", "nothing"]),
    late: Schema.Boolean
  },
  "order.expired": { number: OrderNumber },
  "order.cancelled": {
    number: OrderNumber,
    by: Schema.Literals(["buyer", "seller"]),
    wasPaid: Schema.Boolean
  },
  "order.refunded": { number: OrderNumber, amount: Amount, remaining: Amount, full: Schema.Boolean },
  /** Personal data of the order is gone; amounts stay. */
  "order.erased": { number: Schema.String },
  "payment.unmatched": { number: OrderNumber, reason: CaseReason, amount: Schema.NullOr(Amount) }
})
export type OrderEventData = typeof OrderEventData.Type

/**
 * Something that happened to an order. `sequence` counts per order from 1 without gaps; the first is
 * order.created.
 */
export const OrderEvent = Schema.Struct({
  id: Schema.String,
  orderId: OrderId,
  pageId: PageId,
  sequence: Schema.Int,
  at: Instant,
  data: OrderEventData
})
export type OrderEvent = typeof OrderEvent.Type

/** Numbers what happened and lets the order know how much it has told. */
export const tell = (
  order: Order,
  at: Instant,
  happened: ReadonlyArray<OrderEventData>
): { readonly order: Order; readonly events: ReadonlyArray<OrderEvent> } => ({
  order: happened.length === 0 ? order : { ...order, told: order.told + happened.length },
  events: happened.map((data, index) => {
    const sequence = order.told + index + 1
    return { id: `${order.id}.${sequence}`, orderId: order.id, pageId: order.pageId, sequence, at, data }
  })
})
