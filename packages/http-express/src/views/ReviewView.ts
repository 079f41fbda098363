import {
  type Contents,
  linesOf,
  priceChangesOf,
  pricedOf,
  totalsOf
} from "@rose-ash/cart-domain/cart/Contents"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { isPayable } from "@rose-ash/cart-domain/page/PageConfig"
import { Result, Schema } from "effect"
import { Href, path } from "../Href.ts"
import type { SiteShape } from "../Site.ts"
import { sumsOf } from "./CartView.ts"
import { Anchor, Name, Row, Text, WaitingModel } from "./Frame.ts"
import { isTooLow } from "./least.ts"
import { waitingModel } from "./OverviewView.ts"

const ReviewLine = Schema.Struct({ name: Text, note: Schema.NullOr(Text), quantity: Text, amount: Text })

/** What is about to be ordered: what stands here is what the button orders. */
export const ReviewModel = Schema.Struct({
  page: Text,
  pageId: Name,
  cart: Href,
  action: Href,
  lines: Schema.Array(ReviewLine),
  sums: Schema.Array(Row),
  total: Text,
  tax: Schema.NullOr(Text),
  contact: Schema.NullOr(Anchor),
  /** Prices that are not what they were: told before the lines. */
  changes: Schema.Array(Text),
  email: Text,
  emailLabel: Text,
  emailHint: Text,
  emailError: Schema.NullOr(Text),
  /** "<cart id>.<revision>", and minor units: what was seen. */
  revision: Text,
  seen: Schema.Int,
  free: Schema.Boolean,
  waiting: Schema.Array(WaitingModel)
})
export type ReviewModel = typeof ReviewModel.Type

/** "Sourdough loaf: now £4.50 (was £4.00)" for every line whose price moved. */
export const changesOf = (site: SiteShape, contents: Contents): ReadonlyArray<string> =>
  priceChangesOf(contents).map(({ line, now, was }) => {
    const money = (minor: number) => site.formats.money(minor, contents.page.currency)
    return site.words.views.review.priceChange(line.item?.name ?? "", money(now), money(was))
  })

const linesFor = (site: SiteShape, contents: Contents): ReadonlyArray<typeof ReviewLine.Type> =>
  linesOf(contents).flatMap((line) => {
    const priced = pricedOf(line)
    if (priced === null) return []
    const money = (minor: number) => site.formats.money(minor, contents.page.currency)
    const { quantity, unit } = priced
    const isEntry = line._tag === "EntryLine"
    return {
      name: isEntry ? line.entry.name : (line.item?.name ?? ""),
      note: isEntry
        ? site.formats.span(line.entry.startsAt, line.entry.endsAt)
        : quantity > 1
          ? site.words.views.cart.each(money(unit))
          : null,
      quantity: String(quantity),
      amount: money(unit * quantity)
    }
  })

/** Null while the cart cannot be ordered: its own page says why. */
export const reviewModel = (
  site: SiteShape,
  contents: Contents,
  of: {
    readonly email: string
    readonly emailError: string | null
    readonly waiting: ReadonlyArray<Order>
    /** Changes of price are told already. */
    readonly told: boolean
  }
): ReviewModel | null => {
  const { cart, page } = contents
  const totals = Result.getOrElse(totalsOf(contents), () => null)
  const lines = linesOf(contents)
  if (totals === null || lines.length === 0 || lines.some(({ problem }) => problem !== null)) return null
  if (totals.total > 0 && !isPayable(page)) return null
  if (isTooLow(site, totals.total, totals.currency)) return null
  const money = (minor: number) => site.formats.money(minor, page.currency)
  return {
    page: page.name,
    pageId: page.id,
    cart: path`/p/${page.id}`,
    action: path`/p/${page.id}/checkout`,
    lines: linesFor(site, contents),
    sums: sumsOf(site, contents, totals),
    total: money(totals.total),
    tax: totals.tax === 0 ? null : money(totals.tax),
    contact:
      page.contact === null ? null : { href: Href.make(`mailto:${page.contact}`), label: page.contact },
    changes: of.told ? [] : changesOf(site, contents),
    email: of.email,
    emailLabel: site.words.views.review[site.config.letters === true ? "emailFor" : "email"],
    emailHint: site.words.views.review[site.config.letters === true ? "emailSent" : "emailHint"],
    emailError: of.emailError,
    revision: `${cart.id}.${cart.revision}`,
    seen: totals.total,
    free: totals.total === 0,
    waiting: of.waiting.map((order) => waitingModel(site, order))
  }
}
