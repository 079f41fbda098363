import type { Result } from "effect"
import { Schema } from "effect"
import { CalendarEntry, isHeld } from "../calendar/CalendarEntry.ts"
import type { Minor } from "../money/Money.ts"
import * as Totals from "../money/Totals.ts"
import { Item } from "../page/Item.ts"
import { PageConfig } from "../page/PageConfig.ts"
import { Instant } from "../time/Instant.ts"
import { Cart, type CartLine, quantityMost } from "./Cart.ts"

/**
 * A cart with everything it means at one moment: its page, what its items cost today, and the page's pending
 * entries.
 */
export const Contents = Schema.Struct({
  page: PageConfig,
  cart: Cart,
  /** What the market knows of the cart's items; those it forgot are missing. */
  items: Schema.Array(Item),
  entries: Schema.Array(CalendarEntry),
  now: Instant
})
export type Contents = typeof Contents.Type

/** Why a line keeps its cart from being placed. */
export type LineProblem = "gone" | "too_many" | "currency" | "lapsed"

export interface ItemLine {
  readonly _tag: "ItemLine"
  readonly line: CartLine
  readonly item: Item | null
  readonly problem: Exclude<LineProblem, "lapsed"> | null
}
export interface EntryLine {
  readonly _tag: "EntryLine"
  readonly entry: CalendarEntry
  readonly problem: "currency" | "lapsed" | null
}
export type ContentLine = ItemLine | EntryLine

const itemProblem = ({ page }: Contents, line: CartLine, item: Item | undefined): ItemLine["problem"] => {
  if (item === undefined || !item.available || item.pageId !== page.id) return "gone"
  if (item.price.currency !== page.currency) return "currency"
  return line.quantity > Math.min(item.most, quantityMost) ? "too_many" : null
}

const entryProblem = ({ now, page }: Contents, entry: CalendarEntry): EntryLine["problem"] => {
  if (!isHeld(entry, now)) return "lapsed"
  return entry.price.currency === page.currency ? null : "currency"
}

/** Every line in the order people see: items as they were added, then entries by time. */
export const linesOf = (contents: Contents): ReadonlyArray<ContentLine> => {
  const items = new Map(contents.items.map((item) => [item.id, item]))
  const ofItems = contents.cart.lines.map((line): ItemLine => {
    const item = items.get(line.itemId)
    return { _tag: "ItemLine", line, item: item ?? null, problem: itemProblem(contents, line, item) }
  })
  const ofEntries = contents.entries
    .toSorted((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1))
    .map((entry): EntryLine => ({ _tag: "EntryLine", entry, problem: entryProblem(contents, entry) }))
  return [...ofItems, ...ofEntries]
}

export const isEmpty = ({ cart, entries }: Contents): boolean =>
  cart.lines.length === 0 && entries.length === 0

/** Unit, quantity and tax of a line that can be charged; null for one with a problem. */
export const pricedOf = (line: ContentLine): Totals.Priced | null => {
  if (line.problem !== null) return null
  if (line._tag === "EntryLine") return { unit: line.entry.price.minor, quantity: 1, taxRate: null }
  if (line.item === null) return null
  return { unit: line.item.price.minor, quantity: line.line.quantity, taxRate: line.item.taxRate }
}

/** The arithmetic of the lines that can be charged. */
export const totalsOf = (
  contents: Contents
): Result.Result<Totals.Totals, Totals.TotalTooHigh | Totals.AmountNotPayable> =>
  Totals.of(
    contents.page.currency,
    linesOf(contents).flatMap((line) => {
      const priced = pricedOf(line)
      return priced === null ? [] : [priced]
    })
  )

/** A line whose unit price is not what it was when the line was last changed. */
export interface PriceChange {
  readonly line: ItemLine
  readonly was: Minor
  readonly now: Minor
}
/** What one line's price did meanwhile; null when it is as it was, or cannot be charged. */
export const priceChangeOf = (line: ItemLine): PriceChange | null =>
  line.item !== null && line.problem === null && line.item.price.minor !== line.line.seen
    ? { line, was: line.line.seen, now: line.item.price.minor }
    : null
export const priceChangesOf = (contents: Contents): ReadonlyArray<PriceChange> =>
  linesOf(contents).flatMap((line) => (line._tag === "ItemLine" ? (priceChangeOf(line) ?? []) : []))
