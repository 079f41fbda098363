import { Adoption } from "@rose-ash/cart-domain/cart/Adoption"
import { Shopping } from "@rose-ash/cart-domain/cart/Shopping"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { Effect } from "effect"
import { leave, page, see } from "./Answer.ts"
import { type Caller, named } from "./Asked.ts"
import { AddForm, entryIn, lineIn, pageIn, QuantityForm, read } from "./forms.ts"
import type { Handler } from "./Handler.ts"
import { path } from "./Href.ts"
import { sayingOf } from "./notices.ts"
import { returnTo } from "./returnTo.ts"
import { Site } from "./Site.ts"
import { showCart } from "./showCart.ts"
import { overviewModel } from "./views/OverviewView.ts"

const readAdd = read(AddForm)
const readQuantity = read(QuantityForm)
/** How many of the newest orders may belong to a visit. */
const visitMost = 50

/** Orders that wait to be paid, and what was paid in this visit: one question either way. */
const currentOrders = Effect.fnUntraced(function* ({ identity, visit }: Caller) {
  const orders = yield* Orders
  if (identity === null) return { waiting: [], paid: [] }
  if (visit === null) return { waiting: yield* orders.waiting(identity), paid: [] }
  const query = { identity, pageId: null, year: null, cursor: null, limit: visitMost }
  const { orders: newest } = yield* orders.list(query)
  return {
    waiting: newest.filter(({ state }) => state === "awaiting_payment"),
    paid: newest.filter((order) => order.visit === visit && order.state === "paid")
  }
})

export const overview: Handler = Effect.fnUntraced(function* ({ caller }) {
  const site = yield* Site
  const shopping = yield* Shopping
  const carts = yield* shopping.overview(caller.identity)
  const model = overviewModel(site, { carts, ...(yield* currentOrders(caller)) })
  return page("overview", model, {
    title: site.words.views.overview.title,
    ...sayingOf(site, caller.notice)
  })
})

export const cart: Handler = Effect.fnUntraced(function* ({ caller, params }) {
  const { page: pageId } = yield* pageIn(params)
  const shopping = yield* Shopping
  return yield* showCart(yield* shopping.view(caller.identity, pageId), caller)
})

export const add: Handler = Effect.fnUntraced(function* (asked) {
  const { item: itemId, key, quantity, return_to } = yield* readAdd(asked.body)
  const { config, origin } = yield* Site
  const shopping = yield* Shopping
  const identity = yield* named(asked, shopping.admits({ itemId, pageId: null, quantity }))
  const { pageId } = yield* shopping.add({ identity, itemId, quantity, key })
  const back = returnTo([origin, ...config.siblingOrigins], return_to)
  return back === null ? see(path`/p/${pageId}`, { code: "added", item: itemId, had: quantity }) : leave(back)
})

export const setQuantity: Handler = Effect.fnUntraced(function* (asked) {
  const { item: itemId, page: pageId } = yield* lineIn(asked.params)
  const { had, quantity } = yield* readQuantity(asked.body)
  const shopping = yield* Shopping
  const identity = yield* named(asked, shopping.admits({ itemId, pageId, quantity }))
  yield* shopping.set({ identity, itemId, pageId, quantity })
  const code = quantity === 0 ? "removed" : had === 0 ? "putBack" : "changed"
  return see(path`/p/${pageId}`, { code, item: itemId, ...(had === undefined ? {} : { had }) })
})

export const giveBack: Handler = Effect.fnUntraced(function* ({ caller, params }) {
  const { entry, page: pageId } = yield* entryIn(params)
  const shopping = yield* Shopping
  if (caller.identity !== null) yield* shopping.giveBack(caller.identity, entry)
  return see(path`/p/${pageId}`, { code: "released" })
})

export const undoAdoption: Handler = Effect.fnUntraced(function* ({ caller: { identity } }) {
  const adoption = yield* Adoption
  const done = identity?._tag === "Customer" && (yield* adoption.undo(identity))
  return see(path`/`, { code: done ? "adoptionUndone" : "adoptionKept" })
})
