import type { Contents } from "@rose-ash/cart-domain/cart/Contents"
import { linesOf, priceChangesOf, totalsOf } from "@rose-ash/cart-domain/cart/Contents"
import type { Currency } from "@rose-ash/cart-domain/money/Currency"
import { isUnproven, type Order } from "@rose-ash/cart-domain/order/Order"
import { isPayable } from "@rose-ash/cart-domain/page/PageConfig"
import { earliest } from "@rose-ash/cart-domain/time/Instant"
import { Result, Schema } from "effect"
import { Href, path } from "../Href.ts"
import type { SiteShape } from "../Site.ts"
import { Anchor, Name, Row, Text, WaitingModel } from "./Frame.ts"
import { isTooLow } from "./least.ts"
import { isInQuestion } from "./PaymentState.ts"

const CardModel = Schema.Struct({
  id: Name,
  name: Text,
  lines: Schema.Array(Row),
  hold: Schema.NullOr(Text),
  total: Schema.NullOr(Text),
  attention: Schema.Boolean,
  payable: Schema.Boolean,
  /** Where paying begins; null while nothing can be paid. */
  pay: Schema.NullOr(Anchor),
  cart: Href,
  contact: Schema.NullOr(Schema.Struct({ href: Href, address: Text }))
})
type CardModel = typeof CardModel.Type

/** All carts of one person, a card per page. */
export const OverviewModel = Schema.Struct({
  /** "3 pages, 3 payments, £41.10 in all." from two pages up. */
  lead: Schema.NullOr(Text),
  cards: Schema.Array(CardModel),
  waiting: Schema.Array(WaitingModel),
  paid: Schema.Array(Schema.Struct({ text: Text, number: Text, href: Href })),
  market: Href,
  events: Href
})
export type OverviewModel = typeof OverviewModel.Type

/** Who has paid something already is not asked to pay while that is being looked at. */
export const waitingModel = ({ formats }: SiteShape, order: Order): WaitingModel => ({
  number: order.number,
  amount: formats.money(order.total, order.currency),
  pay: isInQuestion(order) || isUnproven(order) ? null : path`/orders/${order.number}/pay`,
  see: path`/orders/${order.number}`
})

/** Minor units that can be charged today; null when the sum itself is refused. */
const totalOf = (contents: Contents): number | null =>
  Result.match(totalsOf(contents), { onSuccess: ({ total }) => total, onFailure: () => null })

const rows = (site: SiteShape, contents: Contents): ReadonlyArray<Row> => {
  const words = site.words.views.overview
  const { currency } = contents.page
  return linesOf(contents).map((line) => {
    if (line._tag === "EntryLine") {
      const { minor } = line.entry.price
      return {
        label: line.entry.name,
        amount: line.problem === null ? site.formats.money(minor, currency) : ""
      }
    }
    const { quantity } = line.line
    const label = words.line(quantity, line.item?.name ?? site.words.notices.thisItem)
    const charged = line.problem === null && line.item !== null
    if (!charged) return { label, amount: line.problem === "gone" ? words.gone : "" }
    return { label, amount: site.formats.money(line.item.price.minor * quantity, currency) }
  })
}

const holdOf = (site: SiteShape, contents: Contents): string | null => {
  const holds = contents.entries.flatMap(({ heldUntil }) =>
    heldUntil !== null && heldUntil > contents.now ? [heldUntil] : []
  )
  const [first, ...more] = holds
  if (first === undefined) return null
  return site.words.views.overview.held(site.formats.until(earliest(first, ...more), contents.now))
}

const card = (site: SiteShape, contents: Contents): CardModel => {
  const { page } = contents
  const words = site.words.views.overview
  const minor = totalOf(contents)
  const total = minor === null ? null : site.formats.money(minor, page.currency)
  const attention =
    total === null ||
    (isPayable(page) && isTooLow(site, minor ?? 0, page.currency)) ||
    linesOf(contents).some(({ problem }) => problem !== null) ||
    priceChangesOf(contents).some(({ now, was }) => now > was)
  const payable = isPayable(page) || minor === 0
  const review = path`/p/${page.id}/checkout`
  const label = total === null || minor === 0 ? words.place(page.name) : words.pay(page.name, total)
  return {
    id: page.id,
    name: page.name,
    lines: rows(site, contents),
    hold: holdOf(site, contents),
    total,
    attention,
    payable,
    pay: payable && !attention ? { href: review, label } : null,
    cart: path`/p/${page.id}`,
    contact:
      page.contact === null ? null : { href: Href.make(`mailto:${page.contact}`), address: page.contact }
  }
}

/** Sums per currency, never across: "£41.10 and €12.00". */
const inAll = (site: SiteShape, carts: ReadonlyArray<Contents>): string => {
  const sums = new Map<Currency, number>()
  for (const contents of carts) {
    const { currency } = contents.page
    sums.set(currency, (sums.get(currency) ?? 0) + (totalOf(contents) ?? 0))
  }
  return site.formats.list([...sums].map(([currency, minor]) => site.formats.money(minor, currency)))
}

export const overviewModel = (
  site: SiteShape,
  of: {
    readonly carts: ReadonlyArray<Contents>
    readonly waiting: ReadonlyArray<Order>
    readonly paid: ReadonlyArray<Order>
  }
): OverviewModel => {
  const words = site.words.views.overview
  const { events, market } = site.config.links
  return {
    lead: of.carts.length < 2 ? null : words.lead(of.carts.length, inAll(site, of.carts)),
    cards: of.carts.map((contents) => card(site, contents)),
    waiting: of.waiting.map((order) => waitingModel(site, order)),
    paid: of.paid.map((order) => ({
      text: words.paid(order.pageName, site.formats.money(order.total, order.currency)),
      number: order.number,
      href: path`/orders/${order.number}`
    })),
    market: site.link(market) ?? path`/`,
    events: site.link(events) ?? path`/`
  }
}
