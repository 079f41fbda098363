import { accessSync, constants, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { embeddedHome, startAtHome } from "@rose-ash/cart-adapters-postgres/embeddedHome"
import { HouseFailed } from "./HouseFailed.ts"
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

/** Whether a server still works on the database in this folder. */
const isInUse = (folder: string): boolean => {
  try {
    const [pid] = readFileSync(join(folder, "postgres", "postmaster.pid"), "utf8").split("\n")
    return process.kill(Number(pid), 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

const empty = (folder: string): void => {
  if (isInUse(folder))
    throw new HouseFailed([`The database in ${folder} is already in use: stop whatever uses it first.`])
  for (const name of kept) rmSync(join(folder, name), { recursive: true, force: true })
}

/** The data folder, made if need be, and emptied of what the house kept there when it begins anew. */
export const openFolder = async ({ dataDir, reset }: Settings, root: string): Promise<string> => {
  const folder = await embeddedHome(dataDir ?? undefined, root).catch(failed)
  try {
    if (reset) empty(folder)
    mkdirSync(join(folder, "logs"), { recursive: true })
    accessSync(folder, constants.W_OK)
    return folder
  } catch (error) {
    if (error instanceof HouseFailed) throw error
    throw new HouseFailed([`The folder ${folder} cannot be written: set DATA_DIR to a folder of yours.`])
  }
}

/** The database that was named, or the embedded one, which is started. */
export const openDatabase = async ({ databaseUrl }: Settings, folder: string): Promise<Database> => {
  if (databaseUrl !== null) return { url: databaseUrl, close: async () => {} }
  const server = await startAtHome(folder).catch(failed)
  return { url: server.url, close: async () => server[Symbol.asyncDispose]() }
}
