import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { FetchHttpClient } from "effect/http"
import { makeExchange } from "../src/Exchange.ts"
import { makeSellers } from "../src/Sellers.ts"
import { makeSumUpApi } from "../src/SumUpApi.ts"
import { type Caller, makeSumUpCalls } from "../src/SumUpCalls.ts"
import { transactionFacts } from "../src/transactionFacts.ts"
import { askingOf, opened } from "./asking.ts"
import { requestProblems } from "./conformance.ts"
import { practice, type Recorded, recording } from "./practice.ts"
import { bakery, forge } from "./sellerKeys.ts"

/** SumUp's operations on a practice provider with one paid checkout. */
const withPaid = Effect.fnUntraced(function* () {
  const house = yield* practice()
  const created = askingOf(bakery)
  const seen = yield* house.open(created)
  house.buyer.pay(seen.providerId)
  const paid = yield* house.read(opened(created, seen))
  const calls: Array<Recorded> = []
  const exchange = yield* makeExchange(house.url)
  const api = makeSumUpApi(makeSumUpCalls(exchange, yield* makeSellers))
  yield* Effect.addFinalizer(() =>
    Effect.sync(() => {
      for (const { body, method, url } of calls) {
        assert.deepEqual(requestProblems({ method, path: `${url.pathname}${url.search}`, body }), [])
      }
    })
  )
  const by: Caller = { merchantCode: bakery.merchantCode, key: bakery.key, until: Date.now() + 5000 }
  return { ...house, api, by, calls, created, transactionId: paid.transactionId ?? "" }
})

const live = (
  name: string,
  test: (world: Effect.Success<ReturnType<typeof withPaid>>) => Effect.Effect<unknown, unknown>
) =>
  it.live(name, () =>
    Effect.gen(function* () {
      const world = yield* withPaid()
      yield* Effect.provideService(test(world), FetchHttpClient.Fetch, recording(world.calls))
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )

describe("a key", () => {
  live("is asked whose it is", ({ api, by }) =>
    Effect.gen(function* () {
      assert.deepInclude(yield* api.merchant(by), {
        merchant_code: bakery.merchantCode,
        default_currency: "GBP",
        sandbox: true
      })
    })
  )

  live("of another merchant is not this merchant's, and a wrong one is nobody's", ({ api, by }) =>
    Effect.gen(function* () {
      const other = yield* Effect.flip(api.merchant({ ...by, key: forge.key }))
      assert.strictEqual(other.trouble, "not_found")
      const wrong = yield* Effect.flip(api.merchant({ ...by, key: Redacted.make("practice-key-nobody") }))
      assert.strictEqual(wrong.trouble, "key")
    })
  )
})

describe("a transaction", () => {
  live("is told with what was paid back and taken back", ({ api, by, created, fake, transactionId }) =>
    Effect.gen(function* () {
      const factsNow = Effect.map(api.transaction(by, transactionId), transactionFacts)
      const before = yield* factsNow
      assert.deepEqual(before, {
        transactionId,
        reference: `ra-${created.attempt.id}`,
        minor: 1240,
        currency: "GBP",
        refunded: 0,
        chargedBack: 0,
        at: before?.at ?? Number.NaN
      })
      yield* api.refund(by, transactionId, 2.4)
      yield* api.refund(by, transactionId, 1)
      assert.deepInclude(yield* factsNow, { refunded: 340, chargedBack: 0 })
      fake.provider.refunds.chargeback(transactionId)
      assert.deepInclude(yield* factsNow, { refunded: 340, chargedBack: 900 })
    })
  )

  live("that is not there yet is looked for, not invented", ({ api, by, faults, fired, transactionId }) =>
    Effect.gen(function* () {
      faults.add({ fault: "transactions-404" })
      assert.strictEqual((yield* Effect.flip(api.transaction(by, transactionId))).trouble, "not_found")
      assert.strictEqual(fired("transactions-404"), 1)
    })
  )
})

describe("a refund", () => {
  live("of all that is left names no amount", ({ api, by, calls, transactionId }) =>
    Effect.gen(function* () {
      yield* api.refund(by, transactionId, null)
      assert.strictEqual(calls[0]?.method, "POST")
      assert.isUndefined(calls[0]?.body)
      assert.deepInclude(transactionFacts(yield* api.transaction(by, transactionId)), { refunded: 1240 })
    })
  )

  live(
    "is asked for once, whatever becomes of the answer",
    ({ api, by, calls, faults, fired, transactionId }) =>
      Effect.gen(function* () {
        for (const fault of ["500", "drop-before", "429"] as const) {
          faults.add({ fault, match: { method: "POST" } })
          yield* Effect.flip(api.refund(by, transactionId, 1))
          assert.strictEqual(fired(fault), 1)
        }
        assert.lengthOf(calls, 2 + 1)
      })
  )

  live(
    "that is too much, too late or still to come is told apart",
    ({ api, by, faults, fired, transactionId }) =>
      Effect.gen(function* () {
        assert.strictEqual((yield* Effect.flip(api.refund(by, transactionId, 13))).trouble, "request")
        faults.add({ fault: "refund-pending" })
        yield* api.refund(by, transactionId, 2)
        assert.strictEqual(fired("refund-pending"), 1)
        assert.deepInclude(transactionFacts(yield* api.transaction(by, transactionId)), { refunded: 0 })
        yield* api.refund(by, transactionId, null)
        assert.strictEqual((yield* Effect.flip(api.refund(by, transactionId, 1))).trouble, "conflict")
        assert.strictEqual((yield* Effect.flip(api.refund(by, "t-unknown", 1))).trouble, "not_found")
      })
  )
})

describe("a merchant's history", () => {
  live("comes page by page, and its next page is asked for as SumUp says", ({ api, buyer, by, open }) =>
    Effect.gen(function* () {
      for (let count = 0; count < 104; count++) buyer.pay((yield* open(askingOf(bakery))).providerId)
      const since = new Date(Date.now() - 60_000).toISOString()
      const first = yield* api.history(by, { since })
      assert.lengthOf(first.items, 100)
      const next = first.links?.find(({ rel }) => rel === "next")?.href ?? ""
      const second = yield* api.history(by, { next })
      assert.lengthOf(second.items, 5)
      assert.isUndefined(second.links?.find(({ rel }) => rel === "next"))
      const ids = new Set([...first.items, ...second.items].map(({ transaction_id }) => transaction_id))
      assert.strictEqual(ids.size, 105)
    })
  )

  live("has refunds as lines of their own", ({ api, by, transactionId }) =>
    Effect.gen(function* () {
      yield* api.refund(by, transactionId, 2.4)
      const { items } = yield* api.history(by, { since: new Date(Date.now() - 60_000).toISOString() })
      assert.deepEqual(
        items.map(({ amount, refunded_amount, transaction_id, type }) => [
          type,
          transaction_id,
          amount,
          refunded_amount
        ]),
        [
          ["PAYMENT", transactionId, 12.4, 2.4],
          ["REFUND", transactionId, 2.4, undefined]
        ]
      )
    })
  )
})
