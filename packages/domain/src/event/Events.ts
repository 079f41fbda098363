import { Context, type Effect } from "effect"
import type { OrderId } from "../text/Ids.ts"
import type { Told } from "./CloudEvent.ts"

/** One event on its way to one consumer. `lease` proves that it was handed to whoever settles it. */
export interface Delivery {
  readonly consumer: string
  readonly event: Told
  readonly lease: string
  /** How often it was handed out, this time included. */
  readonly tries: number
}

/**
 * Port: the outbox. Events are written by `Orders`, in the transaction that decided them; here they are read
 * and
 * delivered: at least once, and of one order only the oldest that is not delivered yet.
 */
export class Events extends Context.Service<
  Events,
  {
    /** Everything told about an order, by sequence. */
    ofOrder(id: OrderId): Effect.Effect<ReadonlyArray<Told>>
    /** Due deliveries of a consumer, handed to one caller only for `lease` milliseconds; at most 100. */
    claim(consumer: string, limit: number, lease: number): Effect.Effect<ReadonlyArray<Delivery>>
    /** Done; nothing happens when the lease has passed on. */
    delivered(delivery: Delivery): Effect.Effect<void>
    /** Again after so many milliseconds, or dead when null: an alert until somebody redrives it. */
    failed(delivery: Delivery, reason: string, after: number | null): Effect.Effect<void>
  }
>()("@rose-ash/cart-domain/event/Events") {}
