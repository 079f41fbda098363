import { DateTime, Schema } from "effect"
import { OrderEventData } from "../order/OrderEvent.ts"

/** `cart.adopted`: what a visitor held is a customer's now. */
export const CartAdopted = Schema.TaggedStruct("cart.adopted", {
  customerId: Schema.String,
  lines: Schema.Int,
  entries: Schema.Int,
  orders: Schema.Int
})

/** Everything the service tells others. */
export const EventData = Schema.Union([OrderEventData, CartAdopted])
export type EventData = typeof EventData.Type
export type EventType = EventData["_tag"]

/**
 * An event in the outbox. `stream` is the order, or the visitor of cart.adopted; `sequence` counts in it from
 * 1 without gaps.
 */
export const Told = Schema.Struct({
  id: Schema.String,
  stream: Schema.String,
  pageId: Schema.NullOr(Schema.String),
  sequence: Schema.Int,
  at: Schema.Int,
  data: EventData
})
export type Told = typeof Told.Type

/** How it travels: CloudEvents 1.0, structured JSON. */
export const CloudEvent = Schema.Struct({
  specversion: Schema.Literal("1.0"),
  id: Schema.String,
  source: Schema.Literal("/cart"),
  type: Schema.String,
  subject: Schema.String,
  /** RFC 3339, UTC. */
  time: Schema.String,
  datacontenttype: Schema.Literal("application/json"),
  dataschema: Schema.String,
  sequence: Schema.Int,
  pageid: Schema.optionalKey(Schema.String),
  data: Schema.Record(Schema.String, Schema.Unknown)
})
export type CloudEvent = typeof CloudEvent.Type

/** Where the schema of a type is published, below the service's public address. */
export const schemaPath = (type: EventType): string => `/schemas/events/${type}.v1.json`

/** The envelope of an event; `publicUrl` is the origin below which its schema is found. */
export const cloudEvent = (publicUrl: string, told: Told): CloudEvent => {
  const { _tag: type, ...data } = told.data
  return {
    specversion: "1.0",
    id: told.id,
    source: "/cart",
    type,
    subject: told.stream,
    time: DateTime.formatIso(DateTime.makeUnsafe(told.at)),
    datacontenttype: "application/json",
    dataschema: publicUrl + schemaPath(type),
    sequence: told.sequence,
    ...(told.pageId === null ? {} : { pageid: told.pageId }),
    data
  }
}
