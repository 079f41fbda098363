import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { asking } from "../../src/checkout/asking.ts"
import { Differences } from "../../src/checkout/Differences.ts"
import { Reconciling } from "../../src/checkout/Reconciling.ts"
import * as Domain from "../../src/Domain.ts"
import { Orders } from "../../src/order/Orders.ts"
import type { PageConfig } from "../../src/page/PageConfig.ts"
import { SellerKeys } from "../../src/page/SellerKeys.ts"
import type { Observation } from "../../src/payment/Observation.ts"
import { PaymentProvider } from "../../src/payment/PaymentProvider.ts"
import { ProviderLedger } from "../../src/payment/ProviderLedger.ts"
import { attemptOf, observe, order, someone } from "../../src/testing/acting.ts"
import * as Memory from "../../src/testing/Memory.ts"
import * as PaymentProviderScripted from "../../src/testing/PaymentProviderScripted.ts"
import { Scripted } from "../../src/testing/Scripted.ts"
import { Seeds } from "../../src/testing/Seeds.ts"
import { Instant } from "../../src/time/Instant.ts"

const ports = Layer.merge(Memory.layer, PaymentProviderScripted.layer)
/** Whose books break what compares them. */
const broken = "MBROKEN"
/** The scripted books, but of the time that was asked about: the port's promise. */
const windowed = Layer.effect(
  ProviderLedger,
  Effect.map(ProviderLedger, (all) =>
    ProviderLedger.of({
      since: (seller, since) =>
        seller.merchantCode === broken
          ? Effect.die(new Error("the store is away"))
          : Effect.map(all.since(seller, since), (facts) => facts.filter(({ at }) => at >= since))
    })
  )
)
const layer = Domain.layer.pipe(Layer.provideMerge(Layer.provideMerge(windowed, ports)))
const story = <A, E>(title: string, told: () => Effect.Effect<A, E, Layer.Success<typeof layer>>) =>
  it.effect(title, () => Effect.provide(Effect.suspend(told), Layer.fresh(layer)))
const always = Instant.make(0)

const waitingOn = Effect.fnUntraced(function* (page: Pick<PageConfig, "id">) {
  const [provider, seeds] = [yield* PaymentProvider, yield* Seeds]
  const placed = yield* order(yield* someone, yield* seeds.item({ pageId: page.id }))
  yield* observe(placed, yield* provider.open(asking(placed, attemptOf(placed))))
  return placed
})
const reconciled = Effect.fnUntraced(function* (since: Instant) {
  const { all } = yield* Reconciling
  const fiber = yield* Effect.forkChild(all(since))
  yield* TestClock.adjust("10 seconds")
  return yield* Fiber.join(fiber)
})
const open = Effect.flatMap(Differences, (kept) => kept.open("all")).pipe(
  Effect.map((all) => all.map(({ kind }) => kind))
)

story("a page that cannot be compared holds up no other, and is told", () =>
  Effect.gen(function* () {
    const [keys, seeds] = [yield* SellerKeys, yield* Seeds]
    const [first, second] = [yield* seeds.page({ name: "A" }), yield* seeds.page({ name: "B" })]
    yield* keys.save(first.id, broken, Redacted.make("practice-key-of-the-broken"))
    const found = yield* reconciled(always)
    const failures = new Map(found.map(({ failure, pageId }) => [pageId, failure]))
    assert.deepStrictEqual([failures.get(first.id), failures.get(second.id)], ["Broken", null])
  })
)

describe("what is no difference", () => {
  story("money that came while the books were being compared", () =>
    Effect.gen(function* () {
      const [provider, seeds, orders] = [yield* Scripted, yield* Seeds, yield* Orders]
      const page = yield* seeds.page()
      const first = yield* waitingOn(page)
      const second = yield* waitingOn(page)
      yield* provider.pay(attemptOf(first)) // read a moment ago: comparing waits two seconds for it
      const { all } = yield* Reconciling
      const fiber = yield* Effect.forkChild(all(always))
      yield* TestClock.adjust("1 second")
      yield* provider.pay(attemptOf(second))
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.join(fiber)
      assert.strictEqual((yield* orders.get(second.id)).state, "paid")
      assert.deepStrictEqual(yield* open, [])
    })
  )
  story("money that was taken before the time asked about and read within it", () =>
    Effect.gen(function* () {
      const [provider, seeds] = [yield* Scripted, yield* Seeds]
      const placed = yield* waitingOn(yield* seeds.page())
      yield* provider.pay(attemptOf(placed))
      yield* TestClock.adjust("4 days") // the service was down
      yield* reconciled(Instant.make(86_400_000))
      yield* TestClock.adjust("10 minutes")
      yield* reconciled(Instant.make(86_400_000))
      assert.deepStrictEqual(yield* open, [])
    })
  )
  story("money of the merchant that the page had before", () =>
    Effect.gen(function* () {
      const [provider, seeds, keys] = [yield* Scripted, yield* Seeds, yield* SellerKeys]
      const page = yield* seeds.page()
      const placed = yield* waitingOn(page)
      yield* provider.pay(attemptOf(placed))
      yield* TestClock.adjust("5 seconds")
      yield* reconciled(always)
      assert.deepStrictEqual(yield* open, [])
      yield* TestClock.adjust("10 minutes")
      yield* keys.save(page.id, "ANOTHER-1", Redacted.make("practice-key-of-another"))
      yield* reconciled(always)
      assert.deepStrictEqual(yield* open, [])
    })
  )
  story("money of an attempt that could not be read this time", () =>
    Effect.gen(function* () {
      const [provider, seeds] = [yield* Scripted, yield* Seeds]
      const placed = yield* waitingOn(yield* seeds.page())
      yield* provider.pay(attemptOf(placed))
      yield* TestClock.adjust("5 seconds")
      yield* provider.script({ trouble: { _tag: "Unreadable" }, call: "read", times: 9 })
      const [page] = yield* reconciled(always)
      assert.deepInclude(page, { failure: "PaymentProviderUnavailable", differences: 0 })
      assert.isAbove(yield* provider.troubled, 0)
      assert.deepStrictEqual(yield* open, [])
    })
  )
  story("but money that a clear answer about its attempt does not show is one", () =>
    Effect.gen(function* () {
      const [provider, seeds] = [yield* Scripted, yield* Seeds]
      const placed = yield* waitingOn(yield* seeds.page())
      yield* provider.pay(attemptOf(placed))
      yield* TestClock.adjust("5 seconds")
      const instead = (seen: Observation): Observation => ({
        ...seen,
        status: "PENDING",
        transactionId: null,
        captured: []
      })
      yield* provider.script({ trouble: { _tag: "Lies", instead }, call: "read", times: 9 })
      yield* reconciled(always)
      assert.deepStrictEqual(yield* open, ["unseen"])
    })
  )
})
