import { createHash } from "node:crypto"
import { mkdir } from "node:fs/promises"
import { join, resolve } from "node:path"
import { type Embedded, isReachable, startEmbedded } from "./embedded.ts"

/**
 * The folder that a demo keeps its data in: the given one, else `.data` of the clone. Root cannot run
 * PostgreSQL itself, and `nobody` cannot get into a clone that only root may enter: then a folder of the
 * clone's own below `/var/lib`. Rejects, with a sentence for people, when a given folder cannot be reached.
 */
export const embeddedHome = async (given: string | undefined, clone: string): Promise<string> => {
  const folder = resolve(clone, given ?? ".data")
  if (await isReachable(join(folder, "postgres"))) return folder
  if (given !== undefined) {
    throw new Error(
      `PostgreSQL, which does not run as root, cannot reach DATA_DIR ${folder}: ` +
        "choose a folder whose parents everybody may enter, or set DATABASE_URL."
    )
  }
  const name = createHash("sha256").update(resolve(clone)).digest("hex").slice(0, 12)
  return join("/var/lib/rose-ash-cart", name)
}

const says = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What an error of the start means to the person at the keyboard. */
const sentence = (error: unknown, folder: string): string => {
  const text = says(error)
  if (/lock file .* already exists/.test(text)) {
    return (
      `The database in ${folder} is already in use: stop whatever uses it, ` +
      "or set DATA_DIR to another folder."
    )
  }
  if (/EACCES|EPERM|EROFS/.test(text))
    return `No permission to write ${folder}: set DATA_DIR to a folder of yours.`
  if (/ENOSPC|No space left/.test(text)) return `No space left to keep the database in ${folder}.`
  if (/is not installed/.test(text)) return `There is no embedded PostgreSQL for this system: ${text}.`
  return (
    `The embedded PostgreSQL in ${folder} did not start; DATABASE_URL can name another. ` +
    `It said:\n${text}`
  )
}

/** Starts the database kept in a folder, which is made if need be. Rejects with a sentence for people. */
export const startAtHome = async (folder: string): Promise<Embedded> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 })
    return await startEmbedded({ dataDir: join(folder, "postgres") })
  } catch (error) {
    throw new Error(sentence(error, folder), { cause: error })
  }
}
