import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { Orders } from "../../src/order/Orders.ts"
import type { Observation } from "../../src/payment/Observation.ts"
import { reference } from "../../src/payment/PaymentAttempt.ts"
import { PaymentProvider } from "../../src/payment/PaymentProvider.ts"
import { simFaults } from "../../src/testing/SimFaults.ts"
import { type SimMode, simulate, simulateMany } from "../../src/testing/Simulation.ts"
import type { SimTwin } from "../../src/testing/simPorts.ts"

const worlds = 75

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

/** Whatever was paid, by whom and how much: it looks as if it agreed. */
const agreeable = (
  id: string,
  seen: Observation,
  of: Pick<Observation, "minor" | "currency" | "merchantCode">
) => ({
  ...seen,
  ...of,
  reference: id,
  captured: seen.captured.map((one) => ({ ...one, minor: of.minor, currency: of.currency }))
})
const twins: { readonly [guard: string]: SimTwin & { readonly breaks: ReadonlyArray<string> } } = {
  "the comparison of what was paid with what was asked for": {
    breaks: ["S9"],
    provider: (real) =>
      PaymentProvider.of({
        ...real,
        read: (asking) =>
          Effect.map(real.read(asking), (seen) => {
            const { amount, id, merchantCode } = asking.attempt
            return agreeable(reference(id), seen, { ...amount, merchantCode })
          })
      })
  },
  "the outbox": {
    breaks: ["S10"],
    orders: (real) =>
      Orders.of({
        ...real,
        modify: (id, decide) =>
          real.modify(id, (order, now) =>
            Result.map(decide(order, now), (decision) => ({
              ...decision,
              events: [],
              order: { ...decision.order, told: order.told }
            }))
          )
      })
  },
  "the end of a lease": {
    breaks: ["L1", "L2"],
    orders: (real) => Orders.of({ ...real, claimDue: (limit) => real.claimDue(limit, 10 ** 12) })
  },
  "deciding on what the order is now": {
    breaks: ["S1", "S3", "S9", "S10"],
    orders: (real) => {
      const before = new Map<string, Parameters<Parameters<typeof real.modify>[1]>[0]>()
      let decisions = 0
      return Orders.of({
        ...real,
        modify: (id, decide) =>
          real.modify(id, (order, now) => {
            const stale = before.get(id)
            before.set(id, order)
            decisions += 1
            return decide(decisions % 3 === 0 && stale !== undefined ? stale : order, now)
          })
      })
    }
  }
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
