import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Guard } from "./prove/guards.ts"
import { proveMoney } from "./prove/money.ts"

/**
 * What breaks without it, and how many purchases surely show it. The other guards are taken away by
 * `npm run prove -- --only money --without lease`, `lock`, `reference` or `outbox`: there is no time for
 * it here.
 */
const named: ReadonlyArray<{ readonly guard: Guard; readonly runs: number; readonly breaks: string }> = [
  { guard: "match", runs: 40, breaks: "S9" }
]

describe("the rig money", () => {
  for (const { breaks, guard, runs } of named)
    it(`names what breaks without ${guard}`, async () => {
      const words: Array<string> = []
      const told = await Effect.runPromise(
        proveMoney({ runs, seed: 24_301, guard, say: (one) => words.push(one) })
      )
      assert.isFalse(told.ok)
      assert.isTrue(breaks in told.breaks, `${JSON.stringify(told.breaks)}\n${words.join("\n")}`)
    }, 240_000)
})
