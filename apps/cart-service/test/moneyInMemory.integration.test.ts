import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { proveMoneyInMemory } from "./prove/money.ts"

describe("the rig money in memory", () => {
  it("finds both books equal to the penny after two thousand purchases", async () => {
    const words: Array<string> = []
    const say = (one: string) => words.push(one)
    const of = { runs: 2000, seed: 24_301, guard: null, say }
    const { breaks, faults, figures, ok } = await Effect.runPromise(proveMoneyInMemory(of))
    assert.deepStrictEqual(breaks, {}, words.join("\n"))
    assert.strictEqual(figures["ledger_difference"], 0)
    assert.isAtLeast(Number(figures["orders"]), of.runs)
    assert.isNotEmpty(faults)
    assert.isTrue(ok, words.join("\n"))
  }, 480_000)
})
