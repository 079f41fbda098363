import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { askingOf } from "./asking.ts"
import { practice } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"

const create = { method: "POST", path: "/v0.1/checkouts" } as const

describe("a creation that is refused", () => {
  for (const [fault, given, why] of [
    ["invalid", { param: "currency" }, "request"],
    ["key-revoked", {}, "key"],
    ["scope-403", {}, "account"]
  ] as const) {
    it.live(`is refused for good: ${fault}`, () =>
      Effect.gen(function* () {
        const { calls, faults, fired, ledger, open } = yield* practice()
        faults.add({ fault, match: create, with: given })
        const error = yield* Effect.flip(open(askingOf(bakery)))
        assert.strictEqual(fired(fault), 1)
        assert.deepInclude(error, { _tag: "PaymentProviderRefused", pageId: bakery.pageId, why })
        assert.lengthOf(calls, 1)
        assert.lengthOf([...ledger.checkouts()], 0)
      })
    )
  }

  for (const [fault, given, retryAfter] of [
    ["429", { retry_after: 7 }, 7000],
    ["429", { retry_after: "date" }, 1000],
    ["429", { retry_after: "none" }, null],
    ["429", { retry_after: 86_400 }, 60_000],
    ["request-blocked", {}, null],
    ["html", { effect: "none", status: 403 }, null]
  ] as const) {
    it.live(`for a while only, is not the key's fault: ${fault} ${JSON.stringify(given)}`, () =>
      Effect.gen(function* () {
        const { calls, faults, fired, open } = yield* practice()
        faults.add({ fault, match: create, with: given })
        const error = yield* Effect.flip(open(askingOf(bakery)))
        assert.strictEqual(fired(fault), 1)
        assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "busy", retryAfter })
        assert.lengthOf(calls, 1)
      })
    )
  }

  it.live("as too busy keeps that seller's calls back as long as was asked", () =>
    Effect.gen(function* () {
      const { calls, faults, open } = yield* practice()
      faults.add({ fault: "429", match: create, with: { retry_after: 30 } })
      yield* Effect.flip(open(askingOf(bakery)))
      const error = yield* Effect.flip(open(askingOf(bakery)))
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "busy" })
      assert.isTrue("retryAfter" in error && error.retryAfter !== null && error.retryAfter > 28_000)
      assert.lengthOf(calls, 1)
    })
  )
})
