import { type Checkout, pagePath, pageSessionEndsAt } from "./Checkout.ts"
import type { Clock } from "./Clock.ts"
import type { DueFault, Faults } from "./Faults.ts"
import type { FaultName } from "./faultKinds.ts"
import { alwaysDeclines } from "./money.ts"
import { checkoutSubject, type Payments } from "./Payments.ts"

/** What came of it; `waiting`: the status changes a little later; `busy`: a card is still being checked. */
export type PressOutcome = "paid" | "declined" | "waiting" | "expired" | "processed" | "busy" | "unknown"

export interface Press {
  readonly outcome: PressOutcome
  /** Resolves when the answer may be given; nearly always at once. */
  readonly ready: Promise<void>
  /** The page has no way back to the merchant. */
  readonly stays: boolean
  /** The browser is sent back to the merchant at once. */
  readonly leaves: boolean
}

/** A card that is being checked. */
interface Waiting {
  readonly for: "bank" | "processing"
  readonly card: string
}

export interface BuyerOptions {
  readonly clock: Clock
  readonly faults: Faults
  readonly payments: Payments
}

/** The last digits of the practice card that always works. */
const goodCard = "0091"

/** After so long without an answer the bank is no longer asked. */
const bankWaitsMs = 5 * 60_000

const press = (outcome: PressOutcome): Press => ({
  outcome,
  ready: Promise.resolve(),
  stays: false,
  leaves: false
})

/** What a person at the hosted page can do, with the faults that are due for it. */
export class Buyer {
  readonly #options: BuyerOptions
  readonly #waiting = new Map<string, Waiting>()
  readonly #stays = new Set<string>()

  constructor(options: BuyerOptions) {
    this.#options = options
  }

  /** Presses Pay. The sandbox amounts are declined whatever is wished. */
  pay(id: string, card = goodCard): Press {
    const checkout = this.#options.payments.look(id)
    if (checkout === undefined) return press("unknown")
    const subject = checkoutSubject(checkout, "POST", pagePath(id))
    const due = new Map(this.#options.faults.due("page", subject).map((one) => [one.fault, one]))
    const closed = this.#closed(checkout, due)
    if (closed !== undefined) return press(closed)
    if (alwaysDeclines(checkout.amount, checkout.currency)) return this.#declined(checkout, card)
    const failing = due.get("fail-then-pay")
    if (failing !== undefined && checkout.transactionIds.length < failing.number("n", 2)) {
      failing.fire()
      return this.#declined(checkout, card)
    }
    return this.#take(checkout, due, card)
  }

  /** The card is declined. */
  decline(id: string, card = goodCard): Press {
    const checkout = this.#options.payments.look(id)
    if (checkout === undefined) return press("unknown")
    const closed = this.#closed(checkout, new Map())
    return closed === undefined ? this.#declined(checkout, card) : press(closed)
  }

  /** The bank is asked; until it answers, 5 minutes at most, the checkout cannot be deactivated. */
  askBank(id: string, card: string): Press {
    return this.#ask(id, { for: "bank", card })
  }

  /** The bank's answer. One card fails at the bank whatever the buyer says. */
  bankSays(id: string, yes: boolean): Press {
    const asked = this.#waiting.get(id)
    if (asked?.for !== "bank") return press(asked === undefined ? "expired" : "busy")
    this.#waiting.delete(id)
    return yes && asked.card !== "1114" ? this.pay(id, asked.card) : this.decline(id, asked.card)
  }

  /** Pays after so many seconds of provider time, PENDING until then. */
  paySlowly(id: string, seconds: number, card = goodCard): Press {
    const asked = this.#ask(id, { for: "processing", card })
    if (asked.outcome === "waiting") {
      this.#options.clock.after(seconds * 1000, () => {
        this.#waiting.delete(id)
        this.pay(id, card)
      })
    }
    return asked
  }

  /** What this checkout waits for, if anything. */
  waitsFor(id: string): Waiting["for"] | undefined {
    return this.#waiting.get(id)?.for
  }

  /** The buyer of this checkout never comes back. */
  stays(id: string): boolean {
    return this.#stays.has(id)
  }

  /** No card is being checked, and everybody comes back. */
  forget(): void {
    this.#waiting.clear()
    this.#stays.clear()
  }

  #closed(checkout: Checkout, due: ReadonlyMap<FaultName, DueFault>): PressOutcome | undefined {
    if (checkout.status === "PAID") return "processed"
    if (this.#waiting.has(checkout.id)) return "busy"
    const ended = checkout.status === "EXPIRED"
    if (!ended && this.#options.clock.now() < pageSessionEndsAt(checkout)) return undefined
    const revival = due.get(checkout.deactivated ? "pay-after-delete" : "pay-after-expired")
    if (revival !== undefined) revival.fire()
    else if (!(checkout.deactivated && this.#options.payments.paysAfterDelete())) return "expired"
    return undefined
  }

  #ask(id: string, waiting: Waiting): Press {
    const checkout = this.#options.payments.look(id)
    if (checkout === undefined) return press("unknown")
    const closed = this.#closed(checkout, new Map())
    if (closed !== undefined) return press(closed)
    this.#waiting.set(id, waiting)
    if (waiting.for === "bank") {
      this.#options.clock.after(bankWaitsMs, () => {
        if (this.#waiting.get(id) === waiting) this.#waiting.delete(id)
      })
    }
    return press("waiting")
  }

  #declined(checkout: Checkout, card: string): Press {
    void this.#options.payments.decline(checkout, card)
    return press("declined")
  }

  #take(checkout: Checkout, due: ReadonlyMap<FaultName, DueFault>, card: string): Press {
    const { payments } = this.#options
    const twice = due.get("pay-twice")
    const wrong = due.get("wrong-amount")
    const gone = due.get("never-come-back")
    const first = due.get("redirect-first")
    for (const fault of [twice, wrong, gone, first]) fault?.fire()
    if (gone !== undefined) this.#stays.add(checkout.id)
    const amount = checkout.amount + (wrong?.number("by", 100) ?? 0)
    const take = (now: Checkout) => payments.pay(now, { card, amount }, twice === undefined ? 1 : 2)
    const stays = gone !== undefined
    if (first !== undefined) {
      this.#takeLater(checkout.id, first.number("s", 2), { card, take })
      return { ...press("waiting"), stays, leaves: true }
    }
    const told = take(checkout)
    const announced = due.get("webhook-before-201")
    announced?.fire()
    return { ...press("paid"), stays, ready: announced === undefined ? Promise.resolve() : told }
  }

  #takeLater(
    id: string,
    seconds: number,
    { card, take }: { readonly card: string; readonly take: (now: Checkout) => Promise<void> }
  ): void {
    const { clock, payments } = this.#options
    this.#waiting.set(id, { for: "processing", card })
    clock.after(seconds * 1000, () => {
      this.#waiting.delete(id)
      const now = payments.look(id)
      if (now?.status === "PENDING" || now?.status === "FAILED") void take(now)
    })
  }
}
