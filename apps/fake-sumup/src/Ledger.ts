import type { Checkout } from "./Checkout.ts"
import type { Transaction } from "./Transaction.ts"

export type LedgerRecord = { readonly checkout: Checkout } | { readonly transaction: Transaction }

/** A line of history: a movement by its index among the transaction's, or -1 for the payment itself. */
const historyEntry = ({ at, id, merchantCode, movements }: Transaction, movement: number) => {
  const moved = movements[movement] ?? { at, id }
  return { ref: moved.id, at: moved.at, transactionId: id, merchantCode, movement }
}

export type HistoryEntry = ReturnType<typeof historyEntry>

/**
 * The provider's books: every checkout, every transaction, and their history. `saved` is told of every
 * change.
 */
export const makeLedger = (saved: (record: LedgerRecord) => void) => {
  const checkouts = new Map<string, Checkout>()
  const transactions = new Map<string, Transaction>()
  const idsByReference = new Map<string, ReadonlyArray<string>>()
  const entries: Array<HistoryEntry> = []

  const keepCheckout = (checkout: Checkout): void => {
    const { id, reference } = checkout
    if (!checkouts.has(id)) idsByReference.set(reference, [...(idsByReference.get(reference) ?? []), id])
    checkouts.set(id, checkout)
  }

  const keepTransaction = (transaction: Transaction): void => {
    const known = transactions.get(transaction.id)
    transactions.set(transaction.id, transaction)
    if (known === undefined) entries.push(historyEntry(transaction, -1))
    for (const [index, { type }] of transaction.movements.entries()) {
      const isNew = index >= (known?.movements.length ?? 0) && type !== "PAYOUT"
      if (isNew) entries.push(historyEntry(transaction, index))
    }
  }

  /** As `save`, but the record is already written down. */
  const restore = (record: LedgerRecord): void =>
    "checkout" in record ? keepCheckout(record.checkout) : keepTransaction(record.transaction)

  const save = (record: LedgerRecord): void => {
    restore(record)
    saved(record)
  }

  /** All checkouts with this reference, oldest first; of one merchant, if it is named. */
  const checkoutsOf = (merchantCode: string | undefined, reference: string): ReadonlyArray<Checkout> =>
    (idsByReference.get(reference) ?? [])
      .flatMap((id) => checkouts.get(id) ?? [])
      .filter((one) => merchantCode === undefined || one.merchantCode === merchantCode)

  const clear = (): void => {
    for (const map of [checkouts, transactions, idsByReference]) map.clear()
    entries.length = 0
  }

  return {
    restore,
    save,
    clear,
    checkoutsOf,
    checkout: (id: string) => checkouts.get(id),
    checkouts: () => checkouts.values(),
    transaction: (id: string) => transactions.get(id),
    transactions: () => transactions.values(),
    transactionsOf: ({ transactionIds }: Checkout) =>
      transactionIds.flatMap((id) => transactions.get(id) ?? []),
    counts: () => ({ checkouts: checkouts.size, transactions: transactions.size }),
    /** A line for each payment, refund and chargeback of a merchant, oldest first. */
    history: (merchantCode: string) => entries.filter((entry) => entry.merchantCode === merchantCode)
  }
}
