import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { type Guard, isGuard, without } from "./prove/guards.ts"
import { proveMoney } from "./prove/money.ts"

const said = async (runs: number, guard: Guard | null) => {
  const words: Array<string> = []
  const told = await Effect.runPromise(
    proveMoney({ runs, seed: 24_301, guard, say: (one) => words.push(one) })
  )
  return { ...told, words: words.join("\n") }
}

describe.concurrent("the rig money", () => {
  it("finds the provider's books and ours equal to the penny, whatever went wrong", async () => {
    const { breaks, figures, ok, words } = await said(100, null)
    assert.deepStrictEqual(breaks, {}, words)
    assert.strictEqual(figures["ledger_difference"], 0)
    assert.isTrue(ok, words)
  }, 120_000)

  const named: { readonly [guard in Guard]: ReadonlyArray<string> } = {
    match: ["S9"],
    lock: ["S8", "S10"],
    // What a dead worker held is never looked at again.
    lease: ["L2"],
    reference: ["S9"],
    outbox: ["S10"]
  }
  for (const guard of Object.keys(without).filter(isGuard))
    it(`names what breaks without ${guard}`, async () => {
      const { breaks, ok, words } = await said(60, guard)
      assert.isFalse(ok)
      assert.isTrue(
        named[guard].some((name) => name in breaks),
        `${JSON.stringify(breaks)}\n${words}`
      )
    }, 120_000)
})
