import { assert, describe, it } from "@effect/vitest"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { Effect, Option } from "effect"
import { askingOf } from "./asking.ts"
import { practice, publicUrl } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"

describe("opening an attempt", () => {
  it.live("asks for exactly what is to be paid, and tells what SumUp made of it", () =>
    Effect.gen(function* () {
      const { calls, hint, ledger, open, url } = yield* practice()
      const asking = askingOf(bakery)
      const seen = yield* open(asking)
      const [call] = calls
      assert.lengthOf(calls, 1)
      assert.strictEqual(call?.method, "POST")
      assert.strictEqual(call?.url.href, `${url}/v0.1/checkouts`)
      const { return_url: returnUrl, ...body } = Object(call?.body)
      assert.deepEqual(body, {
        checkout_reference: `ra-${asking.attempt.id}`,
        amount: 12.4,
        currency: "GBP",
        merchant_code: bakery.merchantCode,
        description: "Ash Bakery order RA-7K4M-Q2XD",
        redirect_url: `${publicUrl}/orders/RA-7K4M-Q2XD/return`,
        valid_until: new Date(asking.attempt.validUntil).toISOString(),
        hosted_checkout: { enabled: true }
      })
      const token = /^http:\/\/127\.0\.0\.1:9\/webhooks\/sumup\/([\w-]+)$/.exec(returnUrl)?.[1] ?? ""
      assert.deepEqual(hint(token), Option.some(asking.attempt.id))
      assert.strictEqual(ledger.checkout(seen.providerId)?.reference, reference(asking.attempt.id))
      assert.deepEqual(seen, {
        attemptId: asking.attempt.id,
        via: "open",
        status: "PENDING",
        reference: reference(asking.attempt.id),
        providerId: seen.providerId,
        merchantCode: bakery.merchantCode,
        minor: 1240,
        currency: "GBP",
        transactionId: null,
        captured: [],
        payUrl: `${url}/pay/c-${seen.providerId}`
      })
    })
  )

  it.live("done twice is one checkout, found again by its reference", () =>
    Effect.gen(function* () {
      const { ledger, open } = yield* practice()
      const asking = askingOf(bakery)
      const first = yield* open(asking)
      const again = yield* open(asking)
      assert.deepEqual(again, { ...first, via: "list" })
      assert.lengthOf([...ledger.checkouts()], 1)
    })
  )

  it.live("cuts a long name, never the number, and no character in half", () =>
    Effect.gen(function* () {
      const { calls, open } = yield* practice()
      const asking = { ...askingOf(bakery), pageName: `${"a".repeat(80)}🥖🥖` }
      yield* open(asking)
      const { description } = Object(calls[0]?.body)
      assert.strictEqual(description, `${"a".repeat(80)} order RA-7K4M-Q2XD`)
      assert.isTrue(description.isWellFormed())
    })
  )

  it.live("tells of money that came before the answer did", () =>
    Effect.gen(function* () {
      const { faults, fired, open } = yield* practice()
      faults.add({ fault: "webhook-before-201", with: { pay: true } })
      const seen = yield* open(askingOf(bakery))
      assert.strictEqual(fired("webhook-before-201"), 1)
      assert.strictEqual(seen.status, "PAID")
      assert.deepEqual(
        seen.captured.map(({ minor }) => minor),
        [1240]
      )
    })
  )
})

describe("a payment page", () => {
  it.live("of a sandbox is refused where real money is taken", () =>
    Effect.gen(function* () {
      const { open } = yield* practice({ live: true })
      const error = yield* Effect.flip(open(askingOf(bakery)))
      assert.deepInclude(error, { _tag: "PaymentProviderRefused", why: "account" })
    })
  )

  it.live("of another address than SumUp's is no page to send a buyer to", () =>
    Effect.gen(function* () {
      const { calls, open } = yield* practice({ payOrigins: ["https://*.sumup.com"] })
      const error = yield* Effect.flip(open(askingOf(bakery)))
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "unreadable" })
      assert.isAbove(calls.length, 0)
    })
  )
})
