import { Schema, Struct } from "effect"
import { OrderEventData } from "../order/OrderEvent.ts"
import { CartAdopted, type EventType, schemaPath } from "./CloudEvent.ts"
import { type ConsumedType, consumed } from "./Consumed.ts"

type Json = { readonly [name: string]: unknown }
interface Published {
  readonly means: string
  readonly schema: Json
}

const jsonSchema = (schema: Schema.Constraint): Json => Schema.toJsonSchemaDocument(schema).schema
const { cases } = OrderEventData

/** What each event means, and the JSON Schema of its data: made of the same schemas that write it. */
const published: { readonly [T in EventType]: Published } = {
  "order.created": {
    means: "A cart was placed; its prices are fixed and its places are held.",
    schema: jsonSchema(cases["order.created"].mapFields(Struct.omit(["_tag"])))
  },
  "order.paid": {
    means: "The order is paid for, once. `late`: after it had ended.",
    schema: jsonSchema(cases["order.paid"].mapFields(Struct.omit(["_tag"])))
  },
  "order.expired": {
    means: "Nobody paid in time; its places are free again.",
    schema: jsonSchema(cases["order.expired"].mapFields(Struct.omit(["_tag"])))
  },
  "order.cancelled": {
    means: "Buyer or seller called it off.",
    schema: jsonSchema(cases["order.cancelled"].mapFields(Struct.omit(["_tag"])))
  },
  "order.refunded": {
    means: "Money of it was paid back; `remaining` is what is kept.",
    schema: jsonSchema(cases["order.refunded"].mapFields(Struct.omit(["_tag"])))
  },
  "payment.unmatched": {
    means: "Money came that could not be credited to the order; a person looks at it.",
    schema: jsonSchema(cases["payment.unmatched"].mapFields(Struct.omit(["_tag"])))
  },
  "cart.adopted": {
    means: "What a visitor held is a customer's now. The subject is the visitor.",
    schema: jsonSchema(CartAdopted.mapFields(Struct.omit(["_tag"])))
  },
  "order.erased": {
    means: "Personal data of the order is gone; amounts stay.",
    schema: jsonSchema(cases["order.erased"].mapFields(Struct.omit(["_tag"])))
  }
}

const isEventType = (type: string): type is EventType => Object.hasOwn(published, type)
/** Every type of event that the service tells. */
export const eventTypes: ReadonlyArray<EventType> = Object.keys(published).filter(isEventType)

const dialect = "https://json-schema.org/draft/2020-12/schema"

/** The published schema of a type's data. */
export const dataSchema = (type: EventType): Json => {
  const { means, schema } = published[type]
  return { $schema: dialect, $id: schemaPath(type), title: type, description: means, ...schema }
}

const text = { type: "string" }
const envelope = (source: Json, more: Json, required: ReadonlyArray<string>): Json => ({
  type: "object",
  properties: {
    specversion: { const: "1.0" },
    id: text,
    source,
    type: text,
    data: { type: "object" },
    ...more
  },
  required: ["specversion", "id", "source", "type", "data", ...required]
})
const cartEnvelope = envelope(
  { const: "/cart" },
  {
    subject: { type: "string", description: "The order's id, or the visitor's." },
    time: { type: "string", format: "date-time" },
    datacontenttype: { const: "application/json" },
    dataschema: { type: "string", format: "uri" },
    sequence: { type: "integer", minimum: 1, description: "Counts per subject, without gaps." },
    pageid: text
  },
  ["subject", "time", "datacontenttype", "dataschema", "sequence"]
)
const siblingEnvelope = envelope({ enum: ["/blog", "/market", "/events"] }, {}, [])

const message = (
  type: string,
  schemas: { readonly envelope: string; readonly data: Json },
  summary?: string
): Json => ({
  name: type,
  ...(summary === undefined ? {} : { summary }),
  contentType: "application/cloudevents+json",
  payload: {
    allOf: [
      { $ref: `#/components/schemas/${schemas.envelope}` },
      { type: "object", properties: { type: { const: type }, data: schemas.data } }
    ]
  }
})
const referring = (types: ReadonlyArray<string>): Json =>
  Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }]))
const isConsumed = (type: string): type is ConsumedType => Object.hasOwn(consumed, type)
const consumedTypes = Object.keys(consumed).filter(isConsumed)

/** The AsyncAPI 3.0 document of what is told and of what is heard. */
export const asyncApi = (): Json => ({
  asyncapi: "3.0.0",
  info: {
    title: "Rose Ash Cart, events",
    version: "1.0.0",
    description:
      "CloudEvents 1.0, structured JSON, signed as Standard Webhooks 1.0 say. At least once, and of one subject in order: " +
      "drop what was seen by its id. Fields are added within a version; a break is a new type."
  },
  defaultContentType: "application/cloudevents+json",
  channels: {
    told: { address: null, description: "Each subscriber's own address.", messages: referring(eventTypes) },
    heard: { address: "/internal/events", messages: referring(consumedTypes) }
  },
  operations: {
    tell: { action: "send", channel: { $ref: "#/channels/told" } },
    hear: { action: "receive", channel: { $ref: "#/channels/heard" } }
  },
  components: {
    messages: Object.fromEntries([
      ...eventTypes.map((type) => [
        type,
        message(type, { envelope: "CartEvent", data: published[type].schema }, published[type].means)
      ]),
      ...consumedTypes.map((type) => [
        type,
        message(type, { envelope: "SiblingMessage", data: jsonSchema(consumed[type]) })
      ])
    ]),
    schemas: { CartEvent: cartEnvelope, SiblingMessage: siblingEnvelope }
  }
})
