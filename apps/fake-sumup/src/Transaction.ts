import type { Checkout } from "./Checkout.ts"
import { wireTime } from "./Clock.ts"
import type { Ids } from "./Ids.ts"
import type { JsonObject } from "./json.ts"
import type { HistoryEntry } from "./Ledger.ts"
import { payToEmail } from "./Merchants.ts"
import { toMajor } from "./money.ts"

/** Money that moved because of a transaction, in minor units; by the API, or at the provider itself. */
export interface Movement {
  readonly id: string
  readonly eventId: number
  readonly type: "PAYOUT" | "REFUND" | "CHARGE_BACK"
  readonly status: "PENDING" | "REFUNDED" | "SUCCESSFUL" | "FAILED"
  readonly amount: number
  readonly at: number
  readonly by: "api" | "provider"
}

export type NewMovement = Omit<Movement, "id" | "eventId" | "at">

/** How money is taken: the last four digits of the card, in minor units what is taken, and how often. */
export interface Taking {
  readonly card: string
  readonly amount: number
  readonly times?: number
  readonly declined?: boolean
}

export const movement = (of: NewMovement, at: number, ids: Ids): Movement => {
  return { ...of, id: ids.uuid(), eventId: ids.eventId(), at }
}

/** One try with one card to pay a checkout; amounts in minor units. */
export const opened = (checkout: Checkout, taking: Taking, at: number, ids: Ids) => {
  const { id: checkoutId, currency, description, merchantCode, reference } = checkout
  const { amount, card, declined } = taking
  // The provider keeps 2.45 %: with it the captured payout of 22.88 for 23.45 comes out.
  const kept = Math.round((amount * 245) / 10_000)
  const payout = { type: "PAYOUT", status: "PENDING", amount: amount - kept, by: "provider" } as const
  const movements: ReadonlyArray<Movement> = declined ? [] : [movement(payout, at, ids)]
  const status = declined ? ("FAILED" as const) : ("SUCCESSFUL" as const)
  const made = { id: ids.uuid(), code: ids.transactionCode(), authCode: ids.authCode(), at, updatedAt: at }
  const asked = { checkoutId, currency, description, merchantCode, reference }
  return { ...asked, ...made, amount, card, status, movements }
}

export type Transaction = Readonly<ReturnType<typeof opened>>

const sum = (
  { movements }: Transaction,
  type: Movement["type"],
  ...statuses: ReadonlyArray<string>
): number =>
  movements
    .filter((one) => one.type === type && statuses.includes(one.status))
    .reduce((total, { amount }) => total + amount, 0)

/** What went back to the buyer, in minor units. */
export const refunded = (transaction: Transaction): number => sum(transaction, "REFUND", "REFUNDED")
export const chargedBack = (transaction: Transaction): number => sum(transaction, "CHARGE_BACK", "SUCCESSFUL")

/** What may still be refunded; a pending refund counts as gone. */
export const refundable = (transaction: Transaction): number => {
  const gone = sum(transaction, "REFUND", "REFUNDED", "PENDING") + chargedBack(transaction)
  return transaction.status === "SUCCESSFUL" ? transaction.amount - gone : 0
}

/** What checkout, transaction and history say alike. */
const facts = (transaction: Transaction): JsonObject => ({
  amount: toMajor(transaction.amount, transaction.currency),
  currency: transaction.currency,
  installments_count: 1,
  payment_type: "ECOM",
  status: transaction.status,
  timestamp: wireTime(transaction.at),
  transaction_code: transaction.code
})

/** A transaction as a checkout lists it. */
export const transactionInCheckout = (transaction: Transaction): JsonObject => ({
  ...facts(transaction),
  auth_code: transaction.authCode,
  entry_mode: "CUSTOMER_ENTRY",
  id: transaction.id,
  merchant_code: transaction.merchantCode,
  tip_amount: 0,
  vat_amount: 0
})

/** What history and both lists of events say of a movement alike. */
const movementFacts = ({ amount, at, status }: Movement, currency: string): JsonObject => {
  return { amount: toMajor(amount, currency), status, timestamp: wireTime(at) }
}

/** The body of `GET /v2.1/merchants/{mc}/transactions`. */
export const transactionBody = (transaction: Transaction, carriesReference: boolean): JsonObject => {
  const { card, currency, description, id, merchantCode, movements, reference, status } = transaction
  const isFailed = movements.findLast(({ type }) => type === "REFUND")?.status === "FAILED"
  return {
    ...transactionInCheckout(transaction),
    card: { last_4_digits: card, type: "VISA" },
    events: movements.map((moved) => {
      // Captured: this list says SCHEDULED where the full one says PENDING.
      const status = moved.type === "PAYOUT" ? "SCHEDULED" : moved.status
      const facts = movementFacts(moved, currency)
      return { ...facts, status, id: moved.eventId, transaction_id: id, type: moved.type }
    }),
    foreign_transaction_id: carriesReference ? reference : undefined,
    product_summary: description,
    simple_payment_type: "CC_CUSTOMER_ENTERED",
    // Captured: a refund leaves the status SUCCESSFUL; only the events tell.
    simple_status: chargedBack(transaction) > 0 ? "CHARGEBACK" : isFailed ? "REFUND_FAILED" : status,
    transaction_events: movements.map((moved) => {
      const date = wireTime(moved.at).slice(0, 10)
      return { ...movementFacts(moved, currency), id: moved.eventId, date, event_type: moved.type }
    }),
    username: payToEmail(merchantCode)
  }
}

/** A line of `GET /v2.1/merchants/{mc}/transactions/history`. */
export const historyBody = (
  { movement, ref }: HistoryEntry,
  transaction: Transaction,
  carriesReference: boolean
): JsonObject => {
  const { currency, description, id, merchantCode, movements, reference } = transaction
  const moved = movements[movement]
  const payment = { refunded_amount: toMajor(refunded(transaction), currency), type: "PAYMENT" }
  return {
    ...facts(transaction),
    ...(moved === undefined ? payment : { ...movementFacts(moved, currency), type: moved.type }),
    card_type: "VISA",
    client_transaction_id: carriesReference ? reference : undefined,
    id: ref,
    product_summary: description,
    transaction_id: id,
    user: payToEmail(merchantCode)
  }
}
