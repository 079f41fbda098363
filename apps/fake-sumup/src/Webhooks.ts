import type { Checkout } from "./Checkout.ts"
import type { Clock } from "./Clock.ts"
import type { Faults } from "./Faults.ts"
import { Gate } from "./Gate.ts"
import type { Ids } from "./Ids.ts"
import type { Ledger } from "./Ledger.ts"
import { Log } from "./Log.ts"
import type { Switches } from "./Switches.ts"
import { plain, planned, type WebhookPlan } from "./webhookFaults.ts"
import { posted } from "./webhookPost.ts"

interface WebhookTry {
  readonly at: number
  readonly ms: number
  /** The receiver's status, or why there was none. */
  readonly result: number | string
}

/** One webhook on its way: `lost` was never sent, `given up` was refused five times. */
export interface Delivery {
  readonly id: string
  readonly checkoutId: string
  readonly merchant: string
  readonly reference: string
  readonly url: string
  readonly body: string
  readonly faults: ReadonlyArray<string>
  readonly tries: Array<WebhookTry>
  state: "waiting" | "delivered" | "given up" | "lost"
  nextAt: number | undefined
}

export interface WebhooksOptions {
  readonly clock: Clock
  readonly faults: Faults
  readonly ids: Ids
  readonly ledger: Ledger
  readonly switches: Switches
  /** How much sooner retries come than the provider's 60, 300, 1200 and 7200 s. */
  readonly scale: number
}

/** What is sent may be huge; what is kept of it in the log is not. */
interface Parcel {
  readonly delivery: Delivery
  readonly body: string
}

const retryAfterSeconds: ReadonlyArray<number> = [60, 300, 1200, 7200]

/** Tells merchants that a checkout changed: unsigned, at most five tries each, in provider time. */
export class Webhooks {
  readonly log = new Log<Delivery>(5000)
  readonly #options: WebhooksOptions
  readonly #flying = new Set<Promise<void>>()
  readonly #held = new Map<string, Array<() => void>>()
  readonly #gate = new Gate(256)
  readonly #closing = new AbortController()

  constructor(options: WebhooksOptions) {
    this.#options = options
  }

  /** Announces a change; resolves when the first try was answered or given up waiting for. */
  announce(checkout: Checkout): Promise<void> {
    if (checkout.returnUrl === undefined) return Promise.resolve()
    return this.#carryOut(checkout, planned(checkout, this.#options))
  }

  /** The plain webhook of a checkout as it is now, by hand. */
  send(checkout: Checkout): Promise<void> {
    return checkout.returnUrl === undefined ? Promise.resolve() : this.#carryOut(checkout, plain(checkout))
  }

  /** Resolves when nothing is on its way. Retries still waiting for their time do not count. */
  async idle(): Promise<void> {
    while (this.#flying.size > 0) await Promise.allSettled(this.#flying)
  }

  /** Nothing more is sent of what happened before; what is on its way arrives. */
  forget(): void {
    this.#held.clear()
    this.log.clear()
  }

  close(): void {
    this.#closing.abort()
  }

  #carryOut(checkout: Checkout, plan: WebhookPlan): Promise<void> {
    const copies = Array.from({ length: plan.copies }, () => this.#parcel(checkout, plan))
    if (plan.lost) {
      for (const { delivery } of copies) delivery.state = "lost"
      return Promise.resolve()
    }
    const start = () => (plan.concurrent ? all(copies, this.#post) : oneByOne(copies, this.#post))
    if (plan.afterMs > 0) return this.#later(plan.afterMs, start)
    if (plan.overtakenWithinMs > 0) return this.#hold(checkout.merchantCode, plan.overtakenWithinMs, start)
    const told = this.#track(start())
    this.#releaseHeld(checkout.merchantCode, told)
    return told
  }

  #parcel(checkout: Checkout, plan: WebhookPlan): Parcel {
    const url = checkout.returnUrl ?? ""
    const delivery: Delivery = {
      id: this.#options.ids.uuid(),
      checkoutId: checkout.id,
      merchant: checkout.merchantCode,
      reference: checkout.reference,
      url: this.#options.switches.webhookUrl === "origin" ? new URL(url).origin : url,
      body: plan.body.slice(0, 500),
      faults: plan.faults,
      tries: [],
      state: "waiting",
      nextAt: this.#options.clock.now() + plan.afterMs
    }
    this.log.add(delivery)
    return { delivery, body: plan.body }
  }

  #later(ms: number, start: () => Promise<void>): Promise<void> {
    this.#options.clock.after(ms, () => void this.#track(start()))
    return Promise.resolve()
  }

  #hold(merchant: string, ms: number, start: () => Promise<void>): Promise<void> {
    const held = this.#held.get(merchant) ?? []
    const release = once(() => void this.#track(start()))
    this.#held.set(merchant, [...held, release])
    this.#options.clock.after(ms, release)
    return Promise.resolve()
  }

  #releaseHeld(merchant: string, told: Promise<void>): void {
    const held = this.#held.get(merchant)
    if (held === undefined) return
    this.#held.delete(merchant)
    const overtaken = told.then(() => {
      for (const release of held) release()
    })
    void this.#track(overtaken)
  }

  #track(work: Promise<void>): Promise<void> {
    this.#flying.add(work)
    return work.finally(() => this.#flying.delete(work))
  }

  readonly #post = async (parcel: Parcel): Promise<void> => {
    const { clock } = this.#options
    const { delivery } = parcel
    const startedAt = Date.now()
    const result = await this.#gate.run(() =>
      posted(delivery.url, parcel.body, {
        timeoutMs: this.#options.switches.webhookTimeoutMs,
        closing: this.#closing.signal
      })
    )
    if (this.#closing.signal.aborted) return
    delivery.tries.push({ at: clock.now(), ms: Date.now() - startedAt, result })
    delivery.nextAt = undefined
    if (typeof result === "number" && result >= 200 && result < 300) {
      delivery.state = "delivered"
      return
    }
    const wait = retryAfterSeconds[delivery.tries.length - 1]
    if (wait === undefined) {
      delivery.state = "given up"
      return
    }
    const waitMs = (wait * 1000) / this.#options.scale
    delivery.nextAt = clock.now() + waitMs
    clock.after(waitMs, () => void this.#track(this.#post(parcel)))
  }
}

const all = async <A>(items: ReadonlyArray<A>, run: (item: A) => Promise<void>): Promise<void> => {
  await Promise.all(items.map(run))
}

const oneByOne = async <A>(items: ReadonlyArray<A>, run: (item: A) => Promise<void>): Promise<void> => {
  for (const item of items) await run(item)
}

const once = (run: () => void): (() => void) => {
  let done = false
  return () => {
    if (!done) run()
    done = true
  }
}
