import { unsureMost } from "@rose-ash/cart-domain/checkout/Attending"
import type { Difference } from "@rose-ash/cart-domain/checkout/Differences"
import { Currency } from "@rose-ash/cart-domain/money/Currency"
import { Minor, toDecimal } from "@rose-ash/cart-domain/money/Money"
import { leftOf, type Matter, mattersOf } from "@rose-ash/cart-domain/order/Matters"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import type { PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import type { Payment } from "@rose-ash/cart-domain/payment/Payment"
import type { PageId } from "@rose-ash/cart-domain/text/Ids"
import type { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Schema } from "effect"
import { Href, path } from "../Href.ts"
import type { SiteShape } from "../Site.ts"
import { DifferenceModel, differenceModel } from "./DifferenceView.ts"
import { Name, Row, Text } from "./Frame.ts"
import { amountOf, moneyOf } from "./OrderHistory.ts"
import { OrderTag, tagOf } from "./OrderView.ts"
import { Action } from "./StaffAction.ts"

/** Orders whose money needs somebody, and what may be done about each. */
export const StaffModel = Schema.Struct({
  title: Text,
  lead: Schema.NullOr(Text),
  pages: Schema.Array(Schema.Struct({ value: Text, label: Text, chosen: Schema.Boolean })),
  /** Money that the provider's books and ours disagree about. */
  differences: Schema.Array(DifferenceModel),
  orders: Schema.Array(
    Schema.Struct({
      id: Name,
      heading: Text,
      href: Href,
      from: Text,
      tag: OrderTag,
      money: Schema.Array(Row),
      matters: Schema.Array(Schema.Struct({ what: Text, means: Text, since: Text })),
      actions: Schema.Array(Action)
    })
  )
})
export type StaffModel = typeof StaffModel.Type

/** What forms need besides the order. `names`: a new one each, so that a form sent twice is one refund. */
interface Making {
  readonly site: SiteShape
  readonly now: Instant
  readonly names: ReadonlyMap<string, string>
}
type Act = keyof SiteShape["words"]["views"]["staff"]["actions"]
type Draft = Pick<Action, "fields" | "amount" | "named"> & { readonly act: Act }

const field = (name: string, value: string) => ({ name, value })
const draft = (act: Act, fields: Draft["fields"]): Draft => ({ act, fields, amount: null, named: false })

const isOurs = Schema.is(Currency)
const nameOf = ({ names }: Making, { id }: Order): string => names.get(id) ?? ""
const refundOf = (
  making: Making,
  order: Order,
  of: { readonly payment: Payment; readonly minor: number }
): ReadonlyArray<Draft> => {
  const { minor, payment } = of
  const { currency, id } = payment
  if (minor < 1 || !isOurs(currency)) return []
  const amount = {
    label: making.site.words.views.staff.amount(currency),
    value: toDecimal({ minor: Minor.make(minor), currency })
  }
  return [{ ...draft("refund", [field("refund", nameOf(making, order)), field("payment", id)]), amount }]
}

const textOf = ({ site }: Making, matter: Matter) => {
  const words = site.words.views.staff
  const money = (payment: Payment | null, minor: number) =>
    payment === null ? "" : amountOf(site, minor, payment.currency)
  switch (matter._tag) {
    case "Case": {
      const amount = money(matter.payment, matter.payment?.minor ?? 0)
      return { what: words.what[matter.reason](amount), means: words.means[matter.reason] }
    }
    case "Refund": {
      const what = words.refund[matter.state](money(matter.payment, matter.minor))
      return { what, means: words.refundMeans[matter.state] }
    }
    case "Owed":
      return { what: words.owed[matter.why](money(matter.payment, matter.minor)), means: words.owedMeans }
    case "Unread":
      return { what: words.unread, means: words.unreadMeans }
  }
}

const draftsOf = (making: Making, order: Order, matter: Matter): ReadonlyArray<Draft> => {
  switch (matter._tag) {
    case "Case": {
      const { credits, id, left, payment } = matter
      const named = [field("case", id)]
      const sendBack =
        payment === null || matter.reason === "chargeback"
          ? []
          : refundOf(making, order, { payment, minor: left })
      return [...(credits ? [draft("credit", named)] : []), ...sendBack, draft("writeOff", named)]
    }
    case "Refund": {
      if (matter.state === "failed") {
        return refundOf(making, order, {
          payment: matter.payment,
          minor: Math.min(matter.minor, leftOf(order, matter.payment))
        })
      }
      const old = matter.state === "requested" || making.now - matter.since >= unsureMost
      return old ? [draft("giveUp", [field("refund", matter.id)])] : []
    }
    case "Owed":
      return refundOf(making, order, matter)
    case "Unread":
      return []
  }
}

/** What may be done about an order that nothing is wrong with. */
const usual = (making: Making, order: Order, matters: ReadonlyArray<Matter>): ReadonlyArray<Draft> => {
  const payment = order.payments.find(({ id }) => id === order.paidBy)
  const isAsked = matters.some(({ _tag }) => _tag === "Owed" || _tag === "Refund")
  const back =
    payment === undefined || isAsked
      ? []
      : refundOf(making, order, { payment, minor: leftOf(order, payment) })
  const cash = order.state === "awaiting_payment" ? [{ ...draft("cash", []), named: true }] : []
  const isOn = order.state === "awaiting_payment" || order.state === "paid"
  return [...back, ...cash, ...(isOn ? [draft("cancel", [field("refund", nameOf(making, order))])] : [])]
}

const orderOf = (making: Making, order: Order, alone: boolean) => {
  const { now, site } = making
  const words = site.words.views.staff
  const matters = mattersOf(order, now)
  const drafts = matters.flatMap((matter) => draftsOf(making, order, matter))
  const all = alone ? [...drafts, ...usual(making, order, matters)] : drafts
  return {
    id: order.number,
    heading: words.order(order.number),
    href: path`/staff/orders/${order.number}`,
    from: words.from(order.pageName, site.formats.moment(order.placedAt)),
    tag: tagOf(site, order),
    money: [
      { label: words.total, amount: site.formats.money(order.total, order.currency) },
      ...moneyOf(site, order)
    ],
    matters: matters.map((matter) => ({
      ...textOf(making, matter),
      since: words.since(site.formats.moment(matter.since))
    })),
    actions: all.map(({ act, amount, fields, named }, place) => ({
      id: `${order.number}-${place}`,
      label: words.actions[act],
      ask: words.asks[act],
      yes: words.yes[act],
      fields: [field("act", act), ...fields],
      amount,
      named
    }))
  }
}

export const staffModel = (
  making: Making,
  of: {
    readonly orders: ReadonlyArray<Order>
    readonly pages: ReadonlyArray<PageConfig>
    readonly chosen: PageId | null
    readonly differences: ReadonlyArray<Difference>
  }
): StaffModel => {
  const words = making.site.words.views.staff
  const isQuiet = of.orders.length === 0 && of.differences.length === 0
  return {
    title: words.title,
    lead: isQuiet ? words.none : words.lead,
    differences: of.differences.map((one, place) => differenceModel(making.site, one, place)),
    pages: of.pages.map(({ id, name }) => ({ value: id, label: name, chosen: id === of.chosen })),
    orders: of.orders.map((order) => orderOf(making, order, false))
  }
}

export const staffOrderModel = (making: Making, order: Order): StaffModel => {
  const words = making.site.words.views.staff
  const shown = orderOf(making, order, true)
  return {
    title: words.oneTitle(order.number),
    lead: shown.matters.length === 0 ? words.quiet : null,
    pages: [],
    differences: [],
    orders: [shown]
  }
}
