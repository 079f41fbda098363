import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { practiceWithOpen } from "./practice.ts"

const reads = { method: "GET", path: "/v0.1/checkouts/*" } as const

describe("a read that fails in passing", { concurrent: true }, () => {
  for (const [fault, given] of [
    ["drop-before", {}],
    ["500", {}],
    ["503", {}],
    ["html", { effect: "none", status: 502 }],
    ["429", { retry_after: "none" }],
    ["request-blocked", {}]
  ] as const) {
    it.live(`is asked again within its time: ${fault}`, () =>
      Effect.gen(function* () {
        const { asking, calls, faults, fired, read } = yield* practiceWithOpen()
        faults.add({ fault, match: reads, with: given, times: 2 })
        assert.strictEqual((yield* read(asking)).status, "PENDING")
        assert.strictEqual(fired(fault), 2)
        assert.lengthOf(calls, 3)
      })
    )
  }

  it.live("waits as long as it is told, when there is time for that", () =>
    Effect.gen(function* () {
      const { asking, faults, fired, read } = yield* practiceWithOpen()
      faults.add({ fault: "429", match: reads, with: { retry_after: 1 } })
      const startedAt = Date.now()
      assert.strictEqual((yield* read(asking)).status, "PENDING")
      assert.strictEqual(fired("429"), 1)
      assert.isAtLeast(Date.now() - startedAt, 1000)
    })
  )

  it.live("does not wait for what comes too late, and says how long it would have been", () =>
    Effect.gen(function* () {
      const { asking, calls, faults, read } = yield* practiceWithOpen()
      faults.add({ fault: "429", match: reads, with: { retry_after: 10 } })
      const startedAt = Date.now()
      const error = yield* Effect.flip(read(asking))
      assert.isBelow(Date.now() - startedAt, 1000)
      assert.deepInclude(error, { why: "busy", retryAfter: 10_000 })
      assert.lengthOf(calls, 1)
    })
  )

  it.live("is given up after four tries", () =>
    Effect.gen(function* () {
      const { asking, calls, faults, fired, read } = yield* practiceWithOpen()
      faults.add({ fault: "500", match: reads, times: "always" })
      const error = yield* Effect.flip(read(asking))
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "busy" })
      assert.lengthOf(calls, 4)
      assert.strictEqual(fired("500"), 4)
    })
  )

  it.live(
    "never takes longer than five seconds, head and body together",
    () =>
      Effect.gen(function* () {
        const slow = Effect.fnUntraced(function* (fault: "never-answer" | "trickle") {
          const { asking, faults, fired, read } = yield* practiceWithOpen()
          faults.add({ fault, match: reads, with: fault === "trickle" ? { bytes: 20 } : {} })
          const startedAt = Date.now()
          const error = yield* Effect.flip(read(asking))
          assert.strictEqual(fired(fault), 1)
          assert.isBelow(Date.now() - startedAt, 7000)
          assert.isAbove(Date.now() - startedAt, 4500)
          assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "silent" })
        })
        yield* Effect.all([slow("never-answer"), slow("trickle")], { concurrency: 2 })
      }),
    15_000
  )

  it.live(
    "has patience with an answer that is slow, and asks only once",
    () =>
      Effect.gen(function* () {
        const { asking, calls, faults, fired, read } = yield* practiceWithOpen()
        faults.add({ fault: "delay", match: reads, with: { ms: 3500 } })
        assert.strictEqual((yield* read(asking)).status, "PENDING")
        assert.strictEqual(fired("delay"), 1)
        assert.lengthOf(calls, 1)
      }),
    15_000
  )
})
