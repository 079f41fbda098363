import { existsSync, watch } from "node:fs"
import { join } from "node:path"
import type { PartName } from "./House.ts"

/** Which part is made of what. Tests and builds change nothing that runs. */
const made: ReadonlyArray<readonly [folder: string, part: PartName]> = [
  ["apps/fake-sumup/src", "provider"],
  ["apps/fake-sumup/views", "provider"],
  ["apps/demo-coop/src", "cooperative"],
  ["apps/cart-service/src", "cart"],
  ["config", "cart"],
  ...["domain", "adapters-postgres", "adapters-sumup", "http-express"].flatMap((name) =>
    ["src", "views", "assets", "migrations"].map((kind) => [`packages/${name}/${kind}`, "cart"] as const)
  )
]

/** An editor saves in several steps, and often several files. */
const quietFor = 150

/**
 * Tells of every part whose sources changed, once they have been quiet for a moment. Answers how to end
 * that.
 */
export const watchSources = (root: string, changed: (part: PartName, file: string) => void): (() => void) => {
  const timers = new Map<PartName, NodeJS.Timeout>()
  const notice = (part: PartName, file: string) => {
    clearTimeout(timers.get(part))
    timers.set(
      part,
      setTimeout(() => changed(part, file), quietFor)
    )
  }
  const watchers = made
    .filter(([folder]) => existsSync(join(root, folder)))
    .map(([folder, part]) =>
      watch(join(root, folder), { recursive: true }, (_, file) => notice(part, join(folder, file ?? "")))
    )
  return () => {
    for (const watcher of watchers) watcher.close()
    for (const timer of timers.values()) clearTimeout(timer)
  }
}
