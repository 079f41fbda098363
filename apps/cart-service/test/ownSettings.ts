import type { Settings } from "@rose-ash/house/Settings"
import type { Ports } from "./house.ts"

/** What the house of a test is told. */
export const settingsOf = (ports: Ports, databaseUrl: string): Settings => ({
  ports,
  databaseUrl,
  dataDir: null,
  sumUpBaseUrl: null,
  paymentOrigins: null,
  sessionCookie: "rose_session",
  reset: false,
  watch: false,
  stopWithStdin: false
})
