import { Effect, HashMap } from "effect"
import { Shopping } from "../../src/cart/Shopping.ts"
import { Checkout } from "../../src/checkout/Checkout.ts"
import { Restoring } from "../../src/checkout/Restoring.ts"
import { Sweep } from "../../src/checkout/Sweep.ts"
import { type Identity, owns } from "../../src/identity/Identity.ts"
import type { Order } from "../../src/order/Order.ts"
import { Orders } from "../../src/order/Orders.ts"
import type { Seen } from "../../src/order/Placing.ts"
import { seenOf, someone } from "../../src/testing/acting.ts"
import { Scripted } from "../../src/testing/Scripted.ts"
import { Seeds } from "../../src/testing/Seeds.ts"
import { World } from "../../src/testing/World.ts"

const at = <A>(of: ReadonlyArray<A>, n: number): A => {
  const found = of[n % of.length]
  if (found === undefined) throw new Error("nothing to choose from")
  return found
}

/** Two pages with things and a few places, and three people: everything is chosen by number. */
const setting = Effect.gen(function* () {
  const [seeds, shopping, checkout, restoring] = yield* Effect.all([Seeds, Shopping, Checkout, Restoring])
  const [orders, provider, sweep, world] = yield* Effect.all([Orders, Scripted, Sweep, World])
  const pages = [yield* seeds.page(), yield* seeds.page({ acceptsLate: false, currency: "EUR" })]
  const items = yield* Effect.forEach([0, 1, 0, 1], (n) => seeds.item({ pageId: at(pages, n).id, most: 5 }))
  const slots = yield* Effect.forEach([0, 1], (n) => seeds.slot({ pageId: at(pages, n).id, capacity: n + 1 }))
  const { customer } = yield* seeds.person()
  const people: ReadonlyArray<Identity> = [yield* someone, yield* someone, customer]
  const forms: Array<{ readonly identity: Identity; readonly page: number; readonly seen: Seen }> = []

  const all: Effect.Effect<ReadonlyArray<Order>> = Effect.map(world.peek, (state) =>
    HashMap.toValues(state.orders).map(({ order }) => order)
  )
  /** Mostly its owner, sometimes anybody. */
  const by = (order: Order, who: number) => {
    const owner = people.find((identity) => owns(identity, order.owner))
    return { identity: who % 6 === 0 ? at(people, who / 6) : (owner ?? at(people, who)), links: [] }
  }
  /** Does it with the n-th order, if there is any. */
  const withOrder = <A, E, R>(n: number, use: (order: Order) => Effect.Effect<A, E, R>) =>
    Effect.flatMap(all, (of) => (of.length === 0 ? Effect.void : Effect.asVoid(use(at(of, n)))))
  const withAttempt = <A, E, R>(n: number, use: (of: Order["attempts"][number]) => Effect.Effect<A, E, R>) =>
    withOrder(n, ({ attempts }) => (attempts.length === 0 ? Effect.void : use(at(attempts, n))))

  const press = (n: number) => {
    const form = at(forms, n)
    const pageId = at(pages, form.page).id
    return checkout.start({ ...form, pageId, email: "wren@example.org", visit: null })
  }
  return {
    all,
    by,
    checkout,
    forms,
    items,
    orders,
    pages,
    people,
    press,
    provider,
    restoring,
    seeds,
    shopping,
    slots,
    sweep,
    withAttempt,
    withOrder,
    world
  }
})

/** What they may do. */
export const shopful = Effect.map(setting, (shop) => {
  const { all, by, checkout, forms, items, orders, pages, people, press, provider } = shop
  const { restoring, seeds, shopping, slots, sweep, withAttempt, withOrder, world } = shop
  return {
    add: (who: number, what: number, quantity: number) =>
      shopping.add({ identity: at(people, who), itemId: at(items, what).id, quantity }),
    set: (who: number, what: number, quantity: number) => {
      const { id: itemId, pageId } = at(items, what)
      return shopping.set({ identity: at(people, who), itemId, pageId, quantity })
    },
    hold: (who: number, where: number) => seeds.hold({ slot: at(slots, where), identity: at(people, who) }),
    reprice: (what: number, minor: number) => seeds.reprice(at(items, what).id, minor),
    offer: (what: number, available: boolean) => seeds.offer(at(items, what).id, available),
    /** Puts one more thing of a page into the cart, looks at it and sends the form off. */
    start: Effect.fnUntraced(function* (who: number, page: number) {
      const identity = at(people, who)
      yield* Effect.ignore(shopping.add({ identity, itemId: at(items, page).id, quantity: 1 }))
      const seen = seenOf(yield* shopping.view(identity, at(pages, page).id))
      forms.push({ identity, page, seen })
      return yield* press(forms.length - 1)
    }),
    /** Sends an old form once more. */
    repeat: (n: number) => Effect.suspend(() => (forms.length === 0 ? Effect.void : Effect.asVoid(press(n)))),
    payAgain: (n: number, who: number) =>
      withOrder(n, (order) => checkout.payAgain(order.number, by(order, who))),
    cancel: (n: number, who: number) =>
      withOrder(n, (order) => checkout.cancel(order.number, by(order, who))),
    recheck: (n: number, who: number) =>
      withOrder(n, (order) => checkout.recheck(order.number, by(order, who))),
    restore: (n: number, who: number) =>
      withOrder(n, (order) => restoring.restore(order.number, by(order, who).identity)),
    pay: (n: number) => withAttempt(n, (attempt) => provider.pay(attempt)),
    payAnyway: (n: number) => withAttempt(n, (attempt) => provider.payAnyway(attempt)),
    decline: (n: number) => withAttempt(n, (attempt) => provider.decline(attempt)),
    expirePage: (n: number) => withAttempt(n, (attempt) => provider.expire(attempt)),
    hint: (n: number) => withAttempt(n, ({ id }) => orders.wake(id)),
    sweep: sweep.pass(),
    provider,
    world,
    all
  }
})
export type Shopful = Effect.Success<typeof shopful>
