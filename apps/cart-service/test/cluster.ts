import { execFileSync } from "node:child_process"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { startAtHome } from "@rose-ash/cart-adapters-postgres/embeddedHome"
import { temporaryFolder } from "./house.ts"

const variable = "CART_TEST_CLUSTER"
const cluster = (folder: string): string => join(folder, "postgres")

/**
 * A folder with an empty database cluster as a first start makes it, which takes that two seconds of
 * processor time. Outside of vitest there is nothing in it.
 */
export const furnishedFolder = (): string => {
  const folder = temporaryFolder()
  const made = process.env[variable]
  // Not by Node's own copy: root must leave it with the user that PostgreSQL runs as.
  if (made !== undefined) execFileSync("cp", ["-a", cluster(made), cluster(folder)])
  return folder
}

/** Makes the cluster that every house of the run begins with. */
export const setup = async (): Promise<() => void> => {
  const folder = temporaryFolder()
  await (await startAtHome(folder))[Symbol.asyncDispose]()
  process.env[variable] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
