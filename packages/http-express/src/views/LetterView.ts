import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Schema } from "effect"
import type { Href } from "../Href.ts"
import type { SiteShape } from "../Site.ts"
import { Anchor, Text } from "./Frame.ts"

/** A letter: what happened in a few paragraphs, the arithmetic where it helps, and one link. */
export const LetterModel = Schema.Struct({
  language: Text,
  subject: Text,
  greeting: Text,
  paragraphs: Schema.Array(Text),
  rows: Schema.Array(Schema.Struct({ label: Text, amount: Text })),
  link: Anchor,
  contact: Schema.NullOr(Text),
  foot: Text
})
export type LetterModel = typeof LetterModel.Type

/** What a letter says besides what all letters say. */
export interface Said {
  readonly subject: string
  readonly paragraphs: ReadonlyArray<string>
  /** With the lines of the order and its total. */
  readonly arithmetic: boolean
}

/** "2 × Rye crackers £5.00", the total, and the tax in it. */
const rowsOf = ({ formats, words }: SiteShape, { currency, lines, tax, total }: Order) => {
  const money = (minor: number) => formats.money(minor, currency)
  const sums = [{ label: words.letters.total, amount: money(total) }]
  if (tax > 0) sums.push({ label: words.letters.tax, amount: money(tax) })
  const of = lines.map(({ name, quantity, startsAt, endsAt, total }) => {
    const when = startsAt === null || endsAt === null ? "" : `, ${formats.span(startsAt, endsAt)}`
    return { label: `${quantity} × ${name}${when}`, amount: money(total) }
  })
  return [...of, ...sums]
}

export const letterModel = (
  site: SiteShape,
  order: Order,
  { arithmetic, paragraphs, subject }: Said,
  { contact, href }: { readonly contact: string | null; readonly href: Href }
): LetterModel => {
  const words = site.words.letters
  const ended = order.state === "expired" || order.state === "cancelled"
  return {
    language: site.words.locale,
    subject,
    greeting: words.greeting,
    paragraphs,
    rows: arithmetic ? rowsOf(site, order) : [],
    link: { href, label: ended ? words.restore : words.see },
    contact: contact === null ? null : words.contact(order.pageName, contact),
    foot: words.foot
  }
}

/** The same for those who read plain text. */
export const letterText = (model: LetterModel): string =>
  [
    model.greeting,
    ...model.paragraphs,
    ...(model.rows.length === 0
      ? []
      : [model.rows.map(({ amount, label }) => `${label}  ${amount}`).join("\n")]),
    `${model.link.label}:\n${model.link.href}`,
    ...(model.contact === null ? [] : [model.contact]),
    model.foot
  ].join("\n\n")
