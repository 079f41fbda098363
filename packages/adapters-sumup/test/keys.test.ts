import { assert, describe, it } from "@effect/vitest"
import type { SellerKey } from "@rose-ash/cart-domain/page/SellerKeys"
import type { PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Redacted } from "effect"
import { askingOf, opened } from "./asking.ts"
import { adapterOn, practice, practiceProvider } from "./practice.ts"
import { bakery, forge, rotated, sellerKey } from "./sellerKeys.ts"

const bearer = ({ key }: SellerKey): string => `Bearer ${Redacted.value(key)}`

describe("a call for one page", () => {
  it.live("never carries another page's key, however calls are mixed", () =>
    Effect.gen(function* () {
      const sellers = [bakery, forge, sellerKey("hill-farm")]
      const { calls, deactivate, faults, open, read } = yield* practice({}, {}, sellers)
      const ofReference = new Map<string, SellerKey>()
      for (const fault of ["create-then-drop", "500", "key-revoked"] as const) {
        faults.add({ fault, match: { nth: 7 } })
      }
      const one = Effect.fnUntraced(function* (index: number) {
        const seller = sellers[index % sellers.length] ?? bakery
        const asking = askingOf(seller)
        ofReference.set(`ra-${asking.attempt.id}`, seller)
        yield* Effect.sleep(index % 7)
        const seen = yield* open(asking)
        ofReference.set(seen.providerId, seller)
        yield* read(opened(asking, seen))
        yield* deactivate(opened(asking, seen))
      })
      yield* Effect.all(
        Array.from({ length: 45 }, (_, index) => Effect.result(one(index))),
        { concurrency: 10 }
      )
      for (const { body, headers, url } of calls) {
        const { checkout_reference: created, merchant_code: merchant } = Object(body)
        const of = created ?? url.searchParams.get("checkout_reference") ?? url.pathname.split("/").at(-1)
        const owner = ofReference.get(of)
        assert.isDefined(owner)
        assert.strictEqual(headers.get("authorization"), owner && bearer(owner))
        if (merchant !== undefined) assert.strictEqual(merchant, owner?.merchantCode)
      }
      assert.strictEqual(new Set(calls.map(({ headers }) => headers.get("authorization"))).size, 3)
    })
  )

  it.live("is not made at all when the store hands out a key of another page or merchant", () =>
    Effect.gen(function* () {
      const { url } = yield* practice()
      for (const strange of [
        { ...bakery, pageId: PageId.make("another-page") },
        { ...bakery, merchantCode: "MANOTHER" }
      ]) {
        const { calls, open, read } = yield* adapterOn(url, [strange])
        for (const use of [open, read]) {
          const error = yield* Effect.flip(use(askingOf(bakery, { providerId: "c-1" })))
          assert.deepInclude(error, { _tag: "PaymentProviderRefused", why: "key" })
        }
        assert.lengthOf(calls, 0)
      }
    })
  )
})

/** An attempt opened with the first key, which is then worthless; the page has a newer one. */
const withRotated = Effect.fnUntraced(function* (newer: ReadonlyArray<SellerKey>) {
  const fake = yield* practiceProvider()
  const keys = [bakery]
  const adapter = yield* adapterOn(fake.url, keys)
  const created = askingOf(bakery)
  const asking = opened(created, yield* adapter.open(created))
  fake.provider.merchants.rotate(bakery.merchantCode, false)
  for (const { key, merchantCode } of newer) {
    fake.provider.merchants.add({
      api_key: Redacted.value(key),
      merchant_code: merchantCode,
      country: "GB",
      default_currency: "GBP",
      sandbox: true,
      name: merchantCode
    })
  }
  keys.push(...newer)
  adapter.calls.length = 0
  return { ...adapter, asking, fake }
})

describe("a key that was replaced", () => {
  type Use = Extract<keyof PaymentProvider["Service"], "open" | "read" | "deactivate">
  for (const use of ["open", "read", "deactivate"] as const satisfies ReadonlyArray<Use>) {
    it.live(`gives way to the newest of the same merchant: ${use}`, () =>
      Effect.gen(function* () {
        const next = rotated(bakery, "practice-key-ash-bakery-2")
        const house = yield* withRotated([next])
        yield* house[use](house.asking)
        assert.strictEqual(house.calls[0]?.headers.get("authorization"), bearer(bakery))
        assert.isAbove(house.calls.length, 1)
        for (const { headers } of house.calls.slice(1)) {
          assert.strictEqual(headers.get("authorization"), bearer(next))
        }
      })
    )
  }

  it.live("is not shown again for a while once it was rejected", () =>
    Effect.gen(function* () {
      const next = rotated(bakery, "practice-key-ash-bakery-2")
      const { asking, calls, read } = yield* withRotated([next])
      yield* read(asking)
      yield* read(asking)
      yield* read(asking)
      assert.deepEqual(
        calls.map(({ headers }) => headers.get("authorization")),
        [bearer(bakery), bearer(next), bearer(next), bearer(next)]
      )
    })
  )

  it.live("is replaced for no other reason than being dead", () =>
    Effect.gen(function* () {
      const next = rotated(bakery, "practice-key-ash-bakery-2")
      const { calls, faults, open, read } = yield* practice({}, {}, [bakery, next])
      const asking = askingOf(bakery)
      const known = opened(asking, yield* open(asking))
      for (const fault of ["not-found", "unknown-status", "scope-403"] as const) {
        faults.add({ fault })
        yield* Effect.flip(read(known))
      }
      assert.lengthOf(calls, 4)
      for (const { headers } of calls) assert.strictEqual(headers.get("authorization"), bearer(bakery))
    })
  )

  it.live("is never replaced by one of another merchant", () =>
    Effect.gen(function* () {
      const other = { ...rotated(bakery, "practice-key-other"), merchantCode: "MOTHER" }
      const { asking, calls, read } = yield* withRotated([other])
      const error = yield* Effect.flip(read(asking))
      assert.deepInclude(error, { _tag: "PaymentProviderRefused", why: "key" })
      assert.lengthOf(calls, 1)
    })
  )

  it.live("that is lost from the store gives way as well", () =>
    Effect.gen(function* () {
      const fake = yield* practiceProvider()
      const { calls, open } = yield* adapterOn(fake.url, [bakery])
      const asking = askingOf(rotated(bakery, "lost"))
      assert.strictEqual((yield* open(asking)).status, "PENDING")
      assert.lengthOf(calls, 1)
    })
  )

  it.live("and whose newest is dead too is refused after both", () =>
    Effect.gen(function* () {
      const next = rotated(bakery, "practice-key-ash-bakery-2")
      const { asking, calls, fake, read } = yield* withRotated([next])
      fake.provider.merchants.revoke(bakery.merchantCode)
      const error = yield* Effect.flip(read(asking))
      assert.deepInclude(error, { _tag: "PaymentProviderRefused", why: "key" })
      assert.lengthOf(calls, 2)
    })
  )
})
