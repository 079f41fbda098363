import { appendFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { furnished, furnishedMarket } from "./cluster.ts"
import { OwnHouse } from "./ownHouse.ts"

/** Makes the folder that every house of the run begins with; once, though several projects ask for it. */
export const setup = async (): Promise<() => void> => {
  if (process.env[furnished] !== undefined) return () => {}
  const house = await OwnHouse.open()
  const folder = await house.leave()
  // What is written outlives every process that a test kills; no test cuts the power. Some disks are slow.
  appendFileSync(join(folder, "postgres", "postgresql.conf"), "fsync = off\n")
  process.env[furnished] = folder
  process.env[furnishedMarket] = house.urls.market
  return () => rmSync(folder, { recursive: true, force: true })
}
