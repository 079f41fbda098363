import { Schema } from "effect"
import { Money } from "../money/Money.ts"
import { ItemId, PageId } from "../text/Ids.ts"
import { line, Url } from "../text/Text.ts"

/** A product as its page sells it today. */
export const Item = Schema.Struct({
  id: ItemId,
  pageId: PageId,
  name: line(200),
  price: Money,
  /** Tax inside the price, in basis points; null when the page records none. */
  taxRate: Schema.NullOr(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 }))),
  available: Schema.Boolean,
  /** The most one order may have of it, 1 to 99. */
  most: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 99 })),
  url: Schema.NullOr(Url),
  picture: Schema.NullOr(Url)
})
export type Item = typeof Item.Type
