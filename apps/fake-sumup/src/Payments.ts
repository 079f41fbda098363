import { type Checkout, type CheckoutRequest, isFinal, pageSessionEndsAt, subjectOf } from "./Checkout.ts"
import type { Provider } from "./Provider.ts"
import { type Movement, movement, type NewMovement, opened, refundable, type Taking } from "./Transaction.ts"

/** The last digits of the practice card that always works. */
export const goodCard = "0091"

/** What can become of a checkout. Every change is written down, then announced: that is what is awaited. */
export const makePayments = (provider: Provider) => {
  const { clock, faults, ids, ledger, switches } = provider

  const change = (before: Checkout, change: Partial<Checkout>, isTold = true): Promise<void> => {
    const checkout = { ...before, ...change, at: clock.now(), before }
    ledger.save({ checkout })
    return isTold ? provider.webhooks.announce(checkout) : Promise.resolve()
  }

  const take = (checkout: Checkout, takings: ReadonlyArray<Taking>, status: "PAID" | "FAILED") => {
    const transactions = takings.map((taking) => opened(checkout, taking, clock.now(), ids))
    for (const transaction of transactions) ledger.save({ transaction })
    const taken = transactions.map(({ id }) => id)
    const told = change(checkout, { status, transactionIds: [...checkout.transactionIds, ...taken] })
    return { taken, told }
  }

  /** A card was taken: PAID, by so many transactions. */
  const pay = (checkout: Checkout, how: Partial<Taking> = {}): Promise<void> => {
    const { amount = checkout.amount, card = goodCard, times = 1 } = how
    const takings = Array.from({ length: times }, () => ({ amount, card }))
    const { taken, told } = take(checkout, takings, "PAID")
    for (const due of faults.due("paid", subjectOf(checkout))) {
      clock.after(due.number("s", 0) * 1000, () => {
        for (const id of taken) if (chargeback(id)) due.fire()
      })
    }
    return told
  }

  /** A card was declined: FAILED, and another may be tried. */
  const decline = (checkout: Checkout, card: string): Promise<void> =>
    take(checkout, [{ card, amount: checkout.amount, declined: true }], "FAILED").told

  const close = (checkout: Checkout, deactivated: boolean): Promise<void> => {
    const isTold = deactivated || switches.webhookOnExpiry
    const told = change(checkout, { status: "EXPIRED", deactivated }, isTold)
    for (const due of faults.due("closed", subjectOf(checkout))) {
      if (due.fault !== (deactivated ? "pay-after-delete" : "pay-after-expired")) continue
      clock.after(due.number("s", 5) * 1000, () => {
        const late = ledger.checkout(checkout.id)
        if (late === undefined || late.status === "PAID") return
        due.fire()
        void pay(late)
      })
    }
    return told
  }
  const expire = (checkout: Checkout): Promise<void> => close(checkout, false)
  const deactivate = (checkout: Checkout): Promise<void> => close(checkout, true)

  /** The checkout as it is now: one whose time is over expires at this look, if not before. */
  const look = (id: string): Checkout | undefined => {
    const checkout = ledger.checkout(id)
    if (checkout === undefined || isFinal(checkout)) return checkout
    const session = switches.statusAfterSession === "EXPIRED" ? pageSessionEndsAt(checkout) : Infinity
    const end = Math.min((checkout.validUntil ?? Infinity) - checkout.skewMs, session)
    if (clock.now() >= end) void expire(checkout)
    return ledger.checkout(id)
  }

  /** Expires a checkout when its time comes; after a restart, too. */
  const watch = (checkout: Checkout): void => {
    if (checkout.validUntil === undefined || isFinal(checkout)) return
    clock.at(checkout.validUntil - checkout.skewMs, () => {
      if (switches.expiry === "eager") look(checkout.id)
    })
  }

  /** Keeps a new checkout and sees to its end at `validUntil`. */
  const open = (request: CheckoutRequest, skewMs: number): Checkout => {
    const at = clock.now()
    const fresh = { status: "PENDING", deactivated: false, transactionIds: [] } as const
    const checkout = { ...request, ...fresh, id: ids.uuid(), createdAt: at, skewMs, at }
    ledger.save({ checkout })
    watch(checkout)
    return checkout
  }

  /**
   * Money goes back, in minor units, if there is so much. The checkout never shows it, only the transaction.
   */
  const giveBack = (transactionId: string, of: NewMovement): boolean => {
    const transaction = ledger.transaction(transactionId)
    if (transaction === undefined || of.amount <= 0 || of.amount > refundable(transaction)) return false
    const at = clock.now()
    const movements = [...transaction.movements, movement(of, at, ids)]
    ledger.save({ transaction: { ...transaction, movements, updatedAt: at } })
    return true
  }

  /** The buyer's bank takes back what is left of a payment. */
  const chargeback = (transactionId: string): boolean => {
    const transaction = ledger.transaction(transactionId)
    const amount = transaction === undefined ? 0 : refundable(transaction)
    return giveBack(transactionId, { type: "CHARGE_BACK", amount, status: "SUCCESSFUL", by: "provider" })
  }

  /** The pending refunds of a transaction reach the buyer. */
  const completeRefunds = (transactionId: string): boolean => {
    const transaction = ledger.transaction(transactionId)
    const isPending = ({ status, type }: Movement) => type === "REFUND" && status === "PENDING"
    if (!transaction?.movements.some(isPending)) return false
    const movements = transaction.movements.map((one) =>
      isPending(one) ? ({ ...one, status: "REFUNDED" } as const) : one
    )
    ledger.save({ transaction: { ...transaction, movements, updatedAt: clock.now() } })
    return true
  }

  return { open, watch, look, pay, decline, expire, deactivate, giveBack, chargeback, completeRefunds }
}
