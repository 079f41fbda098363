import { HashMap, HashSet } from "effect"
import type { CalendarEntry } from "../calendar/CalendarEntry.ts"
import type { Added } from "../cart/Adoption.ts"
import type { Adopted } from "../cart/Adoptions.ts"
import type { Cart } from "../cart/Cart.ts"
import type { Difference } from "../checkout/Differences.ts"
import type { Told } from "../event/CloudEvent.ts"
import type { Message } from "../event/Inbox.ts"
import type { Staff } from "../identity/Identities.ts"
import type { Customer, Owner } from "../identity/Identity.ts"
import type { Money } from "../money/Money.ts"
import type { AuditNote } from "../order/Decision.ts"
import type { Order } from "../order/Order.ts"
import type { Item } from "../page/Item.ts"
import type { PageConfig } from "../page/PageConfig.ts"
import type { SellerKey } from "../page/SellerKeys.ts"
import type { Observation } from "../payment/Observation.ts"
import {
  type CustomerId,
  type EntryId,
  type ItemId,
  type OrderId,
  PageId,
  type VisitorId
} from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"

/** A time that can be asked for by as many as it has seats. */
export interface Slot {
  readonly pageId: PageId
  readonly name: string
  readonly capacity: number
  readonly price: Money
  readonly startsAt: Instant
  readonly endsAt: Instant
}
export interface EntryRow {
  readonly entry: CalendarEntry
  readonly slot: string
  readonly owner: Owner
}
export interface CartRow {
  readonly cart: Cart
  readonly holder: string
  readonly changedAt: Instant
}
/** `hinted`: somebody woke it since it was last handed out, so no decision may put its next look off. */
export interface OrderRow {
  readonly order: Order
  readonly hinted: boolean
  readonly events: ReadonlyArray<Told>
  /** What the provider answered, as a set. */
  readonly observations: ReadonlyArray<Observation>
  readonly audit: ReadonlyArray<AuditNote & { readonly at: Instant }>
  /** Digest of a link → until when it opens the order. */
  readonly grants: HashMap.HashMap<string, Instant>
}
export interface DeliveryRow {
  readonly consumer: string
  readonly event: Told
  readonly tries: number
  readonly lease: string | null
  /** Null: given up, until somebody redrives it. */
  readonly dueAt: Instant | null
  /** How the last try ended, and when. */
  readonly failed: Failed | null
}
export interface Failed {
  readonly reason: string
  readonly at: Instant
}
export interface MessageRow {
  readonly message: Message
  readonly receivedAt: Instant
  readonly tries: number
  readonly lease: string | null
  /** Null: handled or given up. */
  readonly dueAt: Instant | null
  /** What came of it; null until then. */
  readonly outcome: string | null
  readonly failed: Failed | null
}
/** What a visitor brought along when somebody logged in. */
export interface AdoptionRow {
  readonly visitorId: VisitorId
  readonly customerId: CustomerId
  readonly at: Instant
  readonly adopted: Adopted
  readonly added: Added
  readonly undone: boolean
  readonly event: Told
}
export interface VisitorKey {
  readonly visitorId: VisitorId
  readonly kind: "cookie" | "session"
  readonly retired: boolean
}
export interface Person {
  readonly customer: Customer
  readonly staff: Staff
}

export interface DifferenceRow {
  readonly difference: Difference
  readonly answer: { readonly by: string; readonly answer: string } | null
}

/** Everything the ports in memory keep. Values are never changed in place. */
export interface State {
  /** Whose page items are that name none. */
  readonly cooperative: PageId
  readonly pages: HashMap.HashMap<PageId, PageConfig>
  /** Oldest first. */
  readonly keys: ReadonlyArray<SellerKey>
  readonly items: HashMap.HashMap<ItemId, Item>
  readonly slots: HashMap.HashMap<string, Slot>
  readonly entries: HashMap.HashMap<EntryId, EntryRow>
  /** By holder and page. */
  readonly carts: HashMap.HashMap<string, CartRow>
  /** Forms that were applied: holder, page and key → when. */
  readonly forms: HashMap.HashMap<string, Instant>
  readonly orders: HashMap.HashMap<OrderId, OrderRow>
  readonly differences: HashMap.HashMap<string, DifferenceRow>
  /** Whose comparison was begun, in days since 1970. */
  readonly nights: HashSet.HashSet<number>
  /** By consumer and event. */
  readonly deliveries: HashMap.HashMap<string, DeliveryRow>
  readonly consumers: ReadonlyArray<string>
  /** By who told it and their id for it. */
  readonly inbox: HashMap.HashMap<string, MessageRow>
  /** A visitor and who adopted it. */
  readonly visitors: HashMap.HashMap<VisitorId, CustomerId | null>
  /** In the order they happened. */
  readonly adoptions: ReadonlyArray<AdoptionRow>
  /** By digest of the cookie, or of the session siblings know the browser by. */
  readonly visitorKeys: HashMap.HashMap<string, VisitorKey>
  readonly people: HashMap.HashMap<CustomerId, Person>
  /** Digest of a session → who is logged in with it. */
  readonly sessions: HashMap.HashMap<string, CustomerId>
}

export const empty: State = {
  cooperative: PageId.make("cooperative"),
  pages: HashMap.empty(),
  keys: [],
  items: HashMap.empty(),
  slots: HashMap.empty(),
  entries: HashMap.empty(),
  carts: HashMap.empty(),
  forms: HashMap.empty(),
  orders: HashMap.empty(),
  differences: HashMap.empty(),
  nights: HashSet.empty(),
  deliveries: HashMap.empty(),
  consumers: [],
  inbox: HashMap.empty(),
  visitors: HashMap.empty(),
  adoptions: [],
  visitorKeys: HashMap.empty(),
  people: HashMap.empty(),
  sessions: HashMap.empty()
}
