import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import { simFaults } from "@rose-ash/cart-domain/testing/SimFaults"
import { type SimMode, type Simulated, simPurchases } from "@rose-ash/cart-domain/testing/Simulation"
import { Effect } from "effect"
import type { Guard } from "./guards.ts"
import type { Told } from "./line.ts"
import type { Chunk } from "./simWorker.ts"

interface Of {
  readonly runs: number
  readonly seed: number
  readonly guard?: Guard | null
  readonly say: (words: string) => void
}
/** From so many purchases on every fault has to have fired. */
const allFrom = 3000
const worldsAtOnce = 200

/** Worlds in chunks, in the order of their seeds. */
const chunksOf = (mode: SimMode, { guard = null, runs, seed }: Of): ReadonlyArray<Chunk> => {
  const worlds = Math.ceil(runs / simPurchases)
  return Array.from({ length: Math.ceil(worlds / worldsAtOnce) }, (_, n) => ({
    mode,
    guard,
    seed: seed + n * worldsAtOnce,
    worlds: Math.min(worldsAtOnce, worlds - n * worldsAtOnce)
  }))
}

const simulated = (worker: Worker, chunk: Chunk): Promise<Simulated> =>
  new Promise<Simulated>((resolve, reject) => {
    worker.removeAllListeners().once("message", resolve).once("error", reject)
    worker.postMessage(chunk)
  })

/** A worker for each processor takes the next chunk; what came of them stands in the order of the chunks. */
const inWorkers = async (
  chunks: ReadonlyArray<Chunk>,
  heard: (found: Simulated) => void
): Promise<{ readonly all: ReadonlyArray<Simulated>; readonly cores: number }> => {
  const cores = Math.min(availableParallelism(), chunks.length)
  const all: Array<Simulated> = []
  let next = 0
  const lane = async () => {
    const worker = new Worker(new URL("simWorker.ts", import.meta.url))
    for (let n = next++; n < chunks.length; n = next++) {
      const chunk = chunks[n]
      if (chunk === undefined) break
      const found = await simulated(worker, chunk)
      all[n] = found
      heard(found)
    }
    await worker.terminate()
  }
  await Promise.all(Array.from({ length: cores }, lane))
  return { all, cores }
}

const addedUp = (maps: ReadonlyArray<ReadonlyMap<string, number>>): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const map of maps) for (const [name, n] of map) sums.set(name, (sums.get(name) ?? 0) + n)
  return sums
}

/** So many purchases in simulated worlds: the shipped use cases, everything around them made up. */
const proveSim =
  (mode: SimMode) =>
  (of: Of): Effect.Effect<Told> =>
    Effect.promise(async () => {
      const { runs, say } = of
      const start = performance.now()
      const chunks = chunksOf(mode, of)
      let [orders, next] = [0, 0]
      const { all, cores } = await inWorkers(chunks, (found) => {
        for (const { detail, invariant, subject } of found.breaks) say(`${invariant} ${subject}: ${detail}`)
        orders += found.orders
        if (orders >= next && chunks.length > 20) say(`${orders} purchases`)
        if (orders >= next) next = orders + 10_000
      })
      const seconds = (performance.now() - start) / 1000
      const states = addedUp(all.map((one) => one.states))
      const faults = addedUp(all.map((one) => one.faults))
      const breaks = addedUp(
        all.flatMap((one) => one.breaks.map(({ invariant }) => new Map([[invariant, 1]])))
      )
      const struck = all.reduce((sum, one) => sum + one.struck, 0)
      const hash = all
        .map((one) => one.hash.toString(16))
        .join("")
        .slice(-64)
      const silent = runs < allFrom ? [] : simFaults.filter((fault) => !faults.has(fault))
      for (const fault of silent) say(`the fault never fired: ${fault}`)
      const enough = struck >= 0.3 * orders && (states.get("paid") ?? 0) >= 0.2 * orders
      if (!enough) say(`not enough of it: ${struck} struck and ${states.get("paid") ?? 0} paid of ${orders}`)
      const per_s = Math.round(orders / seconds)
      const speed = { purchases_per_s: per_s, purchases_per_s_and_core: Math.round(per_s / cores) }
      return {
        goal: "G1",
        breaks: Object.fromEntries(breaks),
        faults: Object.fromEntries(faults),
        figures: { orders, faulted: struck, ...Object.fromEntries(states), ...speed, hash },
        ok: breaks.size === 0 && silent.length === 0 && enough
      }
    })
export const proveSafety = proveSim("safety")
export const proveLiveness = proveSim("liveness")
