import { assert, layer } from "@effect/vitest"
import { Shopping } from "@rose-ash/cart-domain/cart/Shopping"
import { Checkout } from "@rose-ash/cart-domain/checkout/Checkout"
import { readEvery } from "@rose-ash/cart-domain/checkout/Settling"
import * as Domain from "@rose-ash/cart-domain/Domain"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { attemptOf, fresh, seenOf, someone } from "@rose-ash/cart-domain/testing/acting"
import * as PaymentProviderScripted from "@rose-ash/cart-domain/testing/PaymentProviderScripted"
import { Scripted } from "@rose-ash/cart-domain/testing/Scripted"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { Effect, Layer } from "effect"
import { vi } from "vitest"
import { portsOnWire, Wire } from "./database.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 60_000 })

const house = Domain.layer.pipe(
  Layer.provideMerge(Layer.mergeAll(portsOnWire({ maxConnections: 1 }), PaymentProviderScripted.layer))
)

/** The use cases behind the pages of a checkout, from the first thing chosen to the page that says paid. */
const bought = Effect.fnUntraced(function* (lines: number) {
  const [checkout, orders, shopping] = [yield* Checkout, yield* Orders, yield* Shopping]
  const [{ proxy }, seeds] = [yield* Wire, yield* Seeds]
  const pageId = (yield* seeds.page()).id
  const items = yield* Effect.forEach(Array.from({ length: lines }), () => seeds.item({ pageId }))
  const identity = yield* someone
  const add = (itemId: (typeof items)[number]["id"]) =>
    Effect.flatMap(fresh, (key) => shopping.add({ identity, itemId, quantity: 1, key }))
  const [last, ...others] = items.map(({ id }) => id)
  if (last === undefined) return yield* Effect.die("no items")
  yield* Effect.forEach(others, add)
  proxy.reset()
  yield* add(last)
  yield* shopping.view(identity, pageId)
  const seen = seenOf(yield* shopping.view(identity, pageId))
  yield* orders.waiting(identity)
  const of = { identity, pageId, seen, email: "wren@example.org", visit: null }
  const { order } = yield* checkout.start(of)
  yield* (yield* Scripted).pay(attemptOf(order))
  yield* orders.wake(attemptOf(order).id)
  // A provider that has just been asked is not asked again.
  const before = proxy.executed.length
  yield* Effect.sleep(readEvery)
  assert.strictEqual(proxy.executed.length, before)
  yield* checkout.recheck(order.number, { identity, links: [] })
  const count = proxy.executed.length
  assert.strictEqual((yield* orders.get(order.id)).state, "paid")
  return count
})

layer(house, { excludeTestServices: true })("a whole checkout", (it) => {
  it.effect("is 16 statements, and as many for 2 lines as for 200", () =>
    Effect.gen(function* () {
      const few = yield* bought(2)
      assert.strictEqual(few, 16)
      assert.strictEqual(yield* bought(200), few)
    })
  )
})
