import { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { isEmpty, totalsOf } from "@rose-ash/cart-domain/cart/Contents"
import { Shopping } from "@rose-ash/cart-domain/cart/Shopping"
import { Checkout } from "@rose-ash/cart-domain/checkout/Checkout"
import { readEvery } from "@rose-ash/cart-domain/checkout/Settling"
import { type Identity, owns } from "@rose-ash/cart-domain/identity/Identity"
import { liveAttempt, type Order } from "@rose-ash/cart-domain/order/Order"
import { type OrderList, type OrderQuery, Orders, type Principal } from "@rose-ash/cart-domain/order/Orders"
import { isPayable } from "@rose-ash/cart-domain/page/PageConfig"
import type { OrderNumber } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Effect, Fiber, Option, Result } from "effect"
import { page } from "./Answer.ts"
import type { Caller } from "./Asked.ts"
import { path } from "./Href.ts"
import { sayingOf } from "./notices.ts"
import { Pages } from "./Pages.ts"
import { Site } from "./Site.ts"
import { orderModel } from "./views/OrderView.ts"
import { type Next, returnModel } from "./views/ReturnView.ts"

/** Orders on one page of the list. */
const listMost = 20
/** How long a page waits for the provider's word. */
const settleMost = "2500 millis"

export const listOf = Effect.fnUntraced(function* (
  identity: Identity | null,
  query: Pick<OrderQuery, "pageId" | "year" | "cursor">
) {
  const none: OrderList = { orders: [], newer: null, older: null }
  if (identity === null) return none
  const orders = yield* Orders
  return yield* orders.list({ identity, limit: listMost, ...query })
})

/** Of what the provider said of a card that failed; null when that is not the last it said. */
const failedAt = (order: Order): number | null => {
  const { lastRead, lastReadAt } = liveAttempt(order) ?? {}
  return lastRead === "FAILED" ? (lastReadAt ?? null) : null
}

/** How long until the provider may be asked about this order again; null when nothing is left to ask. */
const nextRead = (order: Order, since: number, now: number): number | null => {
  const { lastReadAt, payUrl } = liveAttempt(order) ?? {}
  if (order.state !== "awaiting_payment" || payUrl === null || lastReadAt == null) return null
  return (failedAt(order) ?? 0) >= since ? null : Math.max(0, lastReadAt + readEvery - now)
}

/**
 * Looks, and once more as soon as the provider may be asked again: people come back faster than payments
 * settle. Always once more after an old word of a card that failed: another card may have been taken since.
 */
const look = Effect.fnUntraced(function* (number: OrderNumber, principal: Principal, again: boolean) {
  const checkout = yield* Checkout
  const since = yield* Clock.currentTimeMillis
  const order = yield* checkout.recheck(number, principal)
  const waits = again || failedAt(order) !== null
  const wait = waits ? nextRead(order, since, yield* Clock.currentTimeMillis) : null
  if (wait === null) return order
  yield* Effect.sleep(wait + 1)
  return yield* checkout.recheck(number, principal)
})

/** An order as it is known, and since when somebody waited for it to be looked at. */
export interface Settled {
  readonly order: Order
  readonly since: Instant
}

/**
 * The order after a look at its payment. A slow provider is not waited for, but its answer is still noted.
 */
export const settledIn = Effect.fnUntraced(function* (
  number: OrderNumber,
  principal: Principal,
  again: boolean
) {
  const orders = yield* Orders
  const since = Instant.make(yield* Clock.currentTimeMillis)
  const looking = yield* Effect.forkDetach(look(number, principal, again))
  const settled = yield* Effect.timeoutOption(Fiber.join(looking), settleMost)
  const order = Option.isSome(settled) ? settled.value : yield* orders.find(number, principal)
  return { order, since }
})

const isMine = ({ identity }: Caller, { owner }: Order): boolean => identity !== null && owns(identity, owner)

export const showOrder = Effect.fnUntraced(function* (order: Order, caller: Caller) {
  const site = yield* Site
  const entriesOf = yield* CalendarEntries
  const sold = yield* (yield* Pages).find(order.pageId)
  const hasEntries = order.lines.some(({ entryId }) => entryId !== null)
  const entries = hasEntries ? yield* entriesOf.ofOrder(order.id) : []
  const model = orderModel(site, {
    order,
    entries,
    contact: sold?.contact ?? null,
    pageUrl: sold?.url ?? null,
    mine: isMine(caller, order),
    now: Instant.make(yield* Clock.currentTimeMillis)
  })
  const title = site.words.views.order.title(model.tag.label, order.number)
  const facts = { page: order.pageName, number: order.number }
  return page("order", model, { title, ...sayingOf(site, caller.notice, facts) })
})

/** The next page that can be paid, and how many there are. */
const nextOf = Effect.fnUntraced(function* (identity: Identity | null) {
  const site = yield* Site
  const shopping = yield* Shopping
  const carts = (yield* shopping.overview(identity)).filter(
    (contents) => !isEmpty(contents) && isPayable(contents.page)
  )
  const [first] = carts
  if (first === undefined) return null
  const { id, name } = first.page
  const { currency, total } = Result.getOrElse(totalsOf(first), () => ({
    total: 0,
    currency: first.page.currency
  }))
  const next: Next = {
    pages: carts.length,
    page: name,
    total: site.formats.money(total, currency),
    href: path`/p/${id}/checkout`
  }
  return next
})

export const showReturn = Effect.fnUntraced(function* (settled: Settled, caller: Caller, watched: number) {
  const { order } = settled
  const site = yield* Site
  const sold = yield* (yield* Pages).find(order.pageId)
  const mine = isMine(caller, order)
  const model = returnModel(site, {
    ...settled,
    watched,
    mine,
    visiting: mine && caller.identity?._tag === "Visitor",
    contact: sold?.contact ?? null,
    now: Instant.make(yield* Clock.currentTimeMillis),
    next: order.state === "paid" && mine ? yield* nextOf(caller.identity) : null
  })
  const title = site.words.views.returning.title(model.heading, order.number)
  const saying = sayingOf(site, caller.notice, { page: order.pageName, number: order.number })
  return page("return", model, { title, ...saying, said: model.heading })
})
