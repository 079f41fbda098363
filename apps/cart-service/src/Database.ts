import { resolve } from "node:path"
import { embeddedHome, startAtHome } from "@rose-ash/cart-adapters-postgres/embeddedHome"
import { Effect, Redacted, type Scope } from "effect"
import { CannotStart } from "./CannotStart.ts"
import * as SecretKey from "./SecretKey.ts"
import type { Settings } from "./Settings.ts"

/** Settings with nothing left open: where the database is, and what seals the keys in it. */
export interface Complete extends Settings {
  readonly databaseUrl: Redacted.Redacted
  readonly secretKey: Redacted.Redacted
}

const cannotStart = (error: unknown) =>
  new CannotStart({ sentences: [error instanceof Error ? error.message : "The data folder cannot be used."] })

const home = (given: string | null) =>
  Effect.tryPromise({ try: () => embeddedHome(given ?? undefined, process.cwd()), catch: cannotStart })

/** The embedded database, for as long as the scope is open. */
const embedded = (folder: string) =>
  Effect.acquireDisposable(Effect.tryPromise({ try: () => startAtHome(folder), catch: cannotStart })).pipe(
    Effect.map(({ url }) => Redacted.make(url))
  )

/** Starts and makes up what a developer need not say; production has said it all. */
export const complete = (settings: Settings): Effect.Effect<Complete, CannotStart, Scope.Scope> =>
  Effect.gen(function* () {
    const { dataDir, databaseUrl, secretKey } = settings
    if (databaseUrl !== null && secretKey !== null) return { ...settings, databaseUrl, secretKey }
    const folder = databaseUrl === null ? yield* home(dataDir) : resolve(dataDir ?? ".data")
    return {
      ...settings,
      databaseUrl: databaseUrl ?? (yield* embedded(folder)),
      secretKey: secretKey ?? (yield* SecretKey.kept(folder))
    }
  })
