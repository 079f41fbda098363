import { Context, type Effect } from "effect"
import type { Customer, Identity, Visitor } from "../identity/Identity.ts"
import type { EntryId, OrderId, PageId } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import type { CalendarEntry, EntryTaken } from "./CalendarEntry.ts"

/**
 * Port: places in time, kept by the events app. Every change names its order and is idempotent by it.
 * Within `Orders.place` and `Orders.modify` an adapter runs these in the same transaction.
 */
export class CalendarEntries extends Context.Service<
  CalendarEntries,
  {
    /** Pending entries of this identity, lapsed ones included, by id; of one page or of all. */
    pending(identity: Identity, pageId?: PageId): Effect.Effect<ReadonlyArray<CalendarEntry>>
    /** The entries an order claimed, in any state, by id. */
    ofOrder(orderId: OrderId): Effect.Effect<ReadonlyArray<CalendarEntry>>
    /** pending → ordered, all or none, held until then; those already this order's stay and hold longer. */
    claim(of: Claim): Effect.Effect<void, EntryTaken>
    /** ordered → provisional. */
    confirm(orderId: OrderId): Effect.Effect<void>
    /** ordered → released. */
    release(orderId: OrderId): Effect.Effect<void>
    /** released → provisional for every entry of the order, or nothing and false: somebody sits there now. */
    reclaim(orderId: OrderId): Effect.Effect<boolean>
    /** provisional, confirmed → cancelled. */
    cancel(orderId: OrderId): Effect.Effect<void>
    /** pending → released, by its owner. Not theirs or not pending: nothing happens. */
    giveBack(identity: Identity, id: EntryId): Effect.Effect<void>
    /** The visitor's living entries become the customer's; each keeps its state and its hold. */
    adopt(visitor: Visitor, customer: Customer): Effect.Effect<ReadonlyArray<EntryId>>
  }
>()("@rose-ash/cart-domain/calendar/CalendarEntries") {}

export interface Claim {
  readonly orderId: OrderId
  readonly identity: Identity
  readonly entries: ReadonlyArray<EntryId>
  readonly until: Instant
}
