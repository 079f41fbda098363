import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { proveMoney } from "./prove/money.ts"

describe("the rig money", () => {
  it("finds both books equal to the penny, whatever went wrong", async () => {
    const words: Array<string> = []
    const say = (one: string) => words.push(one)
    const of = { runs: 40, seed: 24_301, guard: null, say }
    const { breaks, figures, ok } = await Effect.runPromise(proveMoney(of))
    assert.deepStrictEqual(breaks, {}, words.join("\n"))
    assert.strictEqual(figures["ledger_difference"], 0)
    assert.isTrue(ok, words.join("\n"))
  }, 300_000)
})
