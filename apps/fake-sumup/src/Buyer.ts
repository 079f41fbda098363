import { type Checkout, isFinal, pageSessionEndsAt, subjectOf } from "./Checkout.ts"
import type { FaultRule } from "./Faults.ts"
import type { FaultName } from "./faultKinds.ts"
import { alwaysDeclines } from "./money.ts"
import { goodCard } from "./Payments.ts"
import type { Provider } from "./Provider.ts"

export interface Press {
  /** `waiting`: the status changes a little later; `busy`: a card is still being checked. */
  readonly outcome: "paid" | "declined" | "waiting" | "expired" | "processed" | "busy" | "unknown" | "left"
  /** What the answer waits for; nearly always nothing. */
  readonly ready?: Promise<void>
  /** The browser is sent back to the merchant at once. */
  readonly leaves?: boolean
}

type Due = ReadonlyMap<FaultName, FaultRule>

/** After so long without an answer the bank is no longer asked. */
const bankWaitsMs = 5 * 60_000

/** What a person at the hosted page can do, with the faults that are due for it. */
export const makeBuyer = ({ clock, faults, ledger, payments, switches }: Provider) => {
  /** Cards that are being checked, by checkout. */
  const waiting = new Map<string, { readonly for: "bank" | "processing"; readonly card: string }>()
  /** Checkouts whose buyer never comes back. */
  const gone = new Set<string>()

  const attempt = (id: string, act: (checkout: Checkout) => Press, due?: Due): Press => {
    const checkout = payments.look(id)
    if (checkout === undefined) return { outcome: "unknown" }
    if (checkout.status === "PAID") return { outcome: "processed" }
    if (waiting.has(id)) return { outcome: "busy" }
    if (!isFinal(checkout) && clock.now() < pageSessionEndsAt(checkout)) return act(checkout)
    const revival = due?.get(checkout.deactivated ? "pay-after-delete" : "pay-after-expired")
    revival?.fire()
    const isOpen = revival !== undefined || (checkout.deactivated && switches.payAfterDelete)
    return isOpen ? act(checkout) : { outcome: "expired" }
  }

  const declined = (checkout: Checkout, card: string): Press => {
    void payments.decline(checkout, card)
    return { outcome: "declined" }
  }

  const later = (id: string, seconds: number, card: string, act: () => void): Press => {
    waiting.set(id, { for: "processing", card })
    clock.after(seconds * 1000, () => {
      waiting.delete(id)
      act()
    })
    return { outcome: "waiting" }
  }

  const taken = (checkout: Checkout, due: Due, card: string): Press => {
    const fired = (name: FaultName) => {
      due.get(name)?.fire()
      return due.get(name)
    }
    const amount = checkout.amount + (fired("wrong-amount")?.number("by", 100) ?? 0)
    const times = fired("pay-twice") ? 2 : 1
    if (fired("never-come-back")) gone.add(checkout.id)
    const first = fired("redirect-first")
    if (first !== undefined) {
      const act = () => {
        const now = payments.look(checkout.id)
        if (now !== undefined && !isFinal(now)) void payments.pay(now, { card, amount, times })
      }
      return { ...later(checkout.id, first.number("s", 2), card, act), leaves: true }
    }
    const told = payments.pay(checkout, { card, amount, times })
    return { outcome: "paid", ready: fired("webhook-before-201") ? told : Promise.resolve() }
  }

  /** Presses Pay. The sandbox amounts are declined whatever is wished. */
  const pay = (id: string, card = goodCard): Press => {
    const seen = ledger.checkout(id)
    const rules = seen === undefined ? [] : faults.due("page", subjectOf(seen))
    const due: Due = new Map(rules.map((rule) => [rule.fault, rule]))
    const tried = (checkout: Checkout) => {
      const failing = due.get("fail-then-pay")
      const fails = checkout.transactionIds.length < (failing?.number("n", 2) ?? 0)
      if (fails) failing?.fire()
      const isDeclined = fails || alwaysDeclines(checkout.amount, checkout.currency)
      return isDeclined ? declined(checkout, card) : taken(checkout, due, card)
    }
    return attempt(id, tried, due)
  }

  const decline = (id: string, card = goodCard): Press => attempt(id, (checkout) => declined(checkout, card))

  const expire = (id: string): Press =>
    attempt(id, (checkout) => {
      void payments.expire(checkout)
      return { outcome: "expired" }
    })

  /** The bank is asked; until it answers, 5 minutes at most, the checkout cannot be deactivated. */
  const askBank = (id: string, card: string): Press =>
    attempt(id, () => {
      const asked = { for: "bank", card } as const
      waiting.set(id, asked)
      clock.after(bankWaitsMs, () => void (waiting.get(id) === asked && waiting.delete(id)))
      return { outcome: "waiting" }
    })

  /** The bank's answer. One card fails at the bank whatever the buyer says. */
  const bankSays = (id: string, yes: boolean): Press => {
    const asked = waiting.get(id)
    if (asked?.for !== "bank") return { outcome: asked === undefined ? "expired" : "busy" }
    waiting.delete(id)
    return yes && asked.card !== "1114" ? pay(id, asked.card) : decline(id, asked.card)
  }

  /** Pays after so many seconds of provider time, PENDING until then. */
  const paySlowly = (id: string, seconds: number, card = goodCard): Press =>
    attempt(id, () => later(id, seconds, card, () => pay(id, card)))

  /** No card is being checked, and everybody comes back. */
  const clear = (): void => {
    for (const kept of [waiting, gone]) kept.clear()
  }

  const waitsFor = (id: string) => waiting.get(id)?.for
  const stays = (id: string) => gone.has(id)
  return { pay, decline, expire, askBank, bankSays, paySlowly, waitsFor, stays, clear }
}
