import { Context, type Effect, Schema } from "effect"
import { line } from "../text/Text.ts"

export const Sibling = Schema.Literals(["blog", "market", "events"])
export type Sibling = typeof Sibling.Type

/** Something a sibling tells: its own id for it, what kind of thing it is, and at most 16 kB of JSON. */
export const Message = Schema.Struct({
  source: Sibling,
  id: line(100),
  type: Schema.String.check(Schema.isPattern(/^[a-z_]{1,40}\.[a-z_]{1,40}$/u)),
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

/** Port: what siblings told us, remembered so that a repeat is recognised. */
export class Inbox extends Context.Service<
  Inbox,
  {
    /** Stores it, to be handled soon. False: told before, nothing happens. */
    tell(message: Message): Effect.Effect<boolean>
    /**
     * Messages not handled yet, the longest waiting first, each handed to one caller only for `lease`
     * milliseconds.
     */
    claim(limit: number, lease: number): Effect.Effect<ReadonlyArray<Received>>
    /** Done, and what came of it; nothing happens when the lease has passed on. */
    handled(received: Received, outcome: string): Effect.Effect<void>
    /** Tried again after so many milliseconds; null gives it up, with an alert. */
    failed(received: Received, reason: string, after: number | null): Effect.Effect<void>
  }
>()("@rose-ash/cart-domain/event/Inbox") {}
