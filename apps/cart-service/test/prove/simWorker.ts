// Simulates what it is sent, world after world, and answers what came of it.
import { parentPort } from "node:worker_threads"
import { type SimMode, simulateMany } from "@rose-ash/cart-domain/testing/Simulation"
import type { Guard } from "./guards.ts"
import { twinOf } from "./simTwins.ts"

/** Some worlds by seeds that follow each other. */
export interface Chunk {
  readonly mode: SimMode
  readonly guard: Guard | null
  readonly seed: number
  readonly worlds: number
}

// Nobody reads where each of a million refusals was made, and it takes a tenth of the time.
Error.stackTraceLimit = 0
parentPort?.on("message", ({ guard, ...of }: Chunk) =>
  parentPort?.postMessage(simulateMany({ ...of, twin: twinOf(guard) }))
)
