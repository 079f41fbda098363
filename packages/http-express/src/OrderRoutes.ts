import { Checkout } from "@rose-ash/cart-domain/checkout/Checkout"
import { Restoring } from "@rose-ash/cart-domain/checkout/Restoring"
import { OrderNotFound } from "@rose-ash/cart-domain/order/Order"
import { numberOfToken } from "@rose-ash/cart-domain/order/OrderLink"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Effect } from "effect"
import { leave, page, see } from "./Answer.ts"
import { principalOf, remember } from "./Asked.ts"
import { numberIn, OrdersQuery, ReturnQuery, read, tokenIn } from "./forms.ts"
import type { Handler } from "./Handler.ts"
import { path } from "./Href.ts"
import { sayingOf } from "./notices.ts"
import { Pages } from "./Pages.ts"
import { NotCancelled } from "./refusals.ts"
import { Site } from "./Site.ts"
import { listOf, settledIn, showOrder, showReturn } from "./showOrder.ts"
import { ordersModel } from "./views/OrdersView.ts"

const readOrders = read(OrdersQuery)
const readReturn = read(ReturnQuery)

export const orders: Handler = Effect.fnUntraced(function* ({ caller, query }) {
  const { after = null, page: pageId = "", year = "" } = yield* readOrders(query)
  const site = yield* Site
  const pages = yield* (yield* Pages).list
  const asked = { pageId: pageId === "" ? null : pageId, year: year === "" ? null : year, cursor: after }
  const list = yield* listOf(caller.identity, asked)
  const thisYear = site.formats.year(Instant.make(yield* Clock.currentTimeMillis))
  const title = site.words.views.orders.title
  return page("orders", ordersModel(site, { list, query: asked, pages, thisYear }), {
    title,
    ...sayingOf(site, caller.notice)
  })
})

export const order: Handler = Effect.fnUntraced(function* ({ caller, params }) {
  const { number } = yield* numberIn(params)
  const orders = yield* Orders
  return yield* showOrder(yield* orders.find(number, principalOf(caller)), caller)
})

export const returning: Handler = Effect.fnUntraced(function* ({ caller, params, query }) {
  const { number } = yield* numberIn(params)
  const { n = 0 } = yield* readReturn(query)
  return yield* showReturn(yield* settledIn(number, principalOf(caller), n === 0), caller, n)
})

export const pay: Handler = Effect.fnUntraced(function* ({ caller, params }) {
  const { number } = yield* numberIn(params)
  const checkout = yield* Checkout
  const { payUrl } = yield* checkout.payAgain(number, principalOf(caller))
  return payUrl === null ? see(path`/orders/${number}/return`) : leave(payUrl)
})

export const recheck: Handler = Effect.fnUntraced(function* ({ caller, params }) {
  const { number } = yield* numberIn(params)
  yield* settledIn(number, principalOf(caller), false)
  return see(path`/orders/${number}/return`)
})

export const cancel: Handler = Effect.fnUntraced(function* ({ caller, params }) {
  const { number } = yield* numberIn(params)
  const checkout = yield* Checkout
  const mine = { identity: caller.identity, links: [] }
  yield* checkout
    .cancel(number, mine)
    .pipe(Effect.catchTag(["PaymentProviderUnavailable", "PaymentProviderRefused"], () => new NotCancelled()))
  return see(path`/orders/${number}`, { code: "cancelled" })
})

export const restore: Handler = Effect.fnUntraced(function* ({ caller, params }) {
  const { number } = yield* numberIn(params)
  if (caller.identity === null) return yield* new OrderNotFound()
  const restoring = yield* Restoring
  const { gone, lines, pageId, places } = yield* restoring.restore(number, caller.identity)
  return see(path`/p/${pageId}`, { code: "restored", lines, gone: gone.length, places })
})

/** Remembers the link only if it opens an order: a cookie full of guesses would be of no use to anybody. */
export const openLink: Handler = Effect.fnUntraced(function* (asked) {
  const { token } = yield* tokenIn(asked.params)
  const number = numberOfToken(token)
  if (number === undefined) return yield* new OrderNotFound()
  const orders = yield* Orders
  yield* orders.find(number, principalOf({ ...asked.caller, identity: null, links: [token] }))
  remember(yield* Site, asked, token)
  return see(path`/orders/${number}`)
})
