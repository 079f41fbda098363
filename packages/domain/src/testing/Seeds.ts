import { Context, type Effect, type Redacted } from "effect"
import type { CalendarEntry } from "../calendar/CalendarEntry.ts"
import type { Staff } from "../identity/Identities.ts"
import type { Customer, Identity, Visitor } from "../identity/Identity.ts"
import type { Money } from "../money/Money.ts"
import type { Item } from "../page/Item.ts"
import type { PageConfig } from "../page/PageConfig.ts"
import type { EntryId, ItemId, PageId } from "../text/Ids.ts"

export type PageSeed = Partial<
  Pick<PageConfig, "name" | "currency" | "acceptsLate" | "refundsAlone" | "contact">
> & {
  /** False: no key was ever saved, so the page takes no payments. */
  readonly payable?: boolean
}
export type ItemSeed = Partial<Pick<Item, "name" | "price" | "taxRate" | "available" | "most">> & {
  /** Null: the item names no page. */
  readonly pageId: PageId | null
}
export interface SlotSeed {
  readonly pageId: PageId
  readonly capacity: number
  readonly price?: Money
}
export interface HoldSeed {
  readonly slot: string
  readonly identity: Identity
  /** How long the seat is held, in milliseconds; an hour by default. */
  readonly span?: number
}
/** A known person, logged in. */
export interface LoggedIn {
  readonly customer: Customer
  readonly session: Redacted.Redacted
}

/**
 * What siblings do and no port can: contracts ask for it, and every adapter's tests provide it (in memory, by
 * SQL). Ids are minted: nothing here meets what another test has made.
 */
export class Seeds extends Context.Service<
  Seeds,
  {
    /** The cooperative's own page, whose every item is that names no page. It exists and is payable. */
    readonly cooperative: Effect.Effect<PageConfig>
    /** A page the blog knows, saved and (unless told otherwise) payable; GBP by default. */
    page(of?: PageSeed): Effect.Effect<PageConfig>
    /** A product of the market; 2.50 of its page's currency by default. */
    item(of: ItemSeed): Effect.Effect<Item>
    /** It costs this now, in minor units. */
    reprice(id: ItemId, minor: number): Effect.Effect<void>
    /** It is for sale, or no longer. */
    offer(id: ItemId, available: boolean): Effect.Effect<void>
    /** The market knows nothing of it any more. */
    forget(id: ItemId): Effect.Effect<void>
    /** A time with so many seats, some weeks ahead; its id. */
    slot(of: SlotSeed): Effect.Effect<string>
    /** A pending entry on a free seat of the slot; null when none is free. */
    hold(of: HoldSeed): Effect.Effect<CalendarEntry | null>
    /** The hold of a pending entry has run out. */
    lapse(id: EntryId): Effect.Effect<void>
    /** The organiser's word on a provisional entry. */
    organise(id: EntryId, as: "confirmed" | "declined"): Effect.Effect<void>
    person(of?: {
      readonly name?: string
      readonly email?: string | null
      readonly staff?: Staff
    }): Effect.Effect<LoggedIn>
    /** The auth service ends a session. */
    logOut(session: Redacted.Redacted): Effect.Effect<void>
    /** The customer adopted this visitor: its keys are retired, its orders have the customer as owner. */
    adopt(visitor: Visitor, customer: Customer): Effect.Effect<void>
    /** From now on this consumer is told of everything. */
    consumer(name: string): Effect.Effect<void>
    /**
     * So many milliseconds go by, for the store and for whoever sleeps; at most a few hundred are asked for.
     */
    wait(span: number): Effect.Effect<void>
  }
>()("@rose-ash/cart-domain/testing/Seeds") {}
