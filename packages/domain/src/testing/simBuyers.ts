import { Effect } from "effect"
import { Adoption } from "../cart/Adoption.ts"
import { Shopping } from "../cart/Shopping.ts"
import { Checkout } from "../checkout/Checkout.ts"
import { owns } from "../identity/Identity.ts"
import type { Order } from "../order/Order.ts"
import { Orders } from "../order/Orders.ts"
import { decide } from "../order/Transitions.ts"
import { minute, second } from "../time/Instant.ts"
import { seenOf } from "./acting.ts"
import { asks, attemptNow, type Buyer, byOf, orderNow, type SimShop, waits } from "./simBuyer.ts"
import type { SimHouse } from "./simHouse.ts"
import { givenBack } from "./simMoney.ts"
import { paysOn } from "./simPaying.ts"
import { newCustomer, newVisitor } from "./simPeople.ts"

const scripts = [
  "pay",
  "pay",
  "pay",
  "pay and stay away",
  "decline, then pay",
  "two tabs",
  "cancel against payment",
  "cancel",
  "walk away",
  "late",
  "log in half-way",
  "cash",
  "given back"
] as const
type Script = (typeof scripts)[number]

/** Some things and sometimes a place come into the cart; perhaps somebody logs in on the way. */
const fills = Effect.fnUntraced(function* (buyer: Buyer, script: Script) {
  const { house, shop } = buyer
  for (let n = 1 + house.dice.below(2); n > 0; n -= 1) {
    const more = { itemId: house.dice.one(shop.items).id, quantity: 1 + house.dice.below(3) }
    yield* asks(
      buyer,
      Shopping.use((shopping) => shopping.add({ identity: buyer.identity, ...more }))
    )
    yield* waits(buyer, 10 * second)
  }
  if (house.dice.chance(0.2)) house.hold(shop.slot, buyer.identity)
  if (script !== "log in half-way" || buyer.identity._tag !== "Visitor") return
  const [identity, adoptable] = [newCustomer(house), buyer.identity]
  const login = { identity, adoptable, unbound: false, staff: { pages: [], treasurer: false } }
  const logsIn = asks(
    buyer,
    Adoption.use((adoption) => adoption.lazily(login))
  )
  // Two pages are opened at once; nothing is lost by it.
  yield* Effect.all([logsIn, logsIn], { concurrency: 2 })
  buyer.identity = identity
})

/** Looks at the cart and presses the button; the price may have risen in between. */
const starts = Effect.fnUntraced(function* (buyer: Buyer, script: Script) {
  const { house, identity, shop } = buyer
  const pageId = shop.page.id
  for (let n = 0; n < 3 && orderNow(buyer) === undefined; n += 1) {
    const contents = yield* asks(
      buyer,
      Shopping.use((shopping) => shopping.view(identity, pageId))
    )
    if (contents === undefined) continue
    yield* waits(buyer, 20 * second)
    const form = { identity, pageId, seen: seenOf(contents), email: "wren@example.org", visit: null }
    const start = asks(
      buyer,
      Checkout.use((checkout) => checkout.start(form))
    )
    yield* script === "two tabs" ? Effect.all([start, start], { concurrency: 2 }) : start
  }
  buyer.order = house.orders().find(({ owner }) => owns(identity, owner))
})

/** Whoever has no page to pay on presses the button again. */
const reaches = Effect.fnUntraced(function* (buyer: Buyer, order: Order) {
  for (let n = 0; n < 4 && attemptNow(buyer)?.payUrl === null; n += 1) {
    yield* asks(
      buyer,
      Checkout.use((checkout) => checkout.payAgain(order.number, byOf(buyer)))
    )
    yield* waits(buyer, 10 * second)
  }
})

const cash = Effect.fnUntraced(function* (buyer: Buyer, order: Order) {
  const attempt = attemptNow(buyer)
  if (attempt !== undefined) buyer.house.outside(buyer.house.scripted.expire(attempt))
  yield* asks(
    buyer,
    Checkout.use((checkout) => checkout.recheck(order.number, byOf(buyer)))
  )
  const hand = decide({ _tag: "PaidByHand", name: "till", by: "robin", reason: "cash" })
  yield* asks(
    buyer,
    Orders.use((orders) => orders.modify(order.id, hand))
  )
})

/** What happens once there is an order. */
const goesOn = Effect.fnUntraced(function* (buyer: Buyer, order: Order, script: Script) {
  const recheck = asks(
    buyer,
    Checkout.use((checkout) => checkout.recheck(order.number, byOf(buyer)))
  )
  const cancel = asks(
    buyer,
    Checkout.use((checkout) => checkout.cancel(order.number, byOf(buyer)))
  )
  const pays = Effect.andThen(reaches(buyer, order), paysOn(buyer))
  switch (script) {
    case "walk away":
      return
    case "cash":
      return yield* cash(buyer, order)
    case "cancel":
      return yield* cancel
    case "cancel against payment":
      return yield* Effect.all([pays, cancel], { concurrency: 2, discard: true })
    case "late":
      yield* reaches(buyer, order)
      yield* buyer.house.time.sleep(45 * minute)
      return yield* paysOn(buyer, "money.late")
    case "decline, then pay": {
      const attempt = attemptNow(buyer)
      if (attempt !== undefined) buyer.house.outside(buyer.house.scripted.decline(attempt))
      yield* recheck
      return yield* pays
    }
    case "given back":
      yield* pays
      return yield* givenBack(buyer, order)
    default:
      yield* pays
      if (script !== "pay and stay away") yield* recheck
  }
})

/** One purchase, as the dice say. */
export const purchase = (house: SimHouse, shop: SimShop): Effect.Effect<void> =>
  Effect.gen(function* () {
    const buyer: Buyer = { house, shop, identity: newVisitor(house), order: undefined }
    const script = house.dice.one(scripts)
    yield* waits(buyer, 20 * minute)
    yield* fills(buyer, script)
    yield* starts(buyer, script)
    if (buyer.order !== undefined) yield* goesOn(buyer, buyer.order, script)
  })
