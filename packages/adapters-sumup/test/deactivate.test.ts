import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { askingOf } from "./asking.ts"
import { practice, practiceWithOpen } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"

const deletes = { method: "DELETE", path: "/v0.1/checkouts/*" } as const
const reads = { method: "GET", path: "/v0.1/checkouts/*" } as const

describe("deactivating an attempt", () => {
  it.live("closes its page and reads what became of it", () =>
    Effect.gen(function* () {
      const { asking, calls, deactivate, id, ledger } = yield* practiceWithOpen()
      const seen = yield* deactivate(asking)
      assert.deepInclude(seen, { via: "deactivate", status: "EXPIRED" })
      assert.isTrue(ledger.checkout(id)?.deactivated)
      assert.deepEqual(
        calls.map(({ method }) => method),
        ["DELETE", "GET"]
      )
    })
  )

  it.live("of one that is paid finds it paid", () =>
    Effect.gen(function* () {
      const { asking, buyer, deactivate, id } = yield* practiceWithOpen()
      buyer.pay(id)
      assert.deepInclude(yield* deactivate(asking), { via: "read", status: "PAID" })
    })
  )

  it.live("while a bank is asked finds it pending", () =>
    Effect.gen(function* () {
      const { asking, buyer, deactivate, id } = yield* practiceWithOpen()
      buyer.askBank(id, "0042")
      assert.deepInclude(yield* deactivate(asking), { via: "read", status: "PENDING" })
    })
  )

  it.live("that SumUp refuses is read all the same", () =>
    Effect.gen(function* () {
      const { asking, deactivate, faults, fired } = yield* practiceWithOpen()
      faults.add({ fault: "delete-refused", match: deletes })
      assert.deepInclude(yield* deactivate(asking), { via: "read", status: "PENDING" })
      assert.strictEqual(fired("delete-refused"), 1)
    })
  )

  it.live("whose page was never noted finds it by its reference and closes it", () =>
    Effect.gen(function* () {
      const { created, deactivate, id } = yield* practiceWithOpen()
      const seen = yield* deactivate(created)
      assert.deepInclude(seen, { via: "deactivate", status: "EXPIRED", providerId: id })
    })
  )

  it.live("that was never made is not found", () =>
    Effect.gen(function* () {
      const { calls, deactivate } = yield* practice()
      const error = yield* Effect.flip(deactivate(askingOf(bakery)))
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "not_found" })
      assert.lengthOf(calls, 1)
    })
  )
})

describe("a closing whose answer", () => {
  for (const [fault, given, status] of [
    ["500", { effect: "done" }, "EXPIRED"],
    ["500", { effect: "none" }, "PENDING"],
    ["drop-before", {}, "PENDING"],
    ["truncate", { effect: "done" }, "EXPIRED"],
    ["redirect", { effect: "none" }, "PENDING"]
  ] as const) {
    it.live(`is lost is not asked for twice, a read tells: ${fault} ${status}`, () =>
      Effect.gen(function* () {
        const { asking, calls, deactivate, faults, fired } = yield* practiceWithOpen()
        faults.add({ fault, match: deletes, with: given })
        assert.deepInclude(yield* deactivate(asking), { via: "read", status })
        assert.strictEqual(fired(fault), 1)
        assert.deepEqual(
          calls.map(({ method }) => method),
          ["DELETE", "GET"]
        )
      })
    )
  }

  it.live(
    "does not come leaves time to read",
    () =>
      Effect.gen(function* () {
        const { asking, deactivate, faults, fired } = yield* practiceWithOpen()
        faults.add({ fault: "never-answer", match: deletes })
        assert.deepInclude(yield* deactivate(asking), { via: "read", status: "EXPIRED" })
        assert.strictEqual(fired("never-answer"), 1)
      }),
    15_000
  )

  it.live("is good alone says nothing: without the read all is unknown", () =>
    Effect.gen(function* () {
      const { asking, deactivate, faults, fired } = yield* practiceWithOpen()
      faults.add({ fault: "unknown-status", match: reads })
      const error = yield* Effect.flip(deactivate(asking))
      assert.strictEqual(fired("unknown-status"), 1)
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "unreadable" })
    })
  )

  for (const [fault, given, retryAfter] of [
    ["429", { retry_after: 2 }, 2000],
    ["request-blocked", {}, null]
  ] as const) {
    it.live(`is "not now" is not followed by a read: ${fault}`, () =>
      Effect.gen(function* () {
        const { asking, calls, deactivate, faults } = yield* practiceWithOpen()
        faults.add({ fault, match: deletes, with: given })
        const error = yield* Effect.flip(deactivate(asking))
        assert.deepInclude(error, { why: "busy", retryAfter })
        assert.lengthOf(calls, 1)
      })
    )
  }

  it.live("is good and is not seen yet is pending", () =>
    Effect.gen(function* () {
      const { asking, deactivate, faults, fired } = yield* practiceWithOpen()
      faults.add({ fault: "stale", match: reads, with: { s: 60 }, times: 1 })
      assert.deepInclude(yield* deactivate(asking), { via: "read", status: "PENDING" })
      assert.strictEqual(fired("stale"), 1)
      assert.deepInclude(yield* deactivate(asking), { via: "deactivate", status: "EXPIRED" })
    })
  )
})
