import { it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import type { CalendarEntries } from "../../src/calendar/CalendarEntries.ts"
import { Carts } from "../../src/cart/Carts.ts"
import { Shopping } from "../../src/cart/Shopping.ts"
import { Checkout } from "../../src/checkout/Checkout.ts"
import type { Settling } from "../../src/checkout/Settling.ts"
import { Sweep } from "../../src/checkout/Sweep.ts"
import * as Domain from "../../src/Domain.ts"
import { Events } from "../../src/event/Events.ts"
import type { Identity } from "../../src/identity/Identity.ts"
import type { Order } from "../../src/order/Order.ts"
import { Orders } from "../../src/order/Orders.ts"
import { seenOf, someone } from "../../src/testing/acting.ts"
import * as Memory from "../../src/testing/Memory.ts"
import * as PaymentProviderScripted from "../../src/testing/PaymentProviderScripted.ts"
import { Scripted } from "../../src/testing/Scripted.ts"
import { Seeds } from "../../src/testing/Seeds.ts"
import type { PageId } from "../../src/text/Ids.ts"

/** The whole service in memory, with a provider that does what a test says. */
export const layer = Domain.layer.pipe(
  Layer.provideMerge(Layer.mergeAll(Memory.layer, PaymentProviderScripted.layer))
)

/** A story on a world of its own. */
export const story = <E>(
  name: string,
  told: () => Effect.Effect<
    unknown,
    E,
    | Carts
    | CalendarEntries
    | Checkout
    | Events
    | Orders
    | Scripted
    | Seeds
    | Settling
    | Shopping
    | Sweep
    | Layer.Success<typeof layer>
  >
): void => it.effect(name, () => Effect.provide(Effect.suspend(told), Layer.fresh(layer)))

/** A bakery with one loaf for 2.50, and somebody who put two of it into the cart. */
export const bakery = Effect.gen(function* () {
  const seeds = yield* Seeds
  const shopping = yield* Shopping
  const checkout = yield* Checkout
  const orders = yield* Orders
  const provider = yield* Scripted
  const sweep = yield* Sweep
  const page = yield* seeds.page({ name: "Ash Bakery" })
  const loaf = yield* seeds.item({ pageId: page.id, name: "Rye loaf" })
  const buyer = yield* someone
  yield* shopping.add({ identity: buyer, itemId: loaf.id, quantity: 2 })
  const form = formOf(buyer, page.id)
  const start = Effect.flatten(form)
  const told = (order: Order) =>
    Events.use((events) => Effect.map(events.ofOrder(order.id), (all) => all.map(({ data }) => data._tag)))
  const by = { identity: buyer, links: [] }
  return { buyer, by, checkout, form, loaf, orders, page, provider, seeds, shopping, start, sweep, told }
})

/** The form of the page's cart as it is now; it can be sent more than once. */
const formOf = (identity: Identity, pageId: PageId) =>
  Effect.gen(function* () {
    const carts = yield* Carts
    const seen = seenOf(yield* carts.view(identity, pageId))
    const start = { identity, pageId, seen, email: "wren@example.org", visit: null }
    return Checkout.use((checkout) => checkout.start(start))
  })

/** Time goes by in small steps, and the sweep does its rounds. */
export const live = (minutes: number, every = 5) =>
  Effect.gen(function* () {
    const sweep = yield* Sweep
    for (let passed = 0; passed < minutes * 60; passed += every) {
      yield* TestClock.adjust(every * 1000)
      yield* sweep.pass()
    }
  })
