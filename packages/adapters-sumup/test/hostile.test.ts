import { gzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import type { SellerKey } from "@rose-ash/cart-domain/page/SellerKeys"
import type { Asking } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Effect, Redacted } from "effect"
import { askingOf } from "./asking.ts"
import { goldenCreated } from "./goldenBodies.ts"
import { adapterOn } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"
import { serving } from "./server.ts"

const id = goldenCreated.id
const known = (asking: Asking): Asking => ({ ...asking, attempt: { ...asking.attempt, providerId: id } })

/** What SumUp would say of this attempt, with changes. */
const bodyOf = ({ attempt }: Asking, change: object = {}): string =>
  JSON.stringify({
    ...goldenCreated,
    checkout_reference: `ra-${attempt.id}`,
    amount: 12.4,
    currency: "GBP",
    merchant_code: attempt.merchantCode,
    ...change
  })

/** A read of an attempt that is answered like this. */
const readOf = Effect.fnUntraced(function* (
  answer: (asking: Asking) => { readonly headers?: Record<string, string>; readonly body: string | Buffer },
  { status = 200, key = bakery }: { readonly status?: number; readonly key?: SellerKey } = {}
) {
  const asking = known(askingOf(key))
  const { body, headers } = answer(asking)
  const server = yield* serving((_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body)
  })
  const adapter = yield* adapterOn(server.url, [key], { payOrigins: ["https://*.sumup.com"] })
  const asked = yield* Effect.result(adapter.read(asking))
  return { ...adapter, asked, asking, server }
})

const isUnreadable = (asked: { readonly _tag: string; readonly failure?: unknown }): void => {
  assert.strictEqual(asked._tag, "Failure")
  assert.deepInclude(asked.failure, { _tag: "PaymentProviderUnavailable", why: "unreadable" })
}

/** Told of a paid checkout: what is paid is told even when it differs, so nothing but these refuses it. */
const nonsense = [
  ["a fraction of a penny", { amount: 12.405 }],
  ["an amount beyond all numbers", { amount: 1e21 }],
  ["a negative amount", { amount: -12.4 }],
  ["an amount as text", { amount: "12.40" }],
  ["no amount", { amount: null }],
  ["half a peso", { amount: 1500.5, currency: "CLP" }],
  ["a currency that is none", { currency: "gbp" }],
  ["an id that climbs out of its path", { id: ".." }],
  ["an id with a path in it", { id: "a/../../v1/merchants" }],
  ["an id with a question in it", { id: "a?b=c" }],
  ["a reference with a line feed", { checkout_reference: "ra-\n" }],
  ["a status nobody knows", { status: "REFUNDED" }],
  ["a transaction without amount", { transactions: [{ id: "t", status: "SUCCESSFUL", currency: "GBP" }] }],
  ["a transaction of a status nobody knows", { transactions: [{ id: "t", status: "PAID" }] }],
  [
    "a transaction of an amount that is none",
    { transactions: [{ id: "t", status: "SUCCESSFUL", amount: 12.401, currency: "GBP" }] }
  ],
  [
    "one transaction told in two ways",
    {
      transactions: [
        { id: "t", status: "SUCCESSFUL", amount: 12.4, currency: "GBP" },
        { id: "t", status: "SUCCESSFUL", amount: 12.41, currency: "GBP" }
      ]
    }
  ]
] as const

const money = [
  [
    "the same transaction twice has it once",
    { amount: 12.4, currency: "GBP" },
    { minor: 1240, currency: "GBP" }
  ],
  [
    "money of another currency keeps its name",
    { amount: 12, currency: "JPY" },
    { minor: 12, currency: "JPY" }
  ],
  [
    "money of a currency with three digits",
    { amount: 1.234, currency: "KWD" },
    { minor: 1234, currency: "KWD" }
  ]
] as const

describe("an answer of SumUp", () => {
  it.live("in its golden form is read", () =>
    Effect.gen(function* () {
      const { asked } = yield* readOf((asking) => ({ body: bodyOf(asking) }))
      if (asked._tag !== "Success") return assert.fail(asked.failure._tag)
      assert.strictEqual(asked.success.payUrl, goldenCreated.hosted_checkout_url)
    })
  )

  for (const [what, change] of nonsense) {
    it.live(`with ${what} is no answer`, () =>
      Effect.gen(function* () {
        const { asked, server } = yield* readOf((asking) => ({
          body: bodyOf(asking, { status: "PAID", ...change })
        }))
        isUnreadable(asked)
        assert.lengthOf(server.seen, 1)
      })
    )
  }

  for (const [what, change, captured] of money) {
    it.live(`with ${what}`, () =>
      Effect.gen(function* () {
        const transaction = { id: "t", status: "SUCCESSFUL", ...change }
        const { asked } = yield* readOf((asking) => ({
          body: bodyOf(asking, {
            status: "PAID",
            transaction_id: "t",
            transactions: [transaction, transaction, { status: "FAILED" }]
          })
        }))
        if (asked._tag !== "Success") return assert.fail(asked.failure._tag)
        assert.deepEqual(asked.success.captured, [{ transactionId: "t", ...captured }])
      })
    )
  }

  it.live("with keys that are there without a value is read", () =>
    Effect.gen(function* () {
      const nothing = {
        transactions: null,
        transaction_id: null,
        hosted_checkout_url: null,
        valid_until: null
      }
      const { asked } = yield* readOf((asking) => ({ body: bodyOf(asking, nothing) }))
      if (asked._tag !== "Success") return assert.fail(asked.failure._tag)
    })
  )

  for (const url of [
    "javascript:alert(1)",
    "http://checkout.sumup.com/pay/1",
    "https://checkout.sumup.com.evil.example/pay/1",
    "https://evilsumup.com/pay/1",
    "https://checkout.sumup.com@evil.example/",
    "https://user:word@checkout.sumup.com/",
    "https://checkout.sumup.com:8443/pay/1",
    "//checkout.sumup.com/pay/1"
  ]) {
    it.live(`never sends a buyer to ${url}, and is read for what it says of money`, () =>
      Effect.gen(function* () {
        const { asked } = yield* readOf((asking) => ({ body: bodyOf(asking, { hosted_checkout_url: url }) }))
        if (asked._tag !== "Success") return assert.fail(asked.failure._tag)
        assert.isNull(asked.success.payUrl)
      })
    )
  }

  it.live("that grows when it is unpacked is cut off", () =>
    Effect.gen(function* () {
      const { asked } = yield* readOf((asking) => ({
        headers: { "content-encoding": "gzip" },
        body: gzipSync(bodyOf(asking, { padding: "x".repeat(20_000_000) }))
      }))
      isUnreadable(asked)
    })
  )

  it.live("is not asked for at all with a key that no header can carry, and nobody hears the key", () =>
    Effect.gen(function* () {
      const key = { ...bakery, key: Redacted.make("practice-key\r\nx-evil: 1") }
      const { asked, logs, server } = yield* readOf((asking) => ({ body: bodyOf(asking) }), { key })
      if (asked._tag !== "Failure") return assert.fail("not refused")
      assert.deepInclude(asked.failure, { _tag: "PaymentProviderRefused", why: "key" })
      assert.lengthOf(server.seen, 0)
      assert.notInclude(JSON.stringify(logs), "x-evil")
    })
  )
})
