import { SiblingName } from "@rose-ash/cart-client/events/SiblingMessage"
import type { Consumer } from "@rose-ash/cart-domain/event/Events"
import type { InternalConfig, Scope } from "@rose-ash/cart-http-express"
import { type Redacted, Schema } from "effect"
import type { Pairs } from "./pairs.ts"
import type { Reader } from "./Reader.ts"
import type { Subscriber } from "./SubscribersHttp.ts"
import { variables } from "./variables.ts"

/** How siblings and this service speak with each other. */
export interface Siblings {
  readonly internal: InternalConfig
  /** Told over HTTP. */
  readonly subscribers: ReadonlyArray<Subscriber>
  /** Those that fetch for themselves, by their log-in at the database. */
  readonly neighbours: ReadonlyArray<Consumer>
}

const isSibling = Schema.is(SiblingName)
const usual: ReadonlyMap<string, ReadonlyArray<Scope>> = new Map([
  ["blog", ["summary", "orders"]],
  ["market", ["summary"]],
  ["events", ["summary", "orders"]]
])
const keysOf = (keys: Pairs<Redacted.Redacted>, name: string) =>
  keys.flatMap(([whose, key]) => (whose === name ? [key] : []))

const subscribersIn = (reader: Reader, signing: Pairs<Redacted.Redacted>): ReadonlyArray<Subscriber> =>
  (reader.optional(variables.subscribers) ?? []).map(([name, url]) => {
    const keys = keysOf(signing, name)
    if (keys.length === 0)
      reader.wrong.push(`${variables.eventKeys.name} has no key for ${name}: add ${name}=… to it.`)
    return { name, url, keys }
  })

/** Reads everything about siblings. Without keys nobody is told, and nobody opens anything. */
export const siblings = (reader: Reader): Siblings => {
  const scopes = reader.optional(variables.callers) ?? usual
  const keys = reader.optional(variables.internalKeys) ?? []
  for (const [name] of keys)
    if (!scopes.has(name))
      reader.wrong.push(`${variables.internalKeys.name} names ${name}, which may ask nothing: correct it.`)
  const signing = reader.optional(variables.eventKeys) ?? []
  const subscribers = subscribersIn(reader, signing)
  const neighbours = (reader.optional(variables.neighbours) ?? []).map(([name, neighbour]) => ({
    name,
    neighbour
  }))
  const names = [...subscribers, ...neighbours].map(({ name }) => name)
  if (new Set(names).size < names.length)
    reader.wrong.push(
      `A name stands twice in ${variables.subscribers.name} and ${variables.neighbours.name}.`
    )
  return {
    internal: {
      port: reader.optional(variables.internalPort),
      callers: [...scopes].map(([name, may]) => ({ name, scopes: may, keys: keysOf(keys, name) })),
      tellers: [...new Set(signing.map(([name]) => name))].flatMap((name) =>
        isSibling(name) ? [{ name, keys: keysOf(signing, name) }] : []
      )
    },
    subscribers,
    neighbours
  }
}
