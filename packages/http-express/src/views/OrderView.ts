import type { CalendarEntry } from "@rose-ash/cart-domain/calendar/CalendarEntry"
import { refundDue } from "@rose-ash/cart-domain/order/Answers"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { standing } from "@rose-ash/cart-domain/order/Standing"
import type { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Schema } from "effect"
import { Href, mailbox, path } from "../Href.ts"
import type { SiteShape } from "../Site.ts"
import { Anchor, Name, Text } from "./Frame.ts"
import { happenedTo, moneyOf } from "./OrderHistory.ts"
import { isInQuestion, paymentState } from "./PaymentState.ts"

const Moment = Schema.Struct({ iso: Text, text: Text })

/** Which word, icon and colour an order's state has. */
export const OrderTag = Schema.Struct({
  label: Text,
  tone: Schema.Literals(["ok", "info", "warn", "bad", "muted"])
})
export type OrderTag = typeof OrderTag.Type

const OrderLineModel = Schema.Struct({
  name: Text,
  /** When a place takes place. */
  when: Schema.NullOr(Text),
  /** What became of it. */
  state: Schema.NullOr(Text),
  quantity: Text,
  unit: Text,
  amount: Text
})

/** One order: its lines, its money and its history; printed it is the receipt. */
export const OrderModel = Schema.Struct({
  number: Name,
  tag: OrderTag,
  placed: Moment,
  kept: Schema.NullOr(Text),
  page: Schema.Struct({ name: Text, href: Schema.NullOr(Href) }),
  contact: Schema.NullOr(Anchor),
  lines: Schema.Array(OrderLineModel),
  total: Text,
  tax: Schema.NullOr(Text),
  money: Schema.Array(Schema.Struct({ label: Text, amount: Text })),
  history: Schema.Array(Schema.Struct({ at: Moment, text: Text })),
  /** Words that must be read before anything is done: an open question about money. */
  warning: Schema.NullOr(Text),
  /** What is owed back for places that the organiser refused. */
  due: Schema.NullOr(Text),
  pay: Schema.NullOr(Text),
  check: Schema.Boolean,
  cancel: Schema.Boolean,
  restore: Schema.Boolean,
  receipt: Schema.Boolean,
  email: Schema.NullOr(Text),
  ask: Schema.NullOr(Anchor),
  actions: Schema.Struct({ pay: Href, check: Href, cancel: Href, restore: Href })
})
export type OrderModel = typeof OrderModel.Type

export const tagOf = (site: SiteShape, order: Order): OrderTag => {
  const words = site.words.views.order.state
  const money = standing(order)
  if (money === "refunded") return { label: words.refunded, tone: "muted" }
  if (money === "part_refunded") return { label: words.partRefunded, tone: "muted" }
  if (isInQuestion(order)) return { label: words.check, tone: "warn" }
  if (order.state === "paid") return { label: words.paid, tone: "ok" }
  if (order.state === "cancelled") return { label: words.cancelled, tone: "muted" }
  return order.state === "expired"
    ? { label: words.ended, tone: "muted" }
    : { label: words.waiting, tone: "warn" }
}

const lineModels = (site: SiteShape, order: Order, entries: ReadonlyArray<CalendarEntry>) =>
  order.lines.map(({ endsAt, entryId, name, quantity, startsAt, total, unit }) => {
    const entry = entries.find(({ id }) => id === entryId)
    return {
      name,
      when: startsAt === null || endsAt === null ? null : site.formats.span(startsAt, endsAt),
      state: entry === undefined ? null : site.words.views.order.entry[entry.state],
      quantity: String(quantity),
      unit: site.formats.money(unit, order.currency),
      amount: site.formats.money(total, order.currency)
    }
  })

const warningOf = (site: SiteShape, order: Order, now: Instant): string | null => {
  const words = site.words.views.returning
  const state = paymentState(order, now)
  if (state === "question") return words.questionText(order.pageName, order.number)
  return state === "late" ? `${words.late}. ${words.lateText(order.pageName)}` : null
}

const askOf = (site: SiteShape, { number, pageName }: Order, contact: string | null) => {
  const words = site.words.views.order
  return contact === null
    ? null
    : { href: mailbox(contact, words.askSubject(number)), label: words.ask(pageName) }
}

const dueOf = (site: SiteShape, order: Order): string | null => {
  const due = refundDue(order)
  if (due === 0) return null
  return site.words.views.order.due(site.formats.money(due, order.currency), order.pageName)
}

/**
 * What may be done in this state, and by whom: a link shows, pays and checks; it neither cancels nor
 * restores.
 */
const actionsOf = (order: Order, of: { readonly mine: boolean; readonly warned: boolean }) => {
  const waiting = order.state === "awaiting_payment"
  const ended = order.state === "expired" || order.state === "cancelled"
  return {
    pay: waiting && !of.warned,
    check: waiting,
    cancel: waiting && of.mine && !of.warned,
    restore: ended && of.mine,
    receipt: order.paidAt !== null
  }
}

export const orderModel = (
  site: SiteShape,
  of: {
    readonly order: Order
    readonly entries: ReadonlyArray<CalendarEntry>
    readonly contact: string | null
    readonly pageUrl: string | null
    readonly mine: boolean
    readonly now: Instant
  }
): OrderModel => {
  const words = site.words.views.order
  const { contact, mine, now, order } = of
  const money = (minor: number) => site.formats.money(minor, order.currency)
  const warning = warningOf(site, order, now)
  const can = actionsOf(order, { mine, warned: warning !== null })
  const at = (action: string): Href => path`/orders/${order.number}/${action}`
  return {
    ...can,
    number: order.number,
    tag: tagOf(site, order),
    placed: { iso: site.formats.iso(order.placedAt), text: site.formats.moment(order.placedAt) },
    kept: can.pay ? words.kept(site.formats.until(order.expiresAt, now)) : null,
    page: { name: order.pageName, href: site.link(of.pageUrl) },
    contact: contact === null ? null : { href: Href.make(`mailto:${contact}`), label: contact },
    lines: lineModels(site, order, of.entries),
    total: money(order.total),
    tax: order.tax === 0 ? null : money(order.tax),
    money: moneyOf(site, order),
    history: happenedTo(site, order),
    warning,
    due: dueOf(site, order),
    pay: can.pay ? words.pay(money(order.total)) : null,
    email: mine && order.paidAt !== null ? order.email : null,
    ask: askOf(site, order, contact),
    actions: { pay: at("pay"), check: at("recheck"), cancel: at("cancel"), restore: at("restore") }
  }
}
