import { setTimeout as sleep } from "node:timers/promises"
import type { Child } from "./Child.ts"
import { HouseFailed } from "./HouseFailed.ts"

const every = 40
const patience = 60_000

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000), redirect: "manual" }).then(
    ({ ok }) => ok,
    () => false
  )

/** How a process ended that should have gone on, with what it said last. */
export const diedWith = (child: Child, code: number | null): HouseFailed => {
  const how = code === null ? "" : ` (exit code ${code})`
  const words = child.lastWords()
  const said = words === "" ? "It said nothing." : `It said:\n${words}`
  return new HouseFailed([`The ${child.plan.name} stopped${how}. ${said}`, `All of it: ${child.plan.log}`])
}

/**
 * Waits until every address answers with success. Rejects when the process dies, or is not ready within a
 * minute.
 */
export const untilReady = async (child: Child, urls: ReadonlyArray<string>): Promise<void> => {
  let end: { readonly code: number | null } | undefined
  void child.ended.then((code) => {
    end = { code }
  })
  const until = Date.now() + patience
  while (Date.now() < until) {
    if (end !== undefined) throw diedWith(child, end.code)
    const ready = await Promise.all(urls.map(answers))
    if (ready.every(Boolean)) return
    await sleep(every)
  }
  throw new HouseFailed([
    `The ${child.plan.name} is not ready after ${patience / 1000} s. It said:\n${child.lastWords()}`,
    `All of it: ${child.plan.log}`
  ])
}
