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

const proved = async (runs: number, guard: Guard | null) => {
  const words: Array<string> = []
  const of = { runs, seed: 24_301, guard, say: (one: string) => words.push(one) }
  return { ...(await Effect.runPromise(proveMoneyInMemory(of))), words: words.join("\n") }
}

// They mostly wait: side by side all take little longer than one.
describe.concurrent("the rig money in memory", () => {
  it("finds both books equal to the penny after two thousand purchases", async () => {
    const { breaks, faults, figures, ok, words } = await proved(2000, null)
    assert.deepStrictEqual(breaks, {}, words)
    assert.strictEqual(figures["ledger_difference"], 0)
    assert.isAtLeast(Number(figures["orders"]), 2000)
    assert.isNotEmpty(faults)
    assert.isTrue(ok, words)
  }, 480_000)

  for (const { breaks, guard, runs } of named)
    it(`names what breaks without ${guard}`, async () => {
      const told = await proved(runs, guard)
      assert.isFalse(told.ok)
      const found = breaks.filter((one) => one in told.breaks)
      assert.isNotEmpty(found, `${JSON.stringify(told.breaks)}\n${told.words}`)
    }, 400_000)
})
