import type { Ids } from "./Ids.ts"
import type { Currency } from "./money.ts"

/** Money that moved because of a transaction, in minor units. */
export interface Movement {
  /** What history calls it. */
  readonly id: string
  readonly eventId: number
  readonly type: "PAYOUT" | "REFUND" | "CHARGE_BACK"
  readonly status: "PENDING" | "REFUNDED" | "SUCCESSFUL" | "FAILED"
  readonly amount: number
  readonly at: number
  /** Its place in history. */
  readonly sequence: number
  /** Asked for over the API, or done at the provider by someone else. */
  readonly by: "api" | "provider"
}

/** One try with one card; amounts in minor units. */
export interface Transaction {
  readonly id: string
  readonly code: string
  readonly checkoutId: string
  readonly merchantCode: string
  readonly reference: string
  readonly description: string | undefined
  readonly amount: number
  readonly currency: Currency
  readonly status: "SUCCESSFUL" | "FAILED"
  readonly card: string
  readonly authCode: string
  readonly at: number
  /** Its place in history. */
  readonly sequence: number
  readonly updatedAt: number
  readonly movements: ReadonlyArray<Movement>
}

/** What a transaction takes from its checkout. */
export interface Payable {
  readonly id: string
  readonly merchantCode: string
  readonly reference: string
  readonly description: string | undefined
  readonly currency: Currency
}

/** How money is taken: the last four digits of the card, and in minor units what is taken. */
export interface Taking {
  readonly card: string
  readonly amount: number
  readonly declined?: boolean
}

/** The 2.45 % the provider keeps; with it the captured payout of 22.88 for 23.45 comes out. */
const feeOf = (amount: number): number => Math.round((amount * 245) / 10_000)

const payout = (amount: number, { ids, at }: { readonly ids: Ids; readonly at: number }): Movement => ({
  id: ids.uuid(),
  eventId: ids.eventId(),
  type: "PAYOUT",
  status: "PENDING",
  amount: amount - feeOf(amount),
  at,
  sequence: ids.sequence(),
  by: "provider"
})

/** A new transaction of a checkout. */
export const opened = (
  of: Payable,
  taking: Taking,
  made: { readonly ids: Ids; readonly at: number }
): Transaction => ({
  id: made.ids.uuid(),
  code: made.ids.transactionCode(),
  checkoutId: of.id,
  merchantCode: of.merchantCode,
  reference: of.reference,
  description: of.description,
  amount: taking.amount,
  currency: of.currency,
  status: taking.declined ? "FAILED" : "SUCCESSFUL",
  card: taking.card,
  authCode: made.ids.authCode(),
  at: made.at,
  sequence: made.ids.sequence(),
  updatedAt: made.at,
  movements: taking.declined ? [] : [payout(taking.amount, made)]
})

const sum = (transaction: Transaction, type: Movement["type"], statuses: ReadonlyArray<string>): number =>
  transaction.movements
    .filter((movement) => movement.type === type && statuses.includes(movement.status))
    .reduce((total, movement) => total + movement.amount, 0)

/** What went back to the buyer, in minor units. */
export const refunded = (transaction: Transaction): number => sum(transaction, "REFUND", ["REFUNDED"])

export const chargedBack = (transaction: Transaction): number =>
  sum(transaction, "CHARGE_BACK", ["SUCCESSFUL"])

/** What may still be refunded; a pending refund counts as gone. */
export const refundable = (transaction: Transaction): number =>
  transaction.status === "SUCCESSFUL"
    ? transaction.amount - sum(transaction, "REFUND", ["REFUNDED", "PENDING"]) - chargedBack(transaction)
    : 0
