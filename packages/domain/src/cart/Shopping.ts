import { Context, Effect, Layer, Result } from "effect"
import { CalendarEntries } from "../calendar/CalendarEntries.ts"
import type { Identity } from "../identity/Identity.ts"
import { Catalogue, ItemNotFound } from "../page/Catalogue.ts"
import type { Item } from "../page/Item.ts"
import { PageConfigs } from "../page/PageConfigs.ts"
import { CartId, CartLineId, type EntryId, Ids, type ItemId, type PageId } from "../text/Ids.ts"
import { Instant } from "../time/Instant.ts"
import * as Cart from "./Cart.ts"
import { Carts, type Changing, type Summary, type Whose } from "./Carts.ts"
import type { Contents } from "./Contents.ts"

/** A change of one item's quantity on its page. */
export interface Change {
  readonly identity: Identity
  readonly itemId: ItemId
  readonly quantity: number
}

type Refused = Cart.QuantityTooHigh | Cart.LineLimit | Cart.ItemGone | Cart.CartLimit | Cart.CurrencyDiffers

const allowed =
  (item: Item, change: (cart: Cart.Cart) => Result.Result<Cart.Cart, Refused>) =>
  ({ cart, elsewhere, page }: Changing): Result.Result<Cart.Cart, Refused> => {
    if (cart.lines.length === 0 && elsewhere >= Cart.cartsMost) {
      return Result.fail(new Cart.CartLimit({ most: Cart.cartsMost }))
    }
    if (item.price.currency !== page.currency) {
      return Result.fail(
        new Cart.CurrencyDiffers({ pageId: page.id, page: page.currency, item: item.price.currency })
      )
    }
    return change(cart)
  }

const nothing: Summary = { count: 0, pages: 0, totals: [] }

/** Use cases: look at carts, and change them. */
export class Shopping extends Context.Service<Shopping>()("@rose-ash/cart-domain/cart/Shopping", {
  make: Effect.gen(function* () {
    const carts = yield* Carts
    const pages = yield* PageConfigs
    const catalogue = yield* Catalogue
    const entries = yield* CalendarEntries
    const ids = yield* Ids
    const newLine = Effect.map(ids.uuid, (id) => CartLineId.make(id))

    /** The page's cart; for a browser that holds nothing yet, an empty one. */
    const view = Effect.fn("Shopping.view")(function* (identity: Identity | null, pageId: PageId) {
      if (identity !== null) return yield* carts.view(identity, pageId)
      const page = yield* pages.get(pageId)
      const cart = Cart.empty(CartId.make(yield* ids.uuid), pageId)
      const none: Contents = { page, cart, items: [], entries: [], now: Instant.make(0) }
      return none
    })

    /** All carts of this person. */
    const overview = (identity: Identity | null): Effect.Effect<ReadonlyArray<Contents>> =>
      identity === null ? Effect.succeed([]) : carts.list(identity)

    /**
     * Fails with what somebody who holds nothing yet would be refused, so that nobody is written down for
     * it. A null page: the item's own.
     */
    const admits = Effect.fn("Shopping.admits")(function* (
      change: Omit<Change, "identity"> & { readonly pageId: PageId | null }
    ) {
      const { itemId, pageId, quantity } = change
      if (pageId !== null) yield* pages.get(pageId)
      if (quantity <= 0) return
      const item = yield* catalogue.get(itemId)
      if (pageId !== null && item.pageId !== pageId) return yield* new ItemNotFound({ itemId })
      const page = yield* pages.get(item.pageId)
      const cart = Cart.empty(CartId.make(yield* ids.uuid), page.id)
      const changed = allowed(item, Cart.set(item, quantity, yield* newLine))({ cart, elsewhere: 0, page })
      yield* Effect.fromResult(changed)
    })

    /** That many more of an item. `key` names the form: sent twice, it adds once. */
    const add = Effect.fn("Shopping.add")(function* (change: Change & { readonly key?: string }) {
      const item = yield* catalogue.get(change.itemId)
      const lineId = yield* newLine
      const { identity, key } = change
      return yield* carts.modify(
        { identity, pageId: item.pageId, ...(key === undefined ? {} : { key }) },
        allowed(item, Cart.add(item, change.quantity, lineId))
      )
    })

    /** Exactly that many of an item; 0 removes it, whatever became of the item. */
    const set = Effect.fn("Shopping.set")(function* (change: Change & { readonly pageId: PageId }) {
      const { identity, itemId, pageId, quantity } = change
      if (quantity <= 0) {
        return yield* carts.modify({ identity, pageId }, ({ cart }) =>
          Result.succeed(Cart.remove(itemId)(cart))
        )
      }
      const item = yield* catalogue.get(itemId)
      if (item.pageId !== pageId) return yield* new ItemNotFound({ itemId })
      const lineId = yield* newLine
      return yield* carts.modify({ identity, pageId }, allowed(item, Cart.set(item, quantity, lineId)))
    })

    /** Gives a pending place back to its calendar. */
    const giveBack = (identity: Identity, id: EntryId): Effect.Effect<void> => entries.giveBack(identity, id)

    /** What the badge shows. */
    const summary = (whose: Whose | null): Effect.Effect<Summary> =>
      whose === null ? Effect.succeed(nothing) : carts.summary(whose)

    return { add, admits, giveBack, overview, set, summary, view } as const
  })
}) {
  static readonly layer = Layer.effect(Shopping, Shopping.make)
}
