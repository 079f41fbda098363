import { type Answer, json } from "./Answer.ts"
import type { Call } from "./Call.ts"
import { isObject } from "./json.ts"
import { type Merchant, merchantBody } from "./Merchants.ts"
import { toMinor } from "./money.ts"
import type { Provider } from "./Provider.ts"
import * as problems from "./problems.ts"
import { refundable, type Transaction } from "./Transaction.ts"
import { transactionBody } from "./transactionBodies.ts"

/** GET /v1/merchants/{merchant_code}: the document knows no 403 here, another's merchant is not found. */
export const readMerchant = (call: Call, merchant: Merchant): Answer =>
  call.params["merchant"] === merchant.code ? json(200, merchantBody(merchant)) : problems.nothingHere()

/** GET /v2.1/merchants/{mc}/transactions?id= | transaction_code= | foreign_transaction_id= */
export const readTransaction = (call: Call, merchant: Merchant, provider: Provider): Answer => {
  if (call.params["merchant"] !== merchant.code) return problems.forbidden("request_not_allowed")
  const { transaction } = call
  if (transaction?.merchantCode !== merchant.code) return problems.notFound()
  return json(200, transactionBody(transaction, merchant, provider.switches.referenceInTransactions))
}

/** The transaction that a query names, whoever it belongs to. */
export const askedFor = (
  query: URLSearchParams,
  merchantCode: string,
  { ledger, switches }: Provider
): Transaction | undefined => {
  const id = query.get("id")
  if (id !== null) return ledger.transaction(id)
  const code = query.get("transaction_code")
  if (code !== null) return ledger.transactionWithCode(code)
  const reference = query.get("foreign_transaction_id") ?? query.get("client_transaction_id")
  if (reference === null || !switches.referenceInTransactions) return undefined
  const transactions = ledger
    .checkoutsOf(merchantCode, reference)
    .flatMap((one) => ledger.transactionsOf(one))
  return transactions.find(({ status }) => status === "SUCCESSFUL") ?? transactions[0]
}

/** POST /v1.0/merchants/{mc}/payments/{transaction_id}/refunds: without an amount, all that is left. */
export const refundTransaction = (call: Call, merchant: Merchant, provider: Provider): Answer => {
  const { clock, faults, refunds } = provider
  if (call.params["merchant"] !== merchant.code) return problems.refundForbidden()
  const { transaction } = call
  if (transaction?.merchantCode !== merchant.code) return problems.transactionNotFound()
  const amount = refundAmount(call, transaction)
  if (amount === undefined) return problems.badRequest("amount must be greater than zero")
  const max = refundable(transaction)
  if (max <= 0) return problems.notRefundable()
  if (amount > max) return problems.refundTooHigh(max)
  const due = faults.due("refund", call.subject)[0]
  due?.fire()
  if (due?.fault === "refund-failed") {
    if (due.given["at_once"] === true) return problems.refundFailed()
    refunds.refund(transaction.id, amount, { status: "FAILED", by: "api" })
    return json(201, {})
  }
  const status = due?.fault === "refund-pending" ? "PENDING" : "REFUNDED"
  const movement = refunds.refund(transaction.id, amount, { status, by: "api" })
  if (movement !== undefined && due?.given["s"] !== undefined) {
    clock.after(due.number("s", 0) * 1000, () => refunds.complete(transaction.id, movement.id))
  }
  return json(201, {})
}

const refundAmount = ({ body, json: asked }: Call, transaction: Transaction): number | undefined => {
  if (body.trim() === "") return refundable(transaction)
  if (!isObject(asked)) return undefined
  const amount = asked["amount"]
  if (amount === undefined || amount === null) return refundable(transaction)
  if (typeof amount !== "number" || !(amount > 0)) return undefined
  return toMinor(amount, transaction.currency)
}
