import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { askingOf } from "./asking.ts"
import { practice } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"

const create = { method: "POST", path: "/v0.1/checkouts" } as const
const list = { method: "GET", path: "/v0.1/checkouts" } as const

const doneAndLost = [
  ["create-then-drop", {}],
  ["create-then-504", {}],
  ["create-then-409", {}],
  ["500", { effect: "done" }],
  ["503", { effect: "done" }],
  ["truncate", { effect: "done" }],
  ["bad-json", { effect: "done" }],
  ["html", { effect: "done", status: 200 }],
  ["empty-200", { effect: "done" }],
  ["oversize", { effect: "done", bytes: 300_000 }],
  ["redirect", { effect: "done" }],
  ["wrong-types", {}],
  ["unknown-status", {}],
  ["missing", { key: "amount" }]
] as const

const neverDone = [
  ["drop-before", {}],
  ["500", { effect: "none" }],
  ["503", { effect: "none" }],
  ["html", { effect: "none", status: 502 }],
  ["html", { effect: "none", status: 200 }],
  ["redirect", { effect: "none" }]
] as const

describe("an answer to the creation that was lost", () => {
  for (const [fault, given] of doneAndLost) {
    it.live(`is found by the reference: ${fault} ${JSON.stringify(given)}`, () =>
      Effect.gen(function* () {
        const { calls, faults, fired, ledger, open } = yield* practice()
        faults.add({ fault, match: create, with: given })
        const seen = yield* open(askingOf(bakery))
        assert.strictEqual(fired(fault), 1)
        assert.strictEqual(seen.via, "list")
        assert.strictEqual(seen.status, "PENDING")
        assert.deepEqual(
          calls.map(({ method }) => method),
          ["POST", "GET"]
        )
        assert.deepEqual(
          [...ledger.checkouts()].map(({ id }) => id),
          [seen.providerId]
        )
      })
    )
  }

  for (const [fault, given] of neverDone) {
    it.live(
      `to a creation that never happened, it is asked for once more: ${fault} ${JSON.stringify(given)}`,
      () =>
        Effect.gen(function* () {
          const { calls, faults, fired, ledger, open } = yield* practice()
          faults.add({ fault, match: create, with: given })
          const seen = yield* open(askingOf(bakery))
          assert.strictEqual(fired(fault), 1)
          assert.strictEqual(seen.via, "open")
          assert.deepEqual(
            calls.map(({ method }) => method),
            ["POST", "GET", "POST"]
          )
          assert.lengthOf([...ledger.checkouts()], 1)
          const [first, , second] = calls
          assert.deepEqual(second?.body, first?.body)
        })
    )
  }

  it.live(
    "leaves time to look: silence is waited out for three seconds of the five",
    () =>
      Effect.gen(function* () {
        const silent = Effect.fnUntraced(function* (effect: "done" | "none") {
          const { faults, fired, open } = yield* practice()
          faults.add({ fault: "never-answer", match: create, with: { effect } })
          const seen = yield* open(askingOf(bakery))
          assert.strictEqual(fired("never-answer"), 1)
          return seen.via
        })
        const vias = yield* Effect.all([silent("done"), silent("none")], { concurrency: 2 })
        assert.deepEqual(vias, ["list", "open"])
      }),
    15_000
  )

  it.live("is given up after the second, and nothing is made up", () =>
    Effect.gen(function* () {
      const { calls, faults, fired, open } = yield* practice()
      faults.add({ fault: "500", match: create, times: 2 })
      const error = yield* Effect.flip(open(askingOf(bakery)))
      assert.strictEqual(fired("500"), 2)
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "busy" })
      assert.deepEqual(
        calls.map(({ method }) => method),
        ["POST", "GET", "POST", "GET"]
      )
    })
  )
})

describe("a checkout of the same reference", () => {
  it.live("that is not listed yet is waited for, not made anew", () =>
    Effect.gen(function* () {
      const { calls, faults, fired, open } = yield* practice()
      faults.add({ fault: "create-then-409", match: create })
      faults.add({ fault: "list-empty", match: list })
      const error = yield* Effect.flip(open(askingOf(bakery)))
      assert.strictEqual(fired("create-then-409"), 1)
      assert.strictEqual(fired("list-empty"), 1)
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "silent" })
      assert.lengthOf(calls, 2)
    })
  )

  it.live("is found although the list lags behind the creation whose answer was lost", () =>
    Effect.gen(function* () {
      const { calls, faults, fired, ledger, open } = yield* practice()
      faults.add({ fault: "create-then-504", match: create })
      faults.add({ fault: "list-empty", match: list })
      const seen = yield* open(askingOf(bakery))
      assert.strictEqual(fired("list-empty"), 1)
      assert.strictEqual(seen.via, "list")
      assert.deepEqual(
        calls.map(({ method }) => method),
        ["POST", "GET", "POST", "GET"]
      )
      assert.lengthOf([...ledger.checkouts()], 1)
    })
  )

  for (const [fault, given] of [
    ["wrong", { field: "amount" }],
    ["wrong", { field: "currency" }],
    ["wrong", { field: "merchant_code" }],
    ["wrong", { field: "checkout_reference" }],
    ["list-two", {}],
    ["unknown-status", {}],
    ["wrong-types", {}],
    ["missing", { key: "merchant_code" }],
    ["html", { effect: "done", status: 200 }]
  ] as const) {
    it.live(`is never used when the list is not clear about it: ${fault} ${JSON.stringify(given)}`, () =>
      Effect.gen(function* () {
        const { faults, fired, open } = yield* practice()
        faults.add({ fault: "create-then-409", match: create })
        faults.add({ fault, match: list, with: given })
        const error = yield* Effect.flip(open(askingOf(bakery)))
        assert.strictEqual(fired(fault), 1)
        assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "unreadable" })
      })
    )
  }
})
