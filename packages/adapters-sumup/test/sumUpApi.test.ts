import { assert, describe } from "@effect/vitest"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Redacted } from "effect"
import { transactionFacts } from "../src/transactionFacts.ts"
import { askingOf } from "./asking.ts"
import { live } from "./paid.ts"
import { bakery, forge } from "./sellerKeys.ts"

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
        at: before?.at ?? Instant.make(0)
      })
      yield* api.refund(by, transactionId, 2.4)
      yield* api.refund(by, transactionId, 1)
      assert.deepInclude(yield* factsNow, { refunded: 340, chargedBack: 0 })
      fake.provider.payments.chargeback(transactionId)
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
