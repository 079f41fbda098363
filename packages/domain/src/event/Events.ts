import { Context, type Effect } from "effect"
import type { OrderId } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import type { Told } from "./CloudEvent.ts"

/** One event on its way to one consumer. `lease` proves that it was handed to whoever settles it. */
export interface Delivery {
  readonly consumer: string
  readonly event: Told
  readonly lease: string
  /** How often it was handed out, this time included. */
  readonly tries: number
}

/** Who is told: 1 to 40 of a-z, 0-9, `_` and `-`, beginning with a letter. */
export interface Consumer {
  readonly name: string
  /** The database log-in that fetches for itself; null: the relay brings it. */
  readonly neighbour: string | null
}

/**
 * What is told once more to one consumer: everything that happened in a period, or everything about one
 * order.
 */
export interface Replay {
  readonly consumer: string
  readonly since: Instant
  readonly until: Instant
  readonly stream: OrderId | null
}

/** A delivery that was given up, for a person to look at. */
export interface DeadDelivery {
  readonly consumer: string
  readonly eventId: string
  readonly type: string
  readonly stream: string
  readonly pageId: string | null
  readonly tries: number
  /** What the last try ended with. */
  readonly reason: string
  readonly since: Instant
}

/**
 * Port: the outbox. Events are written by `Orders`, in the transaction that decided them; here they are read
 * and delivered: at least once, and of one order only the oldest that is not delivered yet.
 */
export class Events extends Context.Service<
  Events,
  {
    /** Everything told about an order, by sequence. */
    ofOrder(id: OrderId): Effect.Effect<ReadonlyArray<Told>>
    /** They are told everything from now on. Returns the others that are told too, by name. */
    enlist(consumers: ReadonlyArray<Consumer>): Effect.Effect<ReadonlyArray<string>>
    /** No longer told; what waits for it is dropped. Unknown names: nothing. Returns how much was dropped. */
    retire(consumer: string): Effect.Effect<number>
    /** Due deliveries of a consumer, handed to one caller only for `lease` milliseconds; at most 100. */
    claim(consumer: string, limit: number, lease: number): Effect.Effect<ReadonlyArray<Delivery>>
    /** Done; nothing happens when the lease has passed on. */
    delivered(delivery: Delivery): Effect.Effect<void>
    /** Again after so many milliseconds, or dead when null: an alert until somebody redrives it. */
    failed(delivery: Delivery, reason: string, after: number | null): Effect.Effect<void>
    /** Deliveries that were given up, the longest dead first; at most 1,000. */
    readonly dead: Effect.Effect<ReadonlyArray<DeadDelivery>>
    /** What was given up is due again with all its tries, for one consumer or for all. Returns how much. */
    redrive(consumer: string | null): Effect.Effect<number>
    /**
     * What still waits stays as it is. Unknown and retired consumers: nothing. Returns how much is told
     * again.
     */
    replay(of: Replay): Effect.Effect<number>
  }
>()("@rose-ash/cart-domain/event/Events") {}
