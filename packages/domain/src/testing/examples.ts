import { Result } from "effect"
import type { CalendarEntry } from "../calendar/CalendarEntry.ts"
import { empty, set } from "../cart/Cart.ts"
import { type Contents, totalsOf } from "../cart/Contents.ts"
import { visitor } from "../identity/Identity.ts"
import { money } from "../money/Money.ts"
import type { Decision } from "../order/Decision.ts"
import type { Input } from "../order/Input.ts"
import type { PlacingRefusal } from "../order/Obstacle.ts"
import type { Order } from "../order/Order.ts"
import * as Placing from "../order/Placing.ts"
import { decide } from "../order/Transitions.ts"
import type { Item } from "../page/Item.ts"
import type { PageConfig, Seller } from "../page/PageConfig.ts"
import {
  AttemptId,
  CartId,
  CartLineId,
  CredentialId,
  EntryId,
  ItemId,
  OrderId,
  OrderNumber,
  PageId,
  VisitorId
} from "../text/Ids.ts"
import { day, hour, Instant, plus } from "../time/Instant.ts"

/** The n-th uuid of a row: the same n is the same id. */
export const uuid = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`

/** A moment in November 2023 at which every example begins. */
export const start = Instant.make(1_700_000_000_000)
export const seller: Seller = { merchantCode: "MASH", credentialId: CredentialId.make(uuid(900)) }
export const buyer = visitor(VisitorId.make(uuid(901)))

/** A page that takes payments in pounds and keeps late money when it can. */
export const bakery: PageConfig = {
  id: PageId.make("ash-bakery"),
  name: "Ash Bakery",
  currency: "GBP",
  seller,
  paused: false,
  acceptsLate: true,
  refundsAlone: false,
  contact: "bakery@example.org",
  url: "https://example.org/ash-bakery"
}

/** The n-th item of the bakery's shelf, 2.50 unless told otherwise. */
export const item = (n: number, change: Partial<Item> = {}): Item => ({
  id: ItemId.make(`item-${n}`),
  pageId: bakery.id,
  name: `Loaf ${n}`,
  price: money(250, "GBP"),
  taxRate: null,
  available: true,
  most: 99,
  url: null,
  picture: null,
  ...change
})

/** The n-th place in the bakery's calendar, held for an hour, for 5.00. */
export const entry = (n: number, change: Partial<CalendarEntry> = {}): CalendarEntry => ({
  id: EntryId.make(`entry-${n}`),
  pageId: bakery.id,
  name: `Baking class ${n}`,
  startsAt: plus(start, n * day),
  endsAt: plus(start, n * day + hour),
  price: money(500, "GBP"),
  state: "pending",
  heldUntil: plus(start, hour),
  orderId: null,
  url: null,
  ...change
})

/** What somebody chose: items with their quantities, and entries. */
export const contents = (of: {
  readonly items?: ReadonlyArray<readonly [Item, number]>
  readonly entries?: ReadonlyArray<CalendarEntry>
  readonly page?: PageConfig
  readonly now?: Instant
}): Contents => {
  const { entries = [], items = [], now = start, page = bakery } = of
  const cart = items.reduce(
    (filled, [added, quantity], index) =>
      Result.getOrThrow(set(added, quantity, CartLineId.make(uuid(100 + index)))(filled)),
    empty(CartId.make(uuid(1)), page.id)
  )
  return { page, cart, items: items.map(([added]) => added), entries, now }
}

/** What the buyer of these contents saw. */
export const seen = (of: Contents): Placing.Seen => ({
  cartId: of.cart.id,
  revision: of.cart.revision,
  total: Result.getOrThrow(totalsOf(of)).total
})

/** Places what was seen. */
export const placing = (
  of: Contents,
  change: Partial<Placing.Place> = {}
): Result.Result<Placing.Placed, PlacingRefusal> => {
  const ids = {
    order: OrderId.make(uuid(2)),
    number: OrderNumber.make("RA-7K4M-Q2XD"),
    attempt: AttemptId.make(uuid(11))
  }
  const usual = { identity: buyer, email: "wren@example.org", visit: null, least: 1, ids }
  return Placing.place({ ...usual, seen: change.seen ?? seen(of), ...change })(of)
}

/** An order of two loaves and a class, 10.00 in all, that waits for its first payment. */
export const placed = (of: Contents = contents({ items: [[item(1), 2]], entries: [entry(1)] })): Order =>
  Result.getOrThrow(placing(of)).order

/** What an order becomes when something happens to it; a refusal is a defect of the test. */
export const become = (order: Order, input: Input, now: Instant = start): Decision =>
  Result.getOrThrowWith(decide(input)(order, now), ({ _tag }) => new Error(`refused: ${_tag}`))

/** The same, one thing after the other, at moments of one's own. */
export const through = (order: Order, ...inputs: ReadonlyArray<readonly [Input, Instant]>): Order =>
  inputs.reduce((current, [input, now]) => become(current, input, now).order, order)
