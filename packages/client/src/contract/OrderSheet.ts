import { Schema } from "effect"

const uuid = Schema.String.check(
  Schema.isPattern(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u)
)
/** An order, as events name it. */
export const OrderId = uuid
/** RFC 3339, UTC. */
const Time = Schema.String

/** A thing or a place as it was when the order was placed. Amounts in minor units of the order's currency. */
export const OrderSheetLine = Schema.Struct({
  itemId: Schema.NullOr(Schema.String),
  entryId: Schema.NullOr(Schema.String),
  name: Schema.String,
  unitMinor: Schema.Int,
  quantity: Schema.Int,
  totalMinor: Schema.Int,
  startsAt: Schema.NullOr(Time),
  endsAt: Schema.NullOr(Time)
})

/** One order, for services that act on it. No names of people and no addresses. */
export const OrderSheet = Schema.Struct({
  id: OrderId,
  /** What people read out, e.g. RA-7K4M-Q2XD. */
  number: Schema.String,
  pageId: Schema.String,
  pageName: Schema.String,
  /** The auth service's id of who ordered; null for somebody without an account. */
  customerId: Schema.NullOr(Schema.String),
  state: Schema.Literals(["awaiting_payment", "paid", "expired", "cancelled"]),
  /** Captured less refunded against the total. */
  standing: Schema.Literals(["unpaid", "paid", "part_paid", "overpaid", "part_refunded", "refunded"]),
  currency: Schema.String,
  totalMinor: Schema.Int,
  taxMinor: Schema.Int,
  lines: Schema.Array(OrderSheetLine),
  placedAt: Time,
  expiresAt: Time,
  paidAt: Schema.NullOr(Time),
  closedAt: Schema.NullOr(Time)
}).annotate({ identifier: "Order" })
export type OrderSheet = typeof OrderSheet.Type

/** A place in time that an order claimed, as it stands now. */
export const EntrySheet = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  state: Schema.Literals([
    "pending",
    "ordered",
    "provisional",
    "confirmed",
    "declined",
    "released",
    "cancelled"
  ]),
  startsAt: Time,
  endsAt: Time,
  heldUntil: Schema.NullOr(Time)
}).annotate({ identifier: "Entry" })
export type EntrySheet = typeof EntrySheet.Type
