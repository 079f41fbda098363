import { Context, type Effect, type Result, Schema } from "effect"
import type { EntryTaken } from "../calendar/CalendarEntry.ts"
import type { VisitorAdopted } from "../cart/Carts.ts"
import type { Contents } from "../cart/Contents.ts"
import type { Identity } from "../identity/Identity.ts"
import type { PageNotFound } from "../page/PageConfig.ts"
import type { AttemptId, OrderId, OrderNumber, PageId } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import type { Decision } from "./Decision.ts"
import type { Order, OrderNotFound } from "./Order.ts"
import type { Placed, Seen } from "./Placing.ts"

/**
 * Who asks for an order: its owner, the holder of a capability link (by the link's digest), or the service
 * itself.
 */
export interface Principal {
  readonly identity: Identity | null
  /** SHA-256, hex, of the links this browser was given. */
  readonly links: ReadonlyArray<string>
  /** Pages whose money this person answers for: their orders are to be seen. None unless told. */
  readonly pages?: PagesOf
}
/** Some pages, or every page. */
export type PagesOf = ReadonlyArray<PageId> | "all"

/** Which orders of one person, newest first. `after` is the `next` or `previous` of another answer. */
export interface OrderQuery {
  readonly identity: Identity
  readonly pageId: PageId | null
  readonly year: number | null
  readonly cursor: string | null
  /** 1 to 100. */
  readonly limit: number
}
export interface OrderList {
  readonly orders: ReadonlyArray<Order>
  readonly newer: string | null
  readonly older: string | null
}

/** An order that is due, and what time it is in the store. */
export interface Due {
  readonly order: Order
  readonly now: Instant
}

/** The number was given to another order; the same again with a new one. */
export class OrderNumberTaken extends Schema.TaggedError<OrderNumberTaken>()("OrderNumberTaken", {}) {}

/** Port: where orders are kept. Every method is one transaction, deadlines are by the store's own clock. */
export class Orders extends Context.Service<
  Orders,
  {
    /**
     * Locks the cart, hands its contents to the decision, and writes order, attempt, events, claims and the
     * emptied
     * cart together. Idempotent on the revision: placing it again returns the order first placed, undecided.
     */
    place<E>(
      of: { readonly identity: Identity; readonly pageId: PageId; readonly seen: Seen },
      decide: (contents: Contents) => Result.Result<Placed, E>
    ): Effect.Effect<Order, E | EntryTaken | PageNotFound | OrderNumberTaken | VisitorAdopted>
    get(id: OrderId): Effect.Effect<Order, OrderNotFound>
    /** The order of that attempt. */
    ofAttempt(id: AttemptId): Effect.Effect<Order, OrderNotFound>
    /** Orders of the page that were placed since then, or that something is still to be found out about. */
    recent(pageId: PageId, since: Instant): Effect.Effect<ReadonlyArray<Order>>
    /** The order of that number if this principal may see it. */
    find(number: OrderNumber, principal: Principal): Effect.Effect<Order, OrderNotFound>
    list(query: OrderQuery): Effect.Effect<OrderList>
    /** Orders of this person that wait for payment, newest first; at most 50. */
    waiting(identity: Identity): Effect.Effect<ReadonlyArray<Order>>
    /** Orders of these pages whose money needs a person (`mattersOf`), the oldest first; at most 200. */
    attention(pages: PagesOf): Effect.Effect<ReadonlyArray<Order>>
    /** Reads, decides and writes under one lock. A refused decision writes nothing. */
    modify<E>(
      id: OrderId,
      decide: (order: Order, now: Instant) => Result.Result<Decision, E>
    ): Effect.Effect<Order, E | EntryTaken | OrderNotFound>
    /** Whoever holds the link of this digest (SHA-256, hex) may see the order until then. */
    grant(id: OrderId, digest: string, until: Instant): Effect.Effect<void>
    /** Somebody hinted that this attempt changed: its order is due now. Unknown attempts: nothing. */
    wake(attemptId: AttemptId): Effect.Effect<void>
    /**
     * Due orders, the longest due first, each handed to one caller only: it is due again `lease` milliseconds
     * later
     * unless a decision says otherwise. A hint that comes meanwhile is not lost.
     */
    claimDue(limit: number, lease: number): Effect.Effect<ReadonlyArray<Due>>
  }
>()("@rose-ash/cart-domain/order/Orders") {}
