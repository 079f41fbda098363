import { type Contents, isEmpty, linesOf, totalsOf } from "@rose-ash/cart-domain/cart/Contents"
import type { Totals } from "@rose-ash/cart-domain/money/Totals"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { isPayable } from "@rose-ash/cart-domain/page/PageConfig"
import { Result, Schema } from "effect"
import { Href, path } from "../Href.ts"
import { noFacts } from "../problems.ts"
import type { SiteShape } from "../Site.ts"
import { EntryLineModel, entryLine, ItemLineModel, itemLine, type Refused } from "./CartLines.ts"
import { Anchor, Name, Row, Text, WaitingModel } from "./Frame.ts"
import { isTooLow, leastText } from "./least.ts"
import { waitingModel } from "./OverviewView.ts"

/** One page's cart. */
export const CartModel = Schema.Struct({
  page: Schema.Struct({ name: Text, href: Schema.NullOr(Href) }),
  items: Schema.Array(ItemLineModel),
  entries: Schema.Array(EntryLineModel),
  sums: Schema.Array(Row),
  total: Schema.NullOr(Text),
  tax: Schema.NullOr(Text),
  /** Where paying begins; null while something is in the way. */
  pay: Schema.NullOr(Anchor),
  blocked: Schema.NullOr(Text),
  contact: Schema.NullOr(Anchor),
  waiting: Schema.Array(WaitingModel),
  pageId: Name
})
export type CartModel = typeof CartModel.Type

/** The arithmetic that is charged: items and places apart when there are both, then every adjustment. */
export const sumsOf = (site: SiteShape, contents: Contents, totals: Totals): ReadonlyArray<Row> => {
  const words = site.words.views.cart
  const money = (minor: number) => site.formats.money(minor, totals.currency)
  const charged = linesOf(contents).filter(({ problem }) => problem === null)
  const sum = (tag: "ItemLine" | "EntryLine") =>
    totals.lines.reduce((all, line, index) => all + (charged[index]?._tag === tag ? line.total : 0), 0)
  const has = (tag: "ItemLine" | "EntryLine") => charged.some(({ _tag }) => _tag === tag)
  return [
    ...(has("ItemLine") ? [{ label: words.items, amount: money(sum("ItemLine")) }] : []),
    ...(has("EntryLine") ? [{ label: words.places, amount: money(sum("EntryLine")) }] : []),
    ...totals.adjustments.map(({ label, minor }) => ({ label, amount: money(minor) }))
  ]
}

const payOf = (site: SiteShape, { page }: Contents, totals: Totals | null): Anchor | null => {
  const words = site.words.views.cart
  if (totals === null) return null
  const href = path`/p/${page.id}/checkout`
  if (totals.total === 0) return { href, label: words.place }
  if (!isPayable(page) || isTooLow(site, totals.total, totals.currency)) return null
  return { href, label: words.pay(page.name, site.formats.money(totals.total, totals.currency)) }
}

/** Why this sum cannot be paid, if it is the sum that is in the way. */
const sumRefused = (site: SiteShape, contents: Contents): string | null => {
  const arithmetic = totalsOf(contents)
  const { problems } = site.words
  if (Result.isFailure(arithmetic)) return problems[arithmetic.failure._tag]()
  const { currency, total } = arithmetic.success
  const tooLow = isPayable(contents.page) && isTooLow(site, total, currency)
  return tooLow ? problems.TotalTooLow({ ...noFacts, least: leastText(site, currency) }) : null
}

export const cartModel = (
  site: SiteShape,
  contents: Contents,
  of: {
    readonly waiting: ReadonlyArray<Order>
    readonly refused: Refused | null
  }
): CartModel => {
  const words = site.words.views.cart
  const { page } = contents
  const lines = linesOf(contents)
  const totals = Result.getOrElse(totalsOf(contents), () => null)
  const inTheWay = lines.some(({ problem }) => problem !== null)
  const pay = inTheWay || isEmpty(contents) ? null : payOf(site, contents, totals)
  const blocked = inTheWay ? words.fix : (sumRefused(site, contents) ?? words.notPayable(page.name))
  const money = (minor: number) => site.formats.money(minor, page.currency)
  return {
    page: { name: page.name, href: site.link(page.url) },
    items: lines.flatMap((line) =>
      line._tag === "ItemLine" ? [itemLine(site, contents, line, of.refused)] : []
    ),
    entries: lines.flatMap((line) => (line._tag === "EntryLine" ? [entryLine(site, contents, line)] : [])),
    sums: totals === null ? [] : sumsOf(site, contents, totals),
    total: totals === null ? null : money(totals.total),
    tax: totals === null || totals.tax === 0 ? null : money(totals.tax),
    pay,
    blocked: pay === null && !isEmpty(contents) ? blocked : null,
    contact:
      page.contact === null || isPayable(page)
        ? null
        : { href: Href.make(`mailto:${page.contact}`), label: page.contact },
    waiting: of.waiting.map((order) => waitingModel(site, order)),
    pageId: page.id
  }
}
