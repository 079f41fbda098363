import { assert, describe, it } from "@effect/vitest"
import { Currency, step } from "@rose-ash/cart-domain/money/Currency"
import { money, orderMost } from "@rose-ash/cart-domain/money/Money"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Redacted, Result, Schema } from "effect"
import * as fc from "fast-check"
import { checkoutRequest } from "../src/checkoutRequest.ts"
import { makeHintTokens } from "../src/HintToken.ts"
import { observation } from "../src/observation.ts"
import { SumUpCheckout } from "../src/SumUpCheckout.ts"
import { SumUpHistoryPage, SumUpTransaction } from "../src/SumUpTransaction.ts"
import { transactionFacts } from "../src/transactionFacts.ts"
import { minorOf } from "../src/wireMoney.ts"
import { askingOf } from "./asking.ts"
import { requestProblems } from "./conformance.ts"
import * as golden from "./goldenBodies.ts"
import { bakery } from "./sellerKeys.ts"

const config = {
  baseUrl: "https://api.sumup.com",
  publicUrl: "https://cart.example.org",
  hintKey: Redacted.make("practice-hint-key-of-32-characters"),
  payOrigins: ["https://*.sumup.com"],
  live: true
}
const hints = makeHintTokens(config.hintKey)
const currency = fc.constantFrom(...Currency.literals)
const decode = Schema.decodeUnknownSync(SumUpCheckout)

describe("an amount", () => {
  it("of any currency goes out as SumUp's document wants it and comes back to the penny", () => {
    void fc.assert(
      fc.property(currency, fc.integer({ min: 1, max: orderMost }), (code, drawn) => {
        const minor = Math.max(step(code), drawn - (drawn % step(code)))
        const asking = askingOf(bakery, { amount: money(minor, code) })
        const body = checkoutRequest(config, hints, asking)
        assert.deepEqual(requestProblems({ method: "POST", path: "/v0.1/checkouts", body }), [])
        const wire = JSON.parse(JSON.stringify(body))
        const paid = { id: "t-1", status: "SUCCESSFUL", amount: wire.amount, currency: wire.currency }
        const checkout = decode({
          ...wire,
          id: "c-1",
          status: "PAID",
          transaction_id: "t-1",
          transactions: [paid]
        })
        const seen = Result.getOrThrow(observation(asking, "read", checkout, config.payOrigins))
        assert.deepInclude(seen, { minor, currency: code })
        assert.deepEqual(seen.captured, [{ transactionId: "t-1", minor, currency: code }])
      }),
      { numRuns: 2000 }
    )
  })

  it("is exact or none: no wire amount between two pennies is taken for one of them", () => {
    for (const [major, code, minor] of [
      [1.15, "GBP", 115],
      [19.99, "EUR", 1999],
      [0.3, "EUR", 30],
      [0.1 + 0.2, "EUR", undefined],
      [10.005, "EUR", undefined],
      [131_072.01, "EUR", 13_107_201],
      [1e21, "EUR", undefined],
      [1500, "CLP", 1500],
      [1500.5, "CLP", undefined],
      [12, "JPY", 12],
      [12.5, "JPY", undefined],
      [1.234, "KWD", 1234],
      [1.2345, "KWD", undefined],
      [5.25, "CAD", 525]
    ] as const) {
      assert.strictEqual(minorOf(major, code), minor, `${major} ${code}`)
    }
  })
})

describe("the bodies that SumUp was seen to send", () => {
  it("are read: created, pending, failed, paid", () => {
    for (const [body, status] of [
      [golden.goldenCreated, "PENDING"],
      [golden.goldenPending, "PENDING"],
      [golden.goldenFailed, "FAILED"],
      [golden.goldenPaid, "PAID"]
    ] as const) {
      assert.strictEqual(decode(body).status, status)
    }
    assert.strictEqual(decode(golden.goldenCreated).merchant_sandbox, true)
    const seen = Result.getOrThrow(
      observation(askingOf(bakery), "read", decode(golden.goldenPaid), config.payOrigins)
    )
    assert.deepInclude(seen, {
      minor: 2345,
      merchantCode: "merchant-sandbox",
      transactionId: "transaction-paid-1"
    })
    assert.deepEqual(seen.captured, [{ transactionId: "transaction-paid-1", minor: 2345, currency: "GBP" }])
  })

  it("after a refund tell of it only in the events", () => {
    const transaction = Schema.decodeUnknownSync(SumUpTransaction)(golden.goldenRefundedTransaction)
    const at = "2026-08-01T10:00:00.000Z"
    assert.deepInclude(transactionFacts({ ...transaction, timestamp: at }), {
      minor: 2345,
      refunded: 2345,
      chargedBack: 0,
      at: Instant.make(Date.parse(at))
    })
    assert.isUndefined(transactionFacts(transaction))
    const page = Schema.decodeUnknownSync(SumUpHistoryPage)(golden.goldenHistory)
    assert.deepEqual(
      page.items.map(({ refunded_amount, type }) => [type, refunded_amount]),
      [
        ["PAYMENT", 23.45],
        ["REFUND", undefined]
      ]
    )
  })
})
