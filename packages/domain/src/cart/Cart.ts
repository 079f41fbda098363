import { Result, Schema } from "effect"
import { Currency } from "../money/Currency.ts"
import { Minor } from "../money/Money.ts"
import type { Item } from "../page/Item.ts"
import { CartId, CartLineId, ItemId, PageId } from "../text/Ids.ts"

export const quantityMost = 99
export const linesMost = 300
export const cartsMost = 50

/** An item and a quantity, 1 to 99. */
export const CartLine = Schema.Struct({
  id: CartLineId,
  itemId: ItemId,
  quantity: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: quantityMost })),
  /** The unit price when the line was last changed: to say that it rose or fell. Never charged. */
  seen: Minor
})
export type CartLine = typeof CartLine.Type

/** What one identity has chosen on one page. `revision` counts changes; a form carries the one it showed. */
export const Cart = Schema.Struct({
  id: CartId,
  pageId: PageId,
  revision: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  lines: Schema.Array(CartLine)
})
export type Cart = typeof Cart.Type

/** More than the item, or any line, may have. `kept` is what the cart still holds. */
export class QuantityTooHigh extends Schema.TaggedError<QuantityTooHigh>()("QuantityTooHigh", {
  itemId: ItemId,
  name: Schema.String,
  most: Schema.Int,
  kept: Schema.Int,
  asked: Schema.Int
}) {}
/** A cart holds at most 300 lines. */
export class LineLimit extends Schema.TaggedError<LineLimit>()("LineLimit", { most: Schema.Int }) {}
/** A person has carts on at most 50 pages. */
export class CartLimit extends Schema.TaggedError<CartLimit>()("CartLimit", { most: Schema.Int }) {}
/** Not for sale any more. */
export class ItemGone extends Schema.TaggedError<ItemGone>()("ItemGone", {
  itemId: ItemId,
  name: Schema.String
}) {}
/** The item is priced in another currency than its page is paid in. */
export class CurrencyDiffers extends Schema.TaggedError<CurrencyDiffers>()("CurrencyDiffers", {
  pageId: PageId,
  page: Currency,
  item: Currency
}) {}

export const empty = (id: CartId, pageId: PageId): Cart => ({ id, pageId, revision: 0, lines: [] })
export const lineOf = (cart: Cart, itemId: ItemId): CartLine | undefined =>
  cart.lines.find((line) => line.itemId === itemId)
export const quantityOf = (cart: Cart, itemId: ItemId): number => lineOf(cart, itemId)?.quantity ?? 0

const changed = (cart: Cart, lines: ReadonlyArray<CartLine>): Cart => ({
  ...cart,
  revision: cart.revision + 1,
  lines
})

/**
 * Sets how many of an item the cart holds; 0 removes it, also an item that is gone. The same number again is
 * no change.
 * A line that is new gets `lineId`.
 */
export const set =
  (item: Item, quantity: number, lineId: CartLineId) =>
  (cart: Cart): Result.Result<Cart, QuantityTooHigh | LineLimit | ItemGone> => {
    const line = lineOf(cart, item.id)
    if (quantity <= 0) {
      if (line === undefined) return Result.succeed(cart)
      return Result.succeed(
        changed(
          cart,
          cart.lines.filter((other) => other !== line)
        )
      )
    }
    if (!item.available) return Result.fail(new ItemGone({ itemId: item.id, name: item.name }))
    const most = Math.min(item.most, quantityMost)
    const kept = line?.quantity ?? 0
    if (quantity > most) {
      return Result.fail(
        new QuantityTooHigh({ itemId: item.id, name: item.name, most, kept, asked: quantity })
      )
    }
    if (line === undefined) {
      if (cart.lines.length >= linesMost) return Result.fail(new LineLimit({ most: linesMost }))
      const added = { id: lineId, itemId: item.id, quantity, seen: item.price.minor }
      return Result.succeed(changed(cart, [...cart.lines, added]))
    }
    if (line.quantity === quantity && line.seen === item.price.minor) return Result.succeed(cart)
    const next = { ...line, quantity, seen: item.price.minor }
    return Result.succeed(
      changed(
        cart,
        cart.lines.map((other) => (other === line ? next : other))
      )
    )
  }

/** That many more of an item. */
export const add =
  (item: Item, quantity: number, lineId: CartLineId) =>
  (cart: Cart): Result.Result<Cart, QuantityTooHigh | LineLimit | ItemGone> =>
    set(item, quantityOf(cart, item.id) + quantity, lineId)(cart)

/** Removes a line whatever became of its item. */
export const remove =
  (itemId: ItemId) =>
  (cart: Cart): Cart => {
    const lines = cart.lines.filter((line) => line.itemId !== itemId)
    return lines.length === cart.lines.length ? cart : changed(cart, lines)
  }

/** Exactly these lines leave the cart (they are an order's now); what was added meanwhile stays. */
export const take =
  (ids: ReadonlyArray<CartLineId>) =>
  (cart: Cart): Cart => {
    const taken = new Set(ids)
    return changed(
      cart,
      cart.lines.filter((line) => !taken.has(line.id))
    )
  }
