import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { isAlive } from "./alive.ts"

const patience = 15_000
const every = 50
const mark = (folder: string) => join(folder, "house.pid")

/**
 * Waits for what a killed house started: it ends by itself, but after a moment. Nobody waits when the last
 * house stopped in order, or still stands.
 */
export const untilGone = async (folder: string, isThere: () => Promise<boolean>): Promise<void> => {
  if (!existsSync(mark(folder)) || isAlive(mark(folder))) return
  const until = Date.now() + patience
  while (Date.now() < until && (await isThere())) await sleep(every)
}

/** Leaves word that a house stands; answers how to take that back, unless another one stands by then. */
export const stand = (folder: string): (() => void) => {
  const own = `${process.pid}\n`
  writeFileSync(mark(folder), own)
  return () => {
    const isOurs = existsSync(mark(folder)) && readFileSync(mark(folder), "utf8") === own
    if (isOurs) rmSync(mark(folder))
  }
}
