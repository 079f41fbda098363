import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { forgetful, unleased, unmatched, untold } from "../../src/testing/guards.ts"
import { simFaults } from "../../src/testing/SimFaults.ts"
import { type SimMode, simulate, simulateMany } from "../../src/testing/Simulation.ts"
import type { SimTwin } from "../../src/testing/simPorts.ts"

const worlds = 75

// Where each of some hundred thousand refusals was made, nobody reads, and it takes a tenth of the time.
const { stackTraceLimit } = Error
beforeAll(() => {
  Error.stackTraceLimit = 0
})
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit
})

describe("the service, simulated", () => {
  const fired = new Set<string>()
  for (const mode of ["safety", "liveness"] satisfies ReadonlyArray<SimMode>)
    it(`breaks nothing, whatever fails (${mode})`, () => {
      const found = simulateMany({ mode, seed: mode === "safety" ? 1 : 1000, worlds })
      assert.deepStrictEqual(found.breaks, [])
      assert.isAtLeast(found.orders, worlds * 18)
      assert.isAtLeast(found.struck / found.orders, 0.3)
      assert.isAtLeast((found.states.get("paid") ?? 0) / found.orders, 0.2)
      for (const fault of found.faults.keys()) fired.add(fault)
    }, 60_000)

  it("meets every fault there is", () => {
    assert.deepStrictEqual(
      simFaults.filter((fault) => !fired.has(fault)),
      []
    )
  })

  it("is the same again from the same seed, and another from another", () => {
    const hashes = [7, 7, 8].map((seed) => simulate({ mode: "liveness", seed }).hash)
    assert.strictEqual(hashes[0], hashes[1])
    assert.notStrictEqual(hashes[0], hashes[2])
  })
})

const twins: { readonly [guard: string]: SimTwin & { readonly breaks: ReadonlyArray<string> } } = {
  "the comparison of what was paid with what was asked for": { breaks: ["S9"], provider: unmatched },
  "the outbox": { breaks: ["S10"], orders: untold },
  "the end of a lease": { breaks: ["L1", "L2"], orders: unleased },
  "deciding on what the order is now": { breaks: ["S1", "S3", "S9", "S10"], orders: forgetful }
}

describe("the simulation finds what breaks without", () => {
  for (const [guard, { breaks, ...twin }] of Object.entries(twins))
    it(guard, () => {
      const found = simulateMany({ mode: "liveness", seed: 1, worlds: 10, twin })
      const names = new Set(found.breaks.map(({ invariant }) => invariant))
      assert.isTrue(
        breaks.some((one) => names.has(one)),
        [...names].join()
      )
    }, 60_000)
})
