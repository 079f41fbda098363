import { randomBytes } from "node:crypto"
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Effect, Redacted, Result } from "effect"
import { CannotStart } from "./CannotStart.ts"

const bytes = 48

/** A file appears whole or not at all, and whoever comes second reads what the first one wrote. */
const make = (path: string): void => {
  const fresh = `${path}.${process.pid}`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(fresh, `${randomBytes(bytes).toString("base64url")}\n`, { mode: 0o600, flag: "wx" })
  Result.try(() => linkSync(fresh, path)) // refused when another process was first
  rmSync(fresh)
}

/** The demo's own SECRET_KEY: made once, kept in the data folder, readable by its owner alone. */
export const kept = (dataDir: string): Effect.Effect<Redacted.Redacted, CannotStart> => {
  const path = join(dataDir, "secret-key")
  return Effect.try({
    try: () => {
      if (!existsSync(path)) make(path)
      return Redacted.make(readFileSync(path, "utf8").trim())
    },
    catch: () =>
      new CannotStart({
        sentences: [`${path} cannot be written or read: set DATA_DIR to a folder of yours.`]
      })
  })
}
