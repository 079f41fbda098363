import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Guard } from "./prove/guards.ts"
import { proveMoney } from "./prove/money.ts"

/**
 * What breaks without it, and how many purchases surely show it. `lock` and `reference` need more of them
 * than there is time for here: `npm run prove -- --only money --without lock`.
 */
const named: ReadonlyArray<{ readonly guard: Guard; readonly runs: number; readonly breaks: string }> = [
  { guard: "match", runs: 40, breaks: "S9" },
  // What a dead worker held is never looked at again.
  { guard: "lease", runs: 40, breaks: "L2" },
  { guard: "outbox", runs: 20, breaks: "S10" }
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
