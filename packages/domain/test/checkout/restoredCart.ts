import { Effect, Layer } from "effect"
import type * as Cart from "../../src/cart/Cart.ts"
import { Carts } from "../../src/cart/Carts.ts"
import { Restoring } from "../../src/checkout/Restoring.ts"
import { visitor } from "../../src/identity/Identity.ts"
import { money } from "../../src/money/Money.ts"
import type { Order, OrderLine, OrderState } from "../../src/order/Order.ts"
import { Orders } from "../../src/order/Orders.ts"
import { Catalogue } from "../../src/page/Catalogue.ts"
import type { Item } from "../../src/page/Item.ts"
import type { PageConfig } from "../../src/page/PageConfig.ts"
import {
  CartId,
  CartLineId,
  Ids,
  ItemId,
  OrderId,
  OrderNumber,
  PageId,
  VisitorId
} from "../../src/text/Ids.ts"
import { Instant } from "../../src/time/Instant.ts"

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`
export const pageId = PageId.make("ash-bakery")
const number = OrderNumber.make("RA-7K4M-Q2XD")
const buyer = visitor(VisitorId.make(uuid(1)))
const page: PageConfig = {
  id: pageId,
  name: "Ash Bakery",
  currency: "GBP",
  seller: null,
  paused: false,
  acceptsLate: true,
  refundsAlone: false,
  contact: null,
  url: null
}
export const item = (id: string, more: Partial<Item> = {}): Item => ({
  id: ItemId.make(id),
  pageId,
  name: `The ${id}`,
  price: money(300, "GBP"),
  taxRate: null,
  available: true,
  most: 10,
  url: null,
  picture: null,
  ...more
})
export const line = (id: string, quantity: number): OrderLine => ({
  cartLineId: CartLineId.make(uuid(50)),
  itemId: ItemId.make(id),
  entryId: null,
  name: `The ${id}`,
  unit: money(300, "GBP").minor,
  quantity,
  total: money(300 * quantity, "GBP").minor,
  taxRate: null,
  tax: money(0, "GBP").minor,
  startsAt: null,
  endsAt: null
})
export const order = (state: OrderState, lines: ReadonlyArray<OrderLine>): Order => ({
  id: OrderId.make(uuid(2)),
  number,
  cartId: CartId.make(uuid(3)),
  cartRevision: 1,
  pageId,
  pageName: "Ash Bakery",
  owner: { visitorId: buyer.id, customerId: null },
  visit: null,
  email: null,
  currency: "GBP",
  lines,
  tax: money(0, "GBP").minor,
  total: money(0, "GBP").minor,
  state,
  placedAt: Instant.make(1),
  expiresAt: Instant.make(2),
  paidAt: null,
  paidBy: null,
  closedAt: Instant.make(2),
  attempts: [],
  payments: [],
  cases: [],
  refunds: [],
  answers: [],
  told: 1,
  dueAt: null
})

/** Restores once or more; answers with what was said and what the cart then holds. */
export const restored = (
  of: Order,
  items: ReadonlyArray<Item>,
  held: ReadonlyArray<readonly [string, number]> = [],
  more: { readonly times?: number; readonly elsewhere?: number } = {}
) => {
  let minted = 100
  let cart: Cart.Cart = {
    id: of.cartId,
    pageId,
    revision: 1,
    lines: held.map(([id, quantity]) => ({
      id: CartLineId.make(uuid(minted++)),
      itemId: ItemId.make(id),
      quantity,
      seen: money(1, "GBP").minor
    }))
  }
  const carts = Layer.mock(Carts, {
    modify: (_, decide) =>
      Effect.map(Effect.fromResult(decide({ cart, page, elsewhere: more.elsewhere ?? 0 })), (next) => {
        cart = next
        return next
      })
  })
  const ports = Layer.mergeAll(
    carts,
    Layer.mock(Orders, { find: () => Effect.succeed(of) }),
    Layer.mock(Catalogue, { list: () => Effect.succeed(items) }),
    Layer.mock(Ids, {
      uuid: Effect.sync(() => uuid(minted++)),
      bytes: () => Effect.succeed(new Uint8Array())
    })
  )
  return Effect.gen(function* () {
    const restoring = yield* Restoring
    for (let time = 1; time < (more.times ?? 1); time++) yield* restoring.restore(number, buyer)
    const said = yield* Effect.result(restoring.restore(number, buyer))
    return { said, held: cart.lines.map((kept) => [kept.itemId, kept.quantity]) }
  }).pipe(Effect.provide(Restoring.layer.pipe(Layer.provide(ports))))
}
