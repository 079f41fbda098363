import { Context, Effect, Layer, Result, Schema } from "effect"
import * as Cart from "../cart/Cart.ts"
import { Carts, type Changing } from "../cart/Carts.ts"
import type { Identity } from "../identity/Identity.ts"
import { type Order, OrderPaid } from "../order/Order.ts"
import { Orders } from "../order/Orders.ts"
import { Catalogue } from "../page/Catalogue.ts"
import type { Item } from "../page/Item.ts"
import { CartLineId, Ids, OrderNumber, type PageId } from "../text/Ids.ts"

/** It still waits for payment: its lines are its own. */
export class OrderWaiting extends Schema.TaggedError<OrderWaiting>()("OrderWaiting", {
  number: OrderNumber
}) {}

/** What came back into the cart, and what did not. */
export interface Restored {
  readonly pageId: PageId
  /** Lines that are in the cart again. */
  readonly lines: number
  /** Names of items that are no longer for sale. */
  readonly gone: ReadonlyArray<string>
  /** Places in time of the order: they were released and have to be asked for again. */
  readonly places: number
}

interface Wish {
  readonly item: Item
  readonly quantity: number
  readonly lineId: CartLineId
}

/** Of what the cart holds and what was ordered the larger quantity wins, up to what the item allows. */
const putBack =
  (wishes: ReadonlyArray<Wish>) =>
  ({ cart, elsewhere }: Changing): Result.Result<Cart.Cart, Cart.CartLimit | Cart.LineLimit> => {
    if (wishes.length === 0) return Result.succeed(cart)
    if (cart.lines.length === 0 && elsewhere >= Cart.cartsMost) {
      return Result.fail(new Cart.CartLimit({ most: Cart.cartsMost }))
    }
    const missing = wishes.filter(({ item }) => Cart.lineOf(cart, item.id) === undefined)
    if (cart.lines.length + missing.length > Cart.linesMost) {
      return Result.fail(new Cart.LineLimit({ most: Cart.linesMost }))
    }
    const next = wishes.reduce((current, { item, lineId, quantity }) => {
      const kept = Cart.quantityOf(current, item.id)
      const wanted = Math.min(quantity, item.most, Cart.quantityMost)
      if (kept >= wanted) return current
      return Result.getOrElse(Cart.set(item, wanted, lineId)(current), () => current)
    }, cart)
    return Result.succeed(next)
  }

/**
 * Use case: the lines of an order that ended unpaid go back into the cart. Doing it twice is doing it once.
 */
export class Restoring extends Context.Service<Restoring>()("@rose-ash/cart-domain/checkout/Restoring", {
  make: Effect.gen(function* () {
    const orders = yield* Orders
    const carts = yield* Carts
    const catalogue = yield* Catalogue
    const ids = yield* Ids

    const wishesOf = Effect.fnUntraced(function* (order: Order) {
      const items = yield* catalogue.list(order.lines.flatMap(({ itemId }) => itemId ?? []))
      const forSale = items.filter(
        ({ available, pageId, price }) =>
          available && pageId === order.pageId && price.currency === order.currency
      )
      const wishes: Array<Wish> = []
      for (const { itemId, quantity } of order.lines) {
        const item = forSale.find(({ id }) => id === itemId)
        if (item !== undefined) wishes.push({ item, quantity, lineId: CartLineId.make(yield* ids.uuid) })
      }
      return wishes
    })

    /** Only its owner's doing; an order that was paid, or may still be paid, keeps its lines. */
    const restore = Effect.fn("Restoring.restore")(function* (number: OrderNumber, identity: Identity) {
      const order = yield* orders.find(number, { identity, links: [] })
      if (order.state === "paid") return yield* new OrderPaid({ number })
      if (order.state === "awaiting_payment") return yield* new OrderWaiting({ number })
      const wishes = yield* wishesOf(order)
      yield* carts.modify({ identity, pageId: order.pageId }, putBack(wishes))
      const back = new Set(wishes.map(({ item }) => item.id))
      const restored: Restored = {
        pageId: order.pageId,
        lines: wishes.length,
        gone: order.lines.flatMap(({ itemId, name }) => (itemId !== null && !back.has(itemId) ? [name] : [])),
        places: order.lines.filter(({ entryId }) => entryId !== null).length
      }
      return restored
    })

    return { restore } as const
  })
}) {
  static readonly layer = Layer.effect(Restoring, Restoring.make)
}
