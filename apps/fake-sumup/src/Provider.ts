import { randomBytes } from "node:crypto"
import { makeBuyer } from "./Buyer.ts"
import { Clock, type ClockSettings } from "./Clock.ts"
import { makeFaults } from "./Faults.ts"
import { type Ids, makeIds } from "./Ids.ts"
import { Journal } from "./Journal.ts"
import { makeLedger } from "./Ledger.ts"
import { Log } from "./Log.ts"
import { type MerchantSettings, makeMerchants, practiceMerchant } from "./Merchants.ts"
import { makePayments } from "./Payments.ts"
import { makeSwitches, type Switches } from "./Switches.ts"
import { makeWebhooks } from "./Webhooks.ts"

export interface ProviderSettings {
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

/** Everything the practice provider is made of, without its sockets. */
export class Provider {
  readonly settings: ProviderSettings
  readonly clock: Clock
  readonly ids: Ids
  readonly faults: ReturnType<typeof makeFaults>
  readonly switches: Switches
  readonly webhooks: ReturnType<typeof makeWebhooks>
  readonly payments: ReturnType<typeof makePayments>
  readonly buyer: ReturnType<typeof makeBuyer>
  /** The calls of the API: what was answered, or how it was not. */
  readonly calls = new Log<object>(2000)
  readonly merchants = makeMerchants((merchant) => this.#journal.append({ merchant }))
  readonly ledger = makeLedger((record) => this.#journal.append(record))
  /** Where browsers find it; known once it listens. */
  publicUrl = ""
  /** Signs the tokens in forms, so that they hold across a restart. */
  secret = randomBytes(32).toString("hex")
  readonly #journal = new Journal()

  /** Throws when the data file is of another version. */
  constructor(settings: ProviderSettings) {
    this.settings = settings
    this.clock = new Clock(settings.clock)
    this.ids = makeIds(settings.seed)
    this.faults = makeFaults(settings.seed ?? 0)
    this.switches = makeSwitches(settings.switches)
    this.webhooks = makeWebhooks(this)
    this.payments = makePayments(this)
    this.buyer = makeBuyer(this)
    if (settings.dataFile !== undefined) this.#restore(settings.dataFile)
    this.#begin()
    for (const checkout of this.ledger.checkouts()) this.payments.watch(checkout)
  }

  /** Moves the clock for good: it is kept for the next start. */
  keepClock(): void {
    this.#journal.append({ clockOffsetMs: this.clock.offset() })
  }

  /** Begins anew: empty books, no faults, empty logs; merchants and switches as the settings say. */
  reset(): void {
    this.clock.forget()
    const { buyer, calls, faults, ledger, merchants, webhooks } = this
    for (const kept of [ledger, faults, calls, webhooks, buyer, merchants, this.#journal]) kept.clear()
    Object.assign(this.switches, makeSwitches(this.settings.switches))
    this.#begin()
    this.keepClock()
  }

  close(): void {
    this.clock.forget()
    this.webhooks.close()
    this.#journal.close()
  }

  #restore(dataFile: string): void {
    for (const entry of this.#journal.open(dataFile)) {
      if ("checkout" in entry || "transaction" in entry) this.ledger.restore(entry)
      if ("merchant" in entry) this.merchants.restore(entry.merchant)
      if ("secret" in entry) this.secret = entry.secret
      if ("clockOffsetMs" in entry) this.clock.setOffset(entry.clockOffsetMs)
    }
  }

  /** Writes down the secret and the merchants of the settings; one that was written down stays as it was. */
  #begin(): void {
    this.#journal.append({ secret: this.secret })
    for (const merchant of this.settings.merchants ?? [practiceMerchant]) {
      if (this.merchants.find(merchant.merchant_code) === undefined) this.merchants.add(merchant)
    }
  }
}
