import { type Checkout, moved } from "./Checkout.ts"
import type { Clock } from "./Clock.ts"
import type { Subject } from "./FaultMatch.ts"
import type { Faults } from "./Faults.ts"
import type { Ids } from "./Ids.ts"
import type { Ledger } from "./Ledger.ts"
import type { Refunds } from "./Refunds.ts"
import type { Switches } from "./Switches.ts"
import { opened, type Taking, type Transaction } from "./Transaction.ts"
import type { Webhooks } from "./Webhooks.ts"

export interface PaymentsOptions {
  readonly clock: Clock
  readonly faults: Faults
  readonly ids: Ids
  readonly ledger: Ledger
  readonly refunds: Refunds
  readonly switches: Switches
  readonly webhooks: Webhooks
}

export const checkoutSubject = (checkout: Checkout, method: string, path: string): Subject => ({
  method,
  path,
  merchant: checkout.merchantCode,
  reference: checkout.reference
})

/** What can become of a checkout. Every change is written down, then announced; each method resolves then. */
export class Payments {
  readonly #options: PaymentsOptions

  constructor(options: PaymentsOptions) {
    this.#options = options
  }

  /** Keeps a new checkout and sees to its end at `validUntil`. */
  open(checkout: Checkout): void {
    this.#options.ledger.save({ checkout })
    this.watch(checkout)
  }

  /** Expires a checkout when its time comes; after a restart, too. */
  watch(checkout: Checkout): void {
    if (checkout.validUntil === undefined || isFinal(checkout)) return
    this.#options.clock.at(checkout.validUntil - checkout.skewMs, () => {
      if (this.#options.switches.expiry === "eager") this.look(checkout.id)
    })
  }

  /** The checkout as it is now: one whose time is over expires at this look, if not before. */
  look(id: string): Checkout | undefined {
    const { clock, ledger, switches } = this.#options
    const checkout = ledger.checkout(id)
    if (checkout === undefined || isFinal(checkout)) return checkout
    const session = switches.statusAfterSession === "EXPIRED" ? checkout.createdAt + 30 * 60_000 : Infinity
    const end = Math.min((checkout.validUntil ?? Infinity) - checkout.skewMs, session)
    if (clock.now() < end) return checkout
    void this.expire(checkout)
    return ledger.checkout(id)
  }

  /** A card was taken: PAID, by so many transactions. */
  pay(checkout: Checkout, taking: Taking, times = 1): Promise<void> {
    const { clock, faults, ids, ledger, refunds } = this.#options
    const at = clock.now()
    const transactions = Array.from({ length: times }, () => opened(checkout, taking, { ids, at }))
    for (const transaction of transactions) ledger.save({ transaction })
    const told = this.#move(checkout, transactions, "PAID")
    for (const due of faults.due("paid", checkoutSubject(checkout, "POST", ""))) {
      clock.after(due.number("s", 0) * 1000, () => {
        for (const { id } of transactions) if (refunds.chargeback(id)) due.fire()
      })
    }
    return told
  }

  /** A card was declined: FAILED, and another may be tried. */
  decline(checkout: Checkout, card: string): Promise<void> {
    const { clock, ids, ledger } = this.#options
    const taking = { card, amount: checkout.amount, declined: true }
    const transaction = opened(checkout, taking, { ids, at: clock.now() })
    ledger.save({ transaction })
    return this.#move(checkout, [transaction], "FAILED")
  }

  expire(checkout: Checkout): Promise<void> {
    return this.#close(checkout, false)
  }

  deactivate(checkout: Checkout): Promise<void> {
    return this.#close(checkout, true)
  }

  /** Whether an open page can still pay what was deactivated. */
  paysAfterDelete(): boolean {
    return this.#options.switches.payAfterDelete
  }

  #close(checkout: Checkout, deactivated: boolean): Promise<void> {
    const { clock, faults, ledger, switches, webhooks } = this.#options
    const closed = moved(checkout, clock.now(), { status: "EXPIRED", deactivated })
    ledger.save({ checkout: closed })
    const told = deactivated || switches.webhookOnExpiry ? webhooks.announce(closed) : Promise.resolve()
    const fault = deactivated ? "pay-after-delete" : "pay-after-expired"
    for (const due of faults.due("closed", checkoutSubject(checkout, "POST", ""))) {
      if (due.fault !== fault) continue
      clock.after(due.number("s", 5) * 1000, () => {
        const late = ledger.checkout(checkout.id)
        if (late === undefined || late.status === "PAID") return
        due.fire()
        void this.pay(late, { card: "0091", amount: late.amount })
      })
    }
    return told
  }

  #move(checkout: Checkout, added: ReadonlyArray<Transaction>, status: "PAID" | "FAILED"): Promise<void> {
    const { clock, ledger, webhooks } = this.#options
    const transactionIds = [...checkout.transactionIds, ...added.map(({ id }) => id)]
    const next = moved(checkout, clock.now(), { status, transactionIds })
    ledger.save({ checkout: next })
    return webhooks.announce(next)
  }
}

const isFinal = (checkout: Checkout): boolean => checkout.status === "PAID" || checkout.status === "EXPIRED"
