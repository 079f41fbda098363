import { randomInt } from "node:crypto"
import { Buyer } from "./Buyer.ts"
import { Clock, type ClockSettings } from "./Clock.ts"
import { Faults } from "./Faults.ts"
import { Ids } from "./Ids.ts"
import { Journal, type JournalEntry } from "./Journal.ts"
import { Ledger } from "./Ledger.ts"
import { Log } from "./Log.ts"
import { type MerchantSettings, Merchants } from "./Merchants.ts"
import { Payments } from "./Payments.ts"
import { Refunds } from "./Refunds.ts"
import { makeSwitches, type Switches } from "./Switches.ts"
import { Tokens } from "./Tokens.ts"
import { Webhooks } from "./Webhooks.ts"

export interface ProviderSettings {
  readonly merchants: ReadonlyArray<MerchantSettings>
  readonly seed: number | undefined
  readonly clock: ClockSettings
  readonly switches: Partial<Switches>
  /** Where the ledger is kept; undefined: in memory only. */
  readonly dataFile: string | undefined
  readonly webhookScale: number
}

/** One call of the API. */
export interface LoggedCall {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly merchant: string | undefined
  readonly reference: string | undefined
  /** What was answered, or how it was not. */
  readonly result: number | string
  readonly ms: number
  readonly faults: ReadonlyArray<string>
}

/** Everything the practice provider is made of, without its sockets. */
export class Provider {
  readonly clock: Clock
  readonly ids: Ids
  readonly faults: Faults
  readonly calls = new Log<LoggedCall>(2000)
  readonly switches: Switches
  readonly merchants: Merchants
  readonly ledger: Ledger
  readonly webhooks: Webhooks
  readonly refunds: Refunds
  readonly payments: Payments
  readonly buyer: Buyer
  readonly tokens = new Tokens()
  /** Where browsers find it; known once it listens. */
  publicUrl = ""
  readonly #journal: Journal
  #calls = 0
  readonly #settings: ProviderSettings

  constructor(settings: ProviderSettings) {
    this.#settings = settings
    this.#journal = new Journal(settings.dataFile)
    this.clock = new Clock(settings.clock)
    this.ids = new Ids(settings.seed)
    this.faults = new Faults(settings.seed ?? randomInt(2 ** 31))
    this.switches = makeSwitches(settings.switches)
    this.merchants = new Merchants((merchant) => this.#journal.append({ merchant }))
    this.ledger = new Ledger((record) => this.#journal.append(record))
    const { clock, faults, ids, ledger, switches } = this
    this.webhooks = new Webhooks({ clock, faults, ids, ledger, switches, scale: settings.webhookScale })
    this.refunds = new Refunds({ clock, ids, ledger })
    this.payments = new Payments({ ...this.#parts(), refunds: this.refunds, webhooks: this.webhooks })
    this.buyer = new Buyer({ clock, faults, payments: this.payments })
    this.#restore()
  }

  /** A number no other call has. */
  nextCall(): number {
    return ++this.#calls
  }

  /** Moves the clock for good: it is kept for the next start. */
  keepClock(): void {
    this.#journal.append({ clockOffsetMs: this.clock.offset() })
  }

  /** Begins anew: empty books, no faults, empty logs; merchants and switches as the settings say. */
  reset(): void {
    this.clock.forget()
    this.ledger.clear()
    this.faults.clear()
    this.calls.clear()
    this.webhooks.forget()
    this.buyer.forget()
    Object.assign(this.switches, makeSwitches(this.#settings.switches))
    this.merchants.clear()
    for (const merchant of this.#settings.merchants) this.merchants.add(merchant)
    this.#journal.begin(this.#entries())
  }

  close(): void {
    this.clock.forget()
    this.webhooks.close()
    this.#journal.close()
  }

  #parts() {
    const { clock, faults, ids, ledger, switches } = this
    return { clock, faults, ids, ledger, switches }
  }

  #restore(): void {
    const known = new Set<string>()
    for (const entry of this.#journal.read()) {
      if ("checkout" in entry || "transaction" in entry) this.ledger.restore(entry)
      if ("secret" in entry) this.tokens.secret = entry.secret
      if ("clockOffsetMs" in entry) this.clock.setOffset(entry.clockOffsetMs)
      if ("merchant" in entry) {
        known.add(entry.merchant.code)
        this.merchants.restore(entry.merchant)
      }
    }
    this.ids.seen(this.ledger.sortHistory())
    for (const merchant of this.#settings.merchants) {
      if (!known.has(merchant.merchant_code)) this.merchants.add(merchant)
    }
    this.#journal.begin(this.#entries())
    for (const checkout of this.ledger.checkouts()) this.payments.watch(checkout)
  }

  *#entries(): IterableIterator<JournalEntry> {
    yield { secret: this.tokens.secret }
    yield { clockOffsetMs: this.clock.offset() }
    for (const merchant of this.merchants.list()) yield { merchant }
    yield* this.ledger.records()
  }
}
