import { Option, Schema } from "effect"

const Amount = Schema.Struct({ minor: Schema.Int, currency: Schema.String })
const Text = Schema.String
const TextOrNone = Schema.NullOr(Schema.String)

/**
 * What each kind of event says. Amounts are integer minor units. Words may grow: a reason that is new today
 * is one more
 * text, and a field that is new is left alone.
 */
export const eventData = {
  "order.created": Schema.Struct({
    number: Text,
    total: Amount,
    lines: Schema.Array(
      Schema.Struct({
        itemId: TextOrNone,
        entryId: TextOrNone,
        quantity: Schema.Int,
        unitMinor: Schema.Int,
        totalMinor: Schema.Int
      })
    )
  }),
  "order.paid": Schema.Struct({ number: Text, total: Amount, by: Text, late: Schema.Boolean }),
  "order.expired": Schema.Struct({ number: Text }),
  "order.cancelled": Schema.Struct({ number: Text, by: Text, wasPaid: Schema.Boolean }),
  "order.refunded": Schema.Struct({ number: Text, amount: Amount, remaining: Amount, full: Schema.Boolean }),
  "payment.unmatched": Schema.Struct({ number: Text, reason: Text, amount: Schema.NullOr(Amount) }),
  "cart.adopted": Schema.Struct({
    customerId: Text,
    lines: Schema.Int,
    entries: Schema.Int,
    orders: Schema.Int
  }),
  "order.erased": Schema.Struct({ number: Text })
} as const
export type CartEventType = keyof typeof eventData

/** The envelope: CloudEvents 1.0. `sequence` counts per subject from 1 without gaps. */
const envelope = {
  specversion: Schema.Literal("1.0"),
  id: Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,200}$/u)),
  source: Schema.Literal("/cart"),
  /** The order, or the visitor of cart.adopted. */
  subject: Schema.String,
  time: Schema.String,
  dataschema: Schema.String,
  sequence: Schema.Int,
  pageid: Schema.optionalKey(Schema.String)
}
type Envelope = Schema.Struct<typeof envelope>["Type"]

/** An event of the cart, by its type. */
export type CartEvent = {
  [T in CartEventType]: Envelope & { readonly type: T; readonly data: (typeof eventData)[T]["Type"] }
}[CartEventType]

const of = <T extends CartEventType>(type: T) =>
  Schema.Struct({ ...envelope, type: Schema.Literal(type), data: eventData[type] })

export const CartEvent: Schema.Decoder<CartEvent> = Schema.Union([
  of("order.created"),
  of("order.paid"),
  of("order.expired"),
  of("order.cancelled"),
  of("order.refunded"),
  of("payment.unmatched"),
  of("cart.adopted"),
  of("order.erased")
])

const Any = Schema.Struct({ ...envelope, type: Schema.String })
const readAny = Schema.decodeUnknownOption(Any)
const readKnown = Schema.decodeUnknownOption(CartEvent)

export const isKnownType = (type: string): type is CartEventType => Object.hasOwn(eventData, type)

/**
 * An event; or the type of one that this version knows nothing of; or null for what is no event of the cart.
 */
export const readEvent = (json: unknown): CartEvent | { readonly unknownType: string } | null => {
  const told = Option.getOrNull(readAny(json))
  if (told === null) return null
  return isKnownType(told.type) ? Option.getOrNull(readKnown(json)) : { unknownType: told.type }
}
