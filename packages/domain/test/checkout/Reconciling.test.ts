import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, HashMap, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { asking } from "../../src/checkout/asking.ts"
import { Differences } from "../../src/checkout/Differences.ts"
import { Reconciling } from "../../src/checkout/Reconciling.ts"
import * as Domain from "../../src/Domain.ts"
import { Events } from "../../src/event/Events.ts"
import { Orders } from "../../src/order/Orders.ts"
import { SellerKeys } from "../../src/page/SellerKeys.ts"
import { PaymentProvider } from "../../src/payment/PaymentProvider.ts"
import { ProviderLedger } from "../../src/payment/ProviderLedger.ts"
import { answering, attemptOf, observe, order, someone } from "../../src/testing/acting.ts"
import * as Memory from "../../src/testing/Memory.ts"
import * as PaymentProviderScripted from "../../src/testing/PaymentProviderScripted.ts"
import { rejectedMerchant, Scripted } from "../../src/testing/Scripted.ts"
import { Seeds } from "../../src/testing/Seeds.ts"
import { World, wrote } from "../../src/testing/World.ts"
import { Instant } from "../../src/time/Instant.ts"

const layer = Domain.layer.pipe(Layer.provideMerge(Layer.merge(Memory.layer, PaymentProviderScripted.layer)))
const story = <A, E>(title: string, told: () => Effect.Effect<A, E, Layer.Success<typeof layer>>) =>
  it.effect(title, () => Effect.provide(Effect.suspend(told), Layer.fresh(layer)))
const always = Instant.make(0)

/** An order whose payment page is open at the provider. */
const waiting = Effect.gen(function* () {
  const [provider, seeds] = [yield* PaymentProvider, yield* Seeds]
  const page = yield* seeds.page()
  const placed = yield* order(yield* someone, yield* seeds.item({ pageId: page.id }))
  yield* observe(placed, yield* provider.open(asking(placed, attemptOf(placed))))
  return { page, placed }
})
const reconciledBy = Effect.fnUntraced(function* <E, R>(made: Effect.Effect<Reconciling["Service"], E, R>) {
  const { all } = yield* made
  const fiber = yield* Effect.forkChild(all(always))
  yield* TestClock.adjust("10 seconds")
  return yield* Fiber.join(fiber)
})
const reconciled = reconciledBy(Reconciling)
/** With books that call every payment so large. */
const saying = Effect.fnUntraced(function* (minor: number) {
  const books = yield* ProviderLedger
  const since: typeof books.since = (seller, since) =>
    Effect.map(books.since(seller, since), (all) => all.map((facts) => ({ ...facts, minor })))
  return yield* Effect.provideService(Reconciling.make, ProviderLedger, { since })
})

describe("the provider's books and ours", () => {
  story("agree after a payment that nobody told us of: the order is paid, and nothing differs", () =>
    Effect.gen(function* () {
      const [orders, provider] = [yield* Orders, yield* Scripted]
      const { placed } = yield* waiting
      yield* provider.pay(attemptOf(placed))
      yield* TestClock.adjust("5 seconds")
      const [page] = yield* reconciled
      assert.deepInclude(page, { failure: null, payments: 1, received: placed.total, differences: 0 })
      assert.strictEqual((yield* orders.get(placed.id)).state, "paid")
      assert.deepStrictEqual(yield* reconciled, [page])
    })
  )
  story("agree after money was paid back by somebody at the provider: it is told, once", () =>
    Effect.gen(function* () {
      const [events, provider] = [yield* Events, yield* Scripted]
      const { placed } = yield* waiting
      yield* provider.pay(attemptOf(placed))
      yield* TestClock.adjust("5 seconds")
      yield* reconciled
      const [taken] = (yield* provider.books).transactions
      yield* provider.payBack(taken?.transactionId ?? "", 100)
      yield* reconciled
      yield* reconciled
      const told = (yield* events.ofOrder(placed.id)).map(({ data }) => data._tag)
      assert.deepStrictEqual(told, ["order.created", "order.paid", "order.refunded"])
    })
  )
  story("differ by money of an order that is gone: once, until a person says what became of it", () =>
    Effect.gen(function* () {
      const [differences, provider, world] = [yield* Differences, yield* Scripted, yield* World]
      const { page, placed } = yield* waiting
      yield* provider.pay(attemptOf(placed))
      yield* world.step("lost", (state) =>
        wrote(undefined, { ...state, orders: HashMap.remove(state.orders, placed.id) })
      )
      const [first] = yield* reconciled
      assert.deepInclude(first, { payments: 1, differences: 1 })
      yield* reconciled
      const [orphan, ...more] = yield* differences.open([page.id])
      assert.deepStrictEqual(more, [])
      assert.deepInclude(orphan, { kind: "orphan", minor: placed.total, currency: "GBP" })
      yield* differences.answer("all", orphan?.id ?? "", { by: "wren", answer: "Refunded at SumUp." })
      assert.deepStrictEqual(yield* differences.open("all"), [])
    })
  )
  story("are compared once a night, whoever else would", () =>
    Effect.gen(function* () {
      const { nightly } = yield* Reconciling
      yield* waiting
      const compared = (night: number) => Effect.map(nightly(night, always), ({ length }) => length)
      const all = yield* Effect.forkChild(Effect.all([compared(7), compared(7), compared(8), compared(8)]))
      yield* TestClock.adjust("10 seconds")
      assert.deepStrictEqual(yield* Fiber.join(all), [1, 0, 1, 0])
    })
  )
  story("differ anew when the sum of what was answered changes", () =>
    Effect.gen(function* () {
      const [differences, provider] = [yield* Differences, yield* Scripted]
      const { placed } = yield* waiting
      yield* provider.pay(attemptOf(placed))
      yield* TestClock.adjust("5 seconds")
      yield* reconciled
      const differing = (minor: number) =>
        Effect.andThen(reconciledBy(saying(minor)), differences.open("all"))
      const [first] = yield* differing(placed.total + 1)
      assert.deepInclude(first, { kind: "amount", minor: placed.total + 1 })
      yield* differences.answer("all", first?.id ?? "", { by: "wren", answer: "A penny for the jar." })
      assert.deepStrictEqual(yield* differing(placed.total + 1), [])
      const [second, ...more] = yield* differing(placed.total + 2)
      assert.deepInclude(second, { kind: "amount", minor: placed.total + 2 })
      assert.deepStrictEqual(more, [])
    })
  )
  story("differ by money that the provider has not, and one dead key holds up no other page", () =>
    Effect.gen(function* () {
      const [differences, seeds] = [yield* Differences, yield* Seeds]
      const { page, placed } = yield* waiting
      yield* observe(placed, answering(attemptOf(placed), { status: "PAID" }))
      yield* TestClock.adjust("6 minutes")
      const [dead, keys] = [yield* seeds.page(), yield* SellerKeys]
      yield* keys.save(dead.id, `${rejectedMerchant}-1`, Redacted.make("practice-key-that-died"))
      const all = yield* reconciled
      const failures = new Map(all.map(({ failure, pageId }) => [pageId, failure]))
      assert.deepStrictEqual([failures.get(dead.id), failures.get(page.id)], ["PaymentProviderRefused", null])
      assert.deepStrictEqual(
        (yield* differences.open([page.id])).map(({ kind }) => kind),
        ["missing"]
      )
    })
  )
})
