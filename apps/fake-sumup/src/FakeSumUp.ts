import { createServer, type Server } from "node:http"
import { application } from "./application.ts"
import type { ClockSettings } from "./Clock.ts"
import type { MerchantSettings } from "./Merchants.ts"
import { Provider } from "./Provider.ts"
import { practiceMerchant } from "./practiceMerchant.ts"
import type { Switches } from "./Switches.ts"

export interface FakeSumUpOptions {
  /** 0, when absent: a free port. */
  readonly port?: number
  /** Where browsers find it; `http://localhost:<port>` when absent. */
  readonly publicUrl?: string
  /** One practice merchant when absent. */
  readonly merchants?: ReadonlyArray<MerchantSettings>
  /** The same seed gives the same ids and codes. */
  readonly seed?: number
  readonly clock?: ClockSettings
  readonly switches?: Partial<Switches>
  /** A file that keeps the ledger across restarts. */
  readonly dataFile?: string
  /** How much sooner webhook retries come than the real ones; 1 when absent. */
  readonly webhookScale?: number
}

/** A running provider; `provider` reaches its ledger, faults, clock, buyer, webhooks and switches. */
export interface FakeSumUp {
  /** Its public address, without a trailing slash. */
  readonly url: string
  readonly port: number
  readonly provider: Provider
  /** Stops taking calls, cuts open connections and forgets what was scheduled. */
  readonly close: () => Promise<void>
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => {
      const address = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : port)
    })
  })

/** Starts a practice provider on 127.0.0.1. Rejects when the port is taken or the data file unreadable. */
export const startFakeSumUp = async (options: FakeSumUpOptions = {}): Promise<FakeSumUp> => {
  const provider = new Provider({
    merchants: options.merchants ?? [practiceMerchant],
    seed: options.seed,
    clock: options.clock ?? {},
    switches: options.switches ?? {},
    dataFile: options.dataFile,
    webhookScale: options.webhookScale ?? 1
  })
  const server = createServer({ requestTimeout: 30_000 }, application(provider))
  try {
    const port = await listen(server, options.port ?? 0)
    provider.publicUrl = options.publicUrl ?? `http://localhost:${port}`
    return { url: provider.publicUrl, port, provider, close: () => close(server, provider) }
  } catch (error) {
    provider.close()
    throw error
  }
}

const close = async (server: Server, provider: Provider): Promise<void> => {
  provider.close()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
