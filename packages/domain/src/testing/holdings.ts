import { HashMap } from "effect"
import { type Cart, empty } from "../cart/Cart.ts"
import type { Contents } from "../cart/Contents.ts"
import { type Identity, owns } from "../identity/Identity.ts"
import type { PageConfig } from "../page/PageConfig.ts"
import { CartId, type PageId } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import type { CartRow, State } from "./State.ts"
import { entriesWhere } from "./seats.ts"
import { at } from "./World.ts"

export const holderOf = (identity: Identity): string => `${identity._tag}:${identity.id}`
export const cartKey = (identity: Identity, pageId: PageId): string => `${holderOf(identity)}|${pageId}`

/** Whether somebody adopted this visitor: nothing may be added to what it held. */
export const isAdopted = (state: State, identity: Identity): boolean =>
  identity._tag === "Visitor" && (at(state.visitors, identity.id) ?? null) !== null

export const cartOf = (state: State, identity: Identity, pageId: PageId, mint: () => string): Cart =>
  at(state.carts, cartKey(identity, pageId))?.cart ?? empty(CartId.make(mint()), pageId)

export const putCart = (state: State, identity: Identity, cart: Cart, now: Instant): State => ({
  ...state,
  carts: HashMap.set(state.carts, cartKey(identity, cart.pageId), {
    cart,
    holder: holderOf(identity),
    changedAt: now
  })
})

export const cartsOf = (state: State, identity: Identity): ReadonlyArray<CartRow> =>
  HashMap.toValues(state.carts).filter(({ holder }) => holder === holderOf(identity))

const pendingOf = (state: State, identity: Identity, pageId?: PageId) =>
  entriesWhere(
    state,
    ({ entry, owner }) =>
      entry.state === "pending" && owns(identity, owner) && (pageId === undefined || entry.pageId === pageId)
  ).map(({ entry }) => entry)

/** Pages on which this identity has a line or a pending entry. */
export const pagesOf = (state: State, identity: Identity): ReadonlySet<PageId> =>
  new Set([
    ...cartsOf(state, identity).flatMap(({ cart }) => (cart.lines.length > 0 ? [cart.pageId] : [])),
    ...pendingOf(state, identity).map(({ pageId }) => pageId)
  ])

/** A page's cart with everything it means now. */
export const contentsOf = (
  state: State,
  of: { readonly identity: Identity; readonly page: PageConfig; readonly now: Instant },
  mint: () => string
): Contents => {
  const { identity, now, page } = of
  const cart = cartOf(state, identity, page.id, mint)
  const items = cart.lines.flatMap(({ itemId }) => at(state.items, itemId) ?? [])
  return { page, cart, items, entries: pendingOf(state, identity, page.id), now }
}
