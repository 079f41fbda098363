import type { Checkout } from "./Checkout.ts"
import type { Transaction } from "./Transaction.ts"

/** One line of a merchant's history: a payment, a refund or a chargeback. */
export interface HistoryEntry {
  readonly ref: string
  readonly transactionId: string
  /** Index among the transaction's movements; undefined for the payment itself. */
  readonly movement: number | undefined
  readonly at: number
  readonly sequence: number
}

export type LedgerRecord = { readonly checkout: Checkout } | { readonly transaction: Transaction }

const referenceKey = (merchantCode: string, reference: string): string => `${merchantCode} ${reference}`

/** The provider's books: every checkout and every transaction, each found by key, never by search. */
export class Ledger {
  readonly #checkouts = new Map<string, Checkout>()
  readonly #idsByReference = new Map<string, Array<string>>()
  readonly #idsByBareReference = new Map<string, Array<string>>()
  readonly #transactions = new Map<string, Transaction>()
  readonly #idsByCode = new Map<string, string>()
  readonly #history = new Map<string, Array<HistoryEntry>>()
  readonly #saved: (record: LedgerRecord) => void

  /** Tells `saved` of every change. */
  constructor(saved: (record: LedgerRecord) => void) {
    this.#saved = saved
  }

  checkout(id: string): Checkout | undefined {
    return this.#checkouts.get(id)
  }

  /** All checkouts of this merchant with this reference, oldest first. */
  checkoutsOf(merchantCode: string, reference: string): ReadonlyArray<Checkout> {
    return this.#all(this.#idsByReference.get(referenceKey(merchantCode, reference)))
  }

  /** All checkouts with this reference, of any merchant, oldest first. */
  checkoutsWithReference(reference: string): ReadonlyArray<Checkout> {
    return this.#all(this.#idsByBareReference.get(reference))
  }

  transaction(id: string): Transaction | undefined {
    return this.#transactions.get(id)
  }

  transactionWithCode(code: string): Transaction | undefined {
    return this.#transactions.get(this.#idsByCode.get(code) ?? "")
  }

  transactionsOf(checkout: Checkout): ReadonlyArray<Transaction> {
    return checkout.transactionIds.flatMap((id) => this.#transactions.get(id) ?? [])
  }

  /** A merchant's history, oldest first. */
  history(merchantCode: string): ReadonlyArray<HistoryEntry> {
    return this.#history.get(merchantCode) ?? []
  }

  checkouts(): IterableIterator<Checkout> {
    return this.#checkouts.values()
  }

  transactions(): IterableIterator<Transaction> {
    return this.#transactions.values()
  }

  counts(): { readonly checkouts: number; readonly transactions: number } {
    return { checkouts: this.#checkouts.size, transactions: this.#transactions.size }
  }

  save(record: LedgerRecord): void {
    this.restore(record)
    this.#saved(record)
  }

  /** As `save`, but the record is already written down. */
  restore(record: LedgerRecord): void {
    if ("checkout" in record) this.#indexCheckout(record.checkout)
    else this.#indexTransaction(record.transaction)
  }

  /** Everything as records, enough to restore the same books. */
  *records(): IterableIterator<LedgerRecord> {
    for (const checkout of this.#checkouts.values()) yield { checkout }
    for (const transaction of this.#transactions.values()) yield { transaction }
  }

  /** After restoring: entries of all transactions back into their order; answers the last number. */
  sortHistory(): number {
    let last = 0
    for (const entries of this.#history.values()) {
      entries.sort((a, b) => a.sequence - b.sequence)
      last = Math.max(last, entries.at(-1)?.sequence ?? 0)
    }
    return last
  }

  clear(): void {
    for (const map of [this.#checkouts, this.#transactions, this.#history]) map.clear()
    for (const map of [this.#idsByReference, this.#idsByBareReference, this.#idsByCode]) map.clear()
  }

  #all(ids: ReadonlyArray<string> | undefined): ReadonlyArray<Checkout> {
    return (ids ?? []).flatMap((id) => this.#checkouts.get(id) ?? [])
  }

  #indexCheckout(checkout: Checkout): void {
    if (!this.#checkouts.has(checkout.id)) {
      push(this.#idsByReference, referenceKey(checkout.merchantCode, checkout.reference), checkout.id)
      push(this.#idsByBareReference, checkout.reference, checkout.id)
    }
    this.#checkouts.set(checkout.id, checkout)
  }

  #indexTransaction(transaction: Transaction): void {
    const { id: transactionId, merchantCode, at, movements, sequence } = transaction
    const known = this.#transactions.get(transactionId)
    if (known === undefined) {
      this.#idsByCode.set(transaction.code, transactionId)
      const payment = { ref: transactionId, transactionId, movement: undefined, at, sequence }
      push(this.#history, merchantCode, payment)
    }
    for (const [index, movement] of movements.entries()) {
      if (index < (known?.movements.length ?? 0) || movement.type === "PAYOUT") continue
      push(this.#history, merchantCode, {
        ref: movement.id,
        transactionId,
        movement: index,
        at: movement.at,
        sequence: movement.sequence
      })
    }
    this.#transactions.set(transactionId, transaction)
  }
}

const push = <A>(map: Map<string, Array<A>>, key: string, value: A): void => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
