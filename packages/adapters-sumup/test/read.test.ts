import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { askingOf } from "./asking.ts"
import { practice, practiceWithOpen } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"

const reads = { method: "GET", path: "/v0.1/checkouts/*" } as const
const list = { method: "GET", path: "/v0.1/checkouts" } as const

describe("reading an attempt", () => {
  it.live("tells what SumUp says: pending, failed, paid with its transaction", () =>
    Effect.gen(function* () {
      const { asking, buyer, id, ledger, read } = yield* practiceWithOpen()
      assert.deepInclude(yield* read(asking), { via: "read", status: "PENDING", captured: [] })
      buyer.decline(id)
      assert.deepInclude(yield* read(asking), { status: "FAILED", captured: [], transactionId: null })
      buyer.pay(id)
      const transaction = ledger.checkout(id)?.transactionIds.at(1) ?? "none"
      assert.deepInclude(yield* read(asking), {
        status: "PAID",
        transactionId: transaction,
        captured: [{ transactionId: transaction, minor: 1240, currency: "GBP" }]
      })
    })
  )

  it.live("tells every payment of two, and another amount than was asked", () =>
    Effect.gen(function* () {
      const { asking, buyer, faults, fired, id, read } = yield* practiceWithOpen()
      faults.add({ fault: "pay-twice" })
      faults.add({ fault: "wrong-amount", with: { by: 100 } })
      buyer.pay(id)
      assert.strictEqual(fired("pay-twice"), 1)
      assert.strictEqual(fired("wrong-amount"), 1)
      const seen = yield* read(asking)
      assert.deepEqual(
        seen.captured.map(({ minor }) => minor),
        [1340, 1340]
      )
      assert.strictEqual(seen.minor, 1240)
    })
  )

  it.live("whose page was never noted looks for it by its reference", () =>
    Effect.gen(function* () {
      const { buyer, calls, created, id, read } = yield* practiceWithOpen()
      buyer.pay(id)
      const seen = yield* read(created)
      assert.deepInclude(seen, { via: "list", status: "PAID", providerId: id })
      assert.deepEqual(
        calls.map(({ url }) => url.search),
        [`?checkout_reference=ra-${created.attempt.id}`]
      )
    })
  )

  it.live("that was never made is not found, and only an empty list says so", () =>
    Effect.gen(function* () {
      const { read } = yield* practice()
      const error = yield* Effect.flip(read(askingOf(bakery)))
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "not_found" })
    })
  )

  it.live("that SumUp does not know any more is not found", () =>
    Effect.gen(function* () {
      const { asking, faults, fired, read } = yield* practiceWithOpen()
      faults.add({ fault: "not-found", match: reads })
      const error = yield* Effect.flip(read(asking))
      assert.strictEqual(fired("not-found"), 1)
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "not_found" })
    })
  )

  it.live("ignores keys it does not know", () =>
    Effect.gen(function* () {
      const { asking, faults, fired, read } = yield* practiceWithOpen()
      faults.add({ fault: "extra-keys", match: reads })
      assert.strictEqual((yield* read(asking)).status, "PENDING")
      assert.strictEqual(fired("extra-keys"), 1)
    })
  )

  it.live("may be told an old truth, and tells it", () =>
    Effect.gen(function* () {
      const { asking, buyer, faults, fired, id, read } = yield* practiceWithOpen()
      buyer.pay(id)
      faults.add({ fault: "stale", match: reads, with: { s: 60 }, times: 1 })
      assert.deepInclude(yield* read(asking), { status: "PENDING", captured: [] })
      assert.strictEqual(fired("stale"), 1)
      assert.strictEqual((yield* read(asking)).status, "PAID")
    })
  )

  it.live("that is paid but shows no transaction says exactly that", () =>
    Effect.gen(function* () {
      const { asking, buyer, faults, fired, id, read } = yield* practiceWithOpen()
      buyer.pay(id)
      faults.add({ fault: "no-transaction-id", match: reads })
      assert.deepInclude(yield* read(asking), { status: "PAID", transactionId: null, captured: [] })
      assert.strictEqual(fired("no-transaction-id"), 1)
    })
  )
})

describe("a lie about an attempt", () => {
  for (const field of ["amount", "currency", "merchant_code", "checkout_reference", "id"]) {
    it.live(`is told when it is about money that came, and believed in nothing else: ${field}`, () =>
      Effect.gen(function* () {
        const { asking, buyer, faults, fired, id, read } = yield* practiceWithOpen()
        faults.add({ fault: "wrong", match: reads, with: { field }, times: 2 })
        const error = yield* Effect.flip(read(asking))
        assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "unreadable" })
        buyer.pay(id)
        const lie = yield* read(asking)
        const truth = yield* read(asking)
        assert.strictEqual(fired("wrong"), 2)
        assert.strictEqual(lie.status, "PAID")
        assert.notDeepEqual(lie, truth)
      })
    )
  }
})

describe("a list of other things than were asked for", () => {
  it.live("says nothing about the attempt, not even of money", () =>
    Effect.gen(function* () {
      const { buyer, created, faults, fired, id, read } = yield* practiceWithOpen()
      buyer.pay(id)
      faults.add({ fault: "wrong", match: list, with: { field: "checkout_reference" } })
      const error = yield* Effect.flip(read(created))
      assert.strictEqual(fired("wrong"), 1)
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "unreadable" })
    })
  )
})

describe("an answer that is none", () => {
  for (const [fault, given] of [
    ["unknown-status", {}],
    ["wrong-types", {}],
    ...["id", "status", "amount", "currency", "merchant_code", "checkout_reference"].map(
      (key) => ["missing", { key }] as const
    ),
    ["truncate", {}],
    ["bad-json", {}],
    ["html", { status: 200 }],
    ["empty-200", {}],
    ["oversize", { bytes: 10_000_000 }],
    ["redirect", {}]
  ] as const) {
    it.live(`changes nothing and is asked for once: ${fault} ${JSON.stringify(given)}`, () =>
      Effect.gen(function* () {
        const { asking, buyer, calls, created, faults, fired, id, read } = yield* practiceWithOpen()
        buyer.pay(id)
        faults.add({ fault, match: reads, with: given })
        faults.add({ fault, match: list, with: given })
        for (const asked of [asking, created]) {
          const error = yield* Effect.flip(read(asked))
          assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "unreadable" })
        }
        assert.strictEqual(fired(fault), 2)
        assert.lengthOf(calls, 2)
        assert.strictEqual((yield* read(asking)).status, "PAID")
      })
    )
  }
})
