import { Schema } from "effect"
import { EntryLapsed } from "../calendar/CalendarEntry.ts"
import { CurrencyDiffers, ItemGone, QuantityTooHigh, quantityMost, quantityOf } from "../cart/Cart.ts"
import * as Contents from "../cart/Contents.ts"
import type { AmountNotPayable, TotalTooHigh, TotalTooLow } from "../money/Totals.ts"
import type { PageNotPayable } from "../page/PageConfig.ts"
import { ItemId, PageId } from "../text/Ids.ts"

/** There is nothing in the cart. */
export class CartEmpty extends Schema.TaggedError<CartEmpty>()("CartEmpty", { pageId: PageId }) {}
/** The cart is not the one the buyer looked at. */
export class CartChanged extends Schema.TaggedError<CartChanged>()("CartChanged", { pageId: PageId }) {}
/** The total is more than the buyer saw: it must be seen first. */
export class PriceRose extends Schema.TaggedError<PriceRose>()("PriceRose", {
  pageId: PageId,
  seen: Schema.Int,
  total: Schema.Int,
  items: Schema.Array(
    Schema.Struct({ itemId: ItemId, name: Schema.String, was: Schema.Int, now: Schema.Int })
  )
}) {}

export type PlacingRefusal =
  | CartEmpty
  | CartChanged
  | PriceRose
  | ItemGone
  | QuantityTooHigh
  | CurrencyDiffers
  | EntryLapsed
  | PageNotPayable
  | TotalTooHigh
  | TotalTooLow
  | AmountNotPayable

/** The first thing that keeps the cart from being placed. */
export const obstacle = (contents: Contents.Contents): PlacingRefusal | null => {
  const lines = Contents.linesOf(contents)
  const lapsed = lines.flatMap((line) =>
    line._tag === "EntryLine" && line.problem === "lapsed" ? [line.entry] : []
  )
  if (lapsed.length > 0) {
    return new EntryLapsed({ entries: lapsed.map(({ id }) => id), names: lapsed.map(({ name }) => name) })
  }
  for (const line of lines) {
    if (line._tag === "EntryLine") {
      if (line.problem === "currency") return currencyDiffers(contents, line.entry.price.currency)
      continue
    }
    const { item, line: cartLine, problem } = line
    const name = item?.name ?? cartLine.itemId
    if (problem === "gone" || item === null) return new ItemGone({ itemId: cartLine.itemId, name })
    if (problem === "currency") return currencyDiffers(contents, item.price.currency)
    if (problem === "too_many") {
      const kept = quantityOf(contents.cart, item.id)
      const most = Math.min(item.most, quantityMost)
      return new QuantityTooHigh({ itemId: item.id, name, most, kept, asked: kept })
    }
  }
  return null
}
const currencyDiffers = ({ page }: Contents.Contents, item: CurrencyDiffers["item"]): CurrencyDiffers =>
  new CurrencyDiffers({ pageId: page.id, page: page.currency, item })
