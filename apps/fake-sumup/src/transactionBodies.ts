import { wireTime } from "./Clock.ts"
import type { JsonObject } from "./json.ts"
import type { HistoryEntry } from "./Ledger.ts"
import { type Merchant, payToEmail } from "./Merchants.ts"
import { toMajor } from "./money.ts"
import { chargedBack, type Movement, refunded, type Transaction } from "./Transaction.ts"

const simpleStatus = (transaction: Transaction): string => {
  if (chargedBack(transaction) > 0) return "CHARGEBACK"
  const last = transaction.movements.findLast(({ type }) => type === "REFUND")
  // Captured: a refund leaves the status SUCCESSFUL; only the events tell.
  return last?.status === "FAILED" ? "REFUND_FAILED" : transaction.status
}

/** A transaction as a checkout lists it. */
export const transactionInCheckout = (transaction: Transaction): JsonObject => ({
  amount: toMajor(transaction.amount, transaction.currency),
  auth_code: transaction.authCode,
  currency: transaction.currency,
  entry_mode: "CUSTOMER_ENTRY",
  id: transaction.id,
  installments_count: 1,
  merchant_code: transaction.merchantCode,
  payment_type: "ECOM",
  status: transaction.status,
  timestamp: wireTime(transaction.at),
  tip_amount: 0,
  transaction_code: transaction.code,
  vat_amount: 0
})

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const fullEvent = ({ currency }: Transaction, movement: Movement): JsonObject => ({
  amount: toMajor(movement.amount, currency),
  date: day(movement.at),
  due_date: day(movement.at),
  event_type: movement.type,
  id: movement.eventId,
  status: movement.status,
  timestamp: wireTime(movement.at)
})

const compactEvent = (transaction: Transaction, movement: Movement): JsonObject => ({
  amount: toMajor(movement.amount, transaction.currency),
  id: movement.eventId,
  // Captured: the compact list says SCHEDULED where the full one says PENDING.
  status: movement.type === "PAYOUT" && movement.status === "PENDING" ? "SCHEDULED" : movement.status,
  timestamp: wireTime(movement.at),
  transaction_id: transaction.id,
  type: movement.type
})

/** The body of `GET /v2.1/merchants/{mc}/transactions`. */
export const transactionBody = (
  transaction: Transaction,
  merchant: Merchant,
  carriesReference: boolean
): JsonObject => ({
  ...transactionInCheckout(transaction),
  ...(carriesReference ? { foreign_transaction_id: transaction.reference } : {}),
  card: { last_4_digits: transaction.card, type: "VISA" },
  events: transaction.movements.map((movement) => compactEvent(transaction, movement)),
  links: [],
  local_time: wireTime(transaction.at),
  payout_plan: "SINGLE_PAYMENT",
  payouts_received: 0,
  payouts_total: transaction.status === "SUCCESSFUL" ? 1 : 0,
  product_summary: transaction.description,
  simple_payment_type: "CC_CUSTOMER_ENTERED",
  simple_status: simpleStatus(transaction),
  tax_enabled: false,
  transaction_events: transaction.movements.map((movement) => fullEvent(transaction, movement)),
  username: payToEmail(merchant),
  verification_method: "none"
})

/** A line of `GET /v2.1/merchants/{mc}/transactions/history`. */
export const historyBody = (
  { ref, movement: index }: HistoryEntry,
  transaction: Transaction,
  merchant: Merchant,
  carriesReference: boolean
): JsonObject => {
  const movement = index === undefined ? undefined : transaction.movements[index]
  return {
    ...(carriesReference ? { client_transaction_id: transaction.reference } : {}),
    ...(movement === undefined
      ? { refunded_amount: toMajor(refunded(transaction), transaction.currency) }
      : {}),
    amount: toMajor(movement?.amount ?? transaction.amount, transaction.currency),
    card_type: "VISA",
    currency: transaction.currency,
    id: ref,
    installments_count: 1,
    payment_type: "ECOM",
    payout_plan: "SINGLE_PAYMENT",
    payouts_received: 0,
    payouts_total: 1,
    product_summary: transaction.description,
    status: movement?.status ?? transaction.status,
    timestamp: wireTime(movement?.at ?? transaction.at),
    transaction_code: transaction.code,
    transaction_id: transaction.id,
    type: movement === undefined ? "PAYMENT" : movement.type,
    user: payToEmail(merchant)
  }
}
