import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Guard } from "./prove/guards.ts"
import { proveMoney } from "./prove/money.ts"

/** What breaks without it, and how many purchases surely show it. */
const named: {
  readonly [guard in Guard]: { readonly runs: number; readonly breaks: ReadonlyArray<string> }
} = {
  match: { runs: 40, breaks: ["S9"] },
  lock: { runs: 60, breaks: ["S8", "S10"] },
  // What a dead worker held is never looked at again.
  lease: { runs: 40, breaks: ["L2"] },
  reference: { runs: 60, breaks: ["S9"] },
  outbox: { runs: 20, breaks: ["S10"] }
}

describe.concurrent("the rig money", () => {
  for (const guard of ["match", "lock", "lease", "reference", "outbox"] as const)
    it(`names what breaks without ${guard}`, async () => {
      const words: Array<string> = []
      const { runs, breaks } = named[guard]
      const told = await Effect.runPromise(
        proveMoney({ runs, seed: 24_301, guard, say: (one) => words.push(one) })
      )
      assert.isFalse(told.ok)
      assert.isTrue(
        breaks.some((name) => name in told.breaks),
        `${JSON.stringify(told.breaks)}\n${words.join("\n")}`
      )
    }, 240_000)
})
