import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { transactionFacts } from "../src/transactionFacts.ts"
import { live } from "./paid.ts"

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

  live("that was made and never answered is seen in the transaction", (world) =>
    Effect.gen(function* () {
      const { api, by, faults, fired, transactionId } = world
      faults.add({ fault: "refund-done-but-timeout" })
      const hasty = { ...by, until: Date.now() + 500 }
      assert.strictEqual((yield* Effect.flip(api.refund(hasty, transactionId, 2))).trouble, "silent")
      assert.strictEqual(fired("refund-done-but-timeout"), 1)
      assert.deepInclude(transactionFacts(yield* api.transaction(by, transactionId)), { refunded: 200 })
    })
  )

  for (const at_once of [false, true]) {
    live(`that fails ${at_once ? "at once" : "later"} has paid nothing back`, (world) =>
      Effect.gen(function* () {
        const { api, by, faults, fired, transactionId } = world
        faults.add({ fault: "refund-failed", with: { at_once } })
        const asked = yield* Effect.result(api.refund(by, transactionId, 2))
        assert.strictEqual(asked._tag, at_once ? "Failure" : "Success")
        assert.strictEqual(fired("refund-failed"), 1)
        assert.deepInclude(transactionFacts(yield* api.transaction(by, transactionId)), { refunded: 0 })
      })
    )
  }

  live("that there is no time for is not asked for", ({ api, by, calls, transactionId }) =>
    Effect.gen(function* () {
      const late = { ...by, until: Date.now() + 50 }
      assert.strictEqual((yield* Effect.flip(api.refund(late, transactionId, 2))).trouble, "silent")
      assert.lengthOf(calls, 0)
    })
  )
})
