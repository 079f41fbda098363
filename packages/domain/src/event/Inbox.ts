import { Context, type Effect, Schema } from "effect"
import { line } from "../text/Text.ts"
import type { Instant } from "../time/Instant.ts"

export const Sibling = Schema.Literals(["blog", "market", "events"])
export type Sibling = typeof Sibling.Type

/** The kind of thing a message is about, e.g. `user.logged_in`. */
export const MessageType = Schema.String.check(Schema.isPattern(/^[a-z_]{1,40}\.[a-z_]{1,40}$/u))

/** Bytes of JSON that a message may carry, as the store writes them. */
export const dataMost = 16_384

/** More than a message may carry: whatever it is about can be told in less. */
export class MessageTooLarge extends Schema.TaggedError<MessageTooLarge>()("MessageTooLarge", {}) {}

/** Something a sibling tells: its own id for it, what kind of thing it is, and JSON. */
export const Message = Schema.Struct({
  source: Sibling,
  id: line(100),
  type: MessageType,
  data: Schema.Unknown
})
export type Message = typeof Message.Type

/** A message in the hands of one worker. */
export interface Received {
  readonly message: Message
  readonly lease: string
  /** How often it was handed out, this time included. */
  readonly tries: number
}

/** A message that was given up, for a person to look at. */
export interface DeadMessage {
  readonly source: Sibling
  readonly id: string
  readonly type: string
  readonly tries: number
  /** What the last try ended with. */
  readonly reason: string
  readonly since: Instant
}

/** Port: what siblings told us, remembered so that a repeat is recognised. */
export class Inbox extends Context.Service<
  Inbox,
  {
    /** Stores it, to be handled soon. False: told before, nothing happens. */
    tell(message: Message): Effect.Effect<boolean, MessageTooLarge>
    /**
     * Messages not handled yet, the longest waiting first, each handed to one caller only for `lease`
     * milliseconds; at most 100.
     */
    claim(limit: number, lease: number): Effect.Effect<ReadonlyArray<Received>>
    /** Done, and what came of it; nothing happens when the lease has passed on. */
    handled(received: Received, outcome: string): Effect.Effect<void>
    /** Acted on, and due once more after so many milliseconds, with all its tries: nothing failed. */
    later(received: Received, after: number): Effect.Effect<void>
    /** Tried again after so many milliseconds; null gives it up, with an alert. */
    failed(received: Received, reason: string, after: number | null): Effect.Effect<void>
    /** Messages that were given up, the longest dead first; at most 1,000. */
    readonly dead: Effect.Effect<ReadonlyArray<DeadMessage>>
    /** What was given up is due again with all its tries. Returns how much. */
    readonly redrive: Effect.Effect<number>
  }
>()("@rose-ash/cart-domain/event/Inbox") {}
