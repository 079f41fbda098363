import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { temporaryFolder } from "./house.ts"
import { rows } from "./sql.ts"

/** What a house that stood once leaves behind for those of the tests. */
export const furnished = "CART_TEST_FURNISHED"
/** The market's address in it. */
export const furnishedMarket = "CART_TEST_MARKET"

/**
 * A folder with a database as a first start leaves it, pages configured: making that takes five seconds of
 * processor time. Outside of vitest there is nothing in it.
 */
export const furnishedFolder = (): string => {
  const folder = temporaryFolder()
  const made = process.env[furnished]
  // Not by Node's own copy: root must leave it with the user that PostgreSQL runs as.
  if (made !== undefined) execFileSync("cp", ["-a", join(made, "postgres"), join(made, "secret-key"), folder])
  return folder
}

/** Whether the database was furnished; then its pages are told where their market is now. */
export const isMovedIn = async (databaseUrl: string, market: string): Promise<boolean> => {
  const before = process.env[furnishedMarket]
  if (before === undefined) return false
  await rows(databaseUrl, `UPDATE cart.page_config SET url = replace(url, '${before}', '${market}')`)
  return true
}
