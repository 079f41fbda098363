import type { Clock } from "./Clock.ts"
import type { Ids } from "./Ids.ts"
import type { Ledger } from "./Ledger.ts"
import { type Movement, refundable, type Transaction } from "./Transaction.ts"

export interface RefundsOptions {
  readonly clock: Clock
  readonly ids: Ids
  readonly ledger: Ledger
}

type NewMovement = Pick<Movement, "type" | "status" | "amount" | "by">

/** Money that goes back: refunds and chargebacks. The checkout never shows them, only the transaction. */
export class Refunds {
  readonly #options: RefundsOptions

  constructor(options: RefundsOptions) {
    this.#options = options
  }

  /** Gives money back, in minor units; undefined when there is not so much to give. */
  refund(
    transactionId: string,
    amount: number,
    how: { readonly status: "PENDING" | "REFUNDED" | "FAILED"; readonly by: Movement["by"] }
  ): Movement | undefined {
    const transaction = this.#options.ledger.transaction(transactionId)
    if (transaction === undefined || amount <= 0 || amount > refundable(transaction)) return undefined
    return this.#add(transaction, { type: "REFUND", amount, ...how })
  }

  /** A pending refund reaches the buyer. */
  complete(transactionId: string, movementId: string): void {
    const { clock, ledger } = this.#options
    const transaction = ledger.transaction(transactionId)
    if (transaction === undefined) return
    const movements = transaction.movements.map((movement) =>
      movement.id === movementId && movement.status === "PENDING"
        ? { ...movement, status: "REFUNDED" as const }
        : movement
    )
    ledger.save({ transaction: { ...transaction, movements, updatedAt: clock.now() } })
  }

  /** The buyer's bank takes back what is left of a payment. */
  chargeback(transactionId: string): Movement | undefined {
    const transaction = this.#options.ledger.transaction(transactionId)
    if (transaction === undefined || refundable(transaction) <= 0) return undefined
    const amount = refundable(transaction)
    return this.#add(transaction, { type: "CHARGE_BACK", amount, status: "SUCCESSFUL", by: "provider" })
  }

  #add(transaction: Transaction, of: NewMovement): Movement {
    const { clock, ids, ledger } = this.#options
    const at = clock.now()
    const movement: Movement = {
      ...of,
      id: ids.uuid(),
      eventId: ids.eventId(),
      at,
      sequence: ids.sequence()
    }
    const movements = [...transaction.movements, movement]
    ledger.save({ transaction: { ...transaction, movements, updatedAt: at } })
    return movement
  }
}
