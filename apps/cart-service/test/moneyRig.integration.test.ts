import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { proveMoney, proveMoneyInMemory } from "./prove/money.ts"

interface Rig {
  readonly where: string
  readonly runs: number
  readonly rig: typeof proveMoney
}
/** Both mostly wait. On PostgreSQL there is no time here for more. */
const rigs: ReadonlyArray<Rig> = [
  { where: "in memory", runs: 2000, rig: proveMoneyInMemory },
  { where: "on PostgreSQL", runs: 60, rig: proveMoney }
]

describe.concurrent("the rig money", () => {
  for (const { rig, runs, where } of rigs)
    it(`finds both books equal to the penny, whatever went wrong, ${where}`, async () => {
      const words: Array<string> = []
      const say = (one: string) => words.push(one)
      const { breaks, figures, ok } = await Effect.runPromise(rig({ runs, seed: 24_301, guard: null, say }))
      assert.deepStrictEqual(breaks, {}, words.join("\n"))
      assert.strictEqual(figures["ledger_difference"], 0)
      assert.isTrue(ok, words.join("\n"))
    }, 400_000)
})
