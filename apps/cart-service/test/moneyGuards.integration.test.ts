import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Guard } from "./prove/guards.ts"
import { proveMoneyInMemory } from "./prove/money.ts"

interface Named {
  readonly guard: Guard
  /** How many purchases surely show it. */
  readonly runs: number
  /** What breaks without it; any of these. */
  readonly breaks: ReadonlyArray<string>
}
const named: ReadonlyArray<Named> = [
  { guard: "match", runs: 40, breaks: ["S9"] },
  { guard: "lock", runs: 40, breaks: ["S10", "L2"] },
  { guard: "lease", runs: 40, breaks: ["L2"] },
  { guard: "reference", runs: 150, breaks: ["S9"] },
  { guard: "outbox", runs: 40, breaks: ["S10"] }
]

// They mostly wait: side by side they take little longer than one.
describe.concurrent("the rig money", () => {
  for (const { breaks, guard, runs } of named)
    it(`names what breaks without ${guard}`, async () => {
      const words: Array<string> = []
      const told = await Effect.runPromise(
        proveMoneyInMemory({ runs, seed: 24_301, guard, say: (one) => words.push(one) })
      )
      assert.isFalse(told.ok)
      const found = breaks.filter((one) => one in told.breaks)
      assert.isNotEmpty(found, `${JSON.stringify(told.breaks)}\n${words.join("\n")}`)
    }, 240_000)
})
