import { accessSync, constants, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { embeddedHome, startAtHome } from "@rose-ash/cart-adapters-postgres/embeddedHome"
import { isAlive } from "./alive.ts"
import { HouseFailed } from "./HouseFailed.ts"
import { isListening } from "./ports.ts"
import type { Settings } from "./Settings.ts"

/** The database of the house, and how to be done with it. */
export interface Database {
  readonly url: string
  readonly close: () => Promise<void>
}

/** What the house itself keeps in its folder: nothing else there is touched by a reset. */
const kept = ["postgres", "postgres.new", "logs", "practice-provider.jsonl", "secret-key"]

const failed = (error: unknown): never => {
  throw new HouseFailed([error instanceof Error ? error.message : String(error)])
}

/**
 * Whether a server works on the database in this folder: its file alone may be left from before a power cut.
 */
export const isInUse = async (folder: string): Promise<boolean> => {
  const file = join(folder, "postgres", "postmaster.pid")
  if (!isAlive(file)) return false
  const port = Number(readFileSync(file, "utf8").split("\n")[3])
  return isListening("127.0.0.1", port)
}

/** Forgets what the house kept in its folder. */
export const empty = async (folder: string): Promise<void> => {
  if (await isInUse(folder))
    throw new HouseFailed([`The database in ${folder} is already in use: stop whatever uses it first.`])
  for (const name of kept) rmSync(join(folder, name), { recursive: true, force: true })
  mkdirSync(join(folder, "logs"))
}

/** The data folder, made if need be. */
export const openFolder = async (settings: Settings, root: string): Promise<string> => {
  const { dataDir, databaseUrl } = settings
  // Only the embedded database runs as another user, who has to get there.
  const own = databaseUrl === null ? await embeddedHome(dataDir ?? undefined, root).catch(failed) : undefined
  const folder = own ?? resolve(root, dataDir ?? ".data")
  try {
    mkdirSync(join(folder, "logs"), { recursive: true })
    accessSync(folder, constants.W_OK)
    return folder
  } catch {
    throw new HouseFailed([`The folder ${folder} cannot be written: set DATA_DIR to a folder of yours.`])
  }
}

/** The database that was named, or the embedded one, which is started. */
export const openDatabase = async ({ databaseUrl }: Settings, folder: string): Promise<Database> => {
  if (databaseUrl !== null) return { url: databaseUrl, close: async () => {} }
  const server = await startAtHome(folder).catch(failed)
  return { url: server.url, close: async () => server[Symbol.asyncDispose]() }
}
