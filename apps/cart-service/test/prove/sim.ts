import { forgetful, unleased, unmatched, untold } from "@rose-ash/cart-domain/testing/guards"
import { simFaults } from "@rose-ash/cart-domain/testing/SimFaults"
import { type SimMode, simPurchases, simulateMany } from "@rose-ash/cart-domain/testing/Simulation"
import type { SimTwin } from "@rose-ash/cart-domain/testing/simPorts"
import { Effect } from "effect"
import type { Guard } from "./guards.ts"
import type { Told } from "./line.ts"

interface Of {
  readonly runs: number
  readonly seed: number
  readonly guard?: Guard | null
  readonly say: (words: string) => void
}
/** From so many purchases on every fault has to have fired. */
const allFrom = 3000
const worldsAtOnce = 500

/** What the simulated ports can be without. */
const twins: { readonly [guard in Guard]?: SimTwin } = {
  match: { provider: unmatched },
  outbox: { orders: untold },
  lease: { orders: unleased },
  lock: { orders: forgetful }
}

const twinOf = ({ guard = null }: Of): SimTwin => {
  const twin = guard === null ? {} : twins[guard]
  if (twin === undefined) throw new Error(`The simulation has no guard "${guard}" to take away`)
  return twin
}
export const simGuards: ReadonlyArray<string> = Object.keys(twins)

/** So many purchases in simulated worlds: the shipped use cases, everything around them made up. */
const proveSim =
  (mode: SimMode) =>
  (of: Of): Effect.Effect<Told> =>
    Effect.sync(() => {
      const { runs, say, seed } = of
      const twin = twinOf(of)
      const start = performance.now()
      const worlds = Math.ceil(runs / simPurchases)
      const [states, faults, breaks] = [
        new Map<string, number>(),
        new Map<string, number>(),
        new Map<string, number>()
      ]
      const add = (to: Map<string, number>, name: string, n: number) => to.set(name, (to.get(name) ?? 0) + n)
      let [orders, struck, hash] = [0, 0, ""]
      for (let done = 0; done < worlds; done += worldsAtOnce) {
        const some = { mode, twin, seed: seed + done, worlds: Math.min(worldsAtOnce, worlds - done) }
        const found = simulateMany(some)
        for (const [name, n] of found.states) add(states, name, n)
        for (const [name, n] of found.faults) add(faults, name, n)
        for (const { detail, invariant, subject } of found.breaks) {
          add(breaks, invariant, 1)
          say(`${invariant} ${subject}: ${detail}`)
        }
        orders += found.orders
        struck += found.struck
        hash = `${hash}${found.hash.toString(16)}`.slice(-64)
        if (worlds > worldsAtOnce) say(`${orders} purchases, ${breaks.size} invariants broken`)
      }
      const seconds = (performance.now() - start) / 1000
      const silent = runs < allFrom ? [] : simFaults.filter((fault) => !faults.has(fault))
      for (const fault of silent) say(`the fault never fired: ${fault}`)
      const enough = struck >= 0.3 * orders && (states.get("paid") ?? 0) >= 0.2 * orders
      if (!enough) say(`not enough of it: ${struck} struck and ${states.get("paid") ?? 0} paid of ${orders}`)
      const per_s = Math.round(orders / seconds)
      return {
        goal: "G1",
        breaks: Object.fromEntries(breaks),
        faults: Object.fromEntries(faults),
        figures: { orders, faulted: struck, ...Object.fromEntries(states), purchases_per_s: per_s, hash },
        ok: breaks.size === 0 && silent.length === 0 && enough
      }
    })
export const proveSafety = proveSim("safety")
export const proveLiveness = proveSim("liveness")
