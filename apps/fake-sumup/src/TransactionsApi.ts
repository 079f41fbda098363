import type { Answer } from "./Answer.ts"
import type { KeyedCall } from "./Api.ts"
import { isObject, type JsonObject } from "./json.ts"
import { toMinor } from "./money.ts"
import type { Provider } from "./Provider.ts"
import * as problems from "./problems.ts"
import { historyBody, refundable, type Transaction, transactionBody } from "./Transaction.ts"

/** GET /v2.1/merchants/{mc}/transactions?id= | transaction_code= | foreign_transaction_id= */
export const readTransaction = ({ merchant, transaction }: KeyedCall, { switches }: Provider): Answer =>
  transaction !== undefined && transaction.merchantCode === merchant.merchant_code
    ? { status: 200, body: transactionBody(transaction, switches.referenceInTransactions) }
    : problems.notFound

/** In minor units, without an amount all that is left; undefined when it is none. */
const refundAmount = ({ body, json }: KeyedCall, transaction: Transaction): number | undefined => {
  const amount = isObject(json) ? (json["amount"] ?? undefined) : undefined
  const isLeftOut = body.trim() === "" || (isObject(json) && amount === undefined)
  if (isLeftOut) return refundable(transaction)
  return typeof amount === "number" && amount > 0 ? toMinor(amount, transaction.currency) : undefined
}

/** POST /v1.0/merchants/{mc}/payments/{transaction_id}/refunds */
export const refundTransaction = (call: KeyedCall, { clock, faults, payments }: Provider): Answer => {
  const { merchant, subject, transaction } = call
  if (transaction === undefined || transaction.merchantCode !== merchant.merchant_code) {
    return problems.transactionNotFound
  }
  const amount = refundAmount(call, transaction)
  if (amount === undefined) return problems.badRequest("amount must be greater than zero")
  const max = refundable(transaction)
  if (max <= 0) return problems.notRefundable
  if (amount > max) return problems.refundTooHigh(max)
  const [due] = faults.due("refund", subject)
  due?.fire()
  if (due?.fault === "refund-failed" && due.with["at_once"] === true) return problems.refundFailed
  const status = due === undefined ? "REFUNDED" : due.fault === "refund-failed" ? "FAILED" : "PENDING"
  payments.giveBack(transaction.id, { type: "REFUND", amount, status, by: "api" })
  if (status === "PENDING" && due?.with["s"] !== undefined) {
    clock.after(due.number("s", 0) * 1000, () => void payments.completeRefunds(transaction.id))
  }
  return { status: 201, body: {} }
}

/** GET /v2.1/merchants/{mc}/transactions/history */
export const readHistory = ({ merchant, query }: KeyedCall, provider: Provider): Answer => {
  const { clock, ledger, switches } = provider
  const limit = Number(query.get("limit") ?? 10)
  const order = query.get("order") ?? "ascending"
  const since = Date.parse(query.get("changes_since") ?? new Date(0).toISOString())
  const isRight = Number.isInteger(limit) && limit > 0 && !Number.isNaN(since)
  if (!isRight || !["ascending", "descending"].includes(order)) return problems.invalid()
  const oldest = switches.historyDays === 0 ? 0 : clock.now() - switches.historyDays * 86_400_000
  const refName = order === "descending" ? "newest_ref" : "oldest_ref"
  const history = ledger.history(merchant.merchant_code)
  const lines = order === "descending" ? history.toReversed() : history
  const bodies = lines
    .slice(lines.findIndex(({ ref }) => ref === query.get(refName)) + 1)
    .filter(({ at }) => at >= oldest)
    .flatMap((line): ReadonlyArray<JsonObject> => {
      const transaction = ledger.transaction(line.transactionId)
      if (transaction === undefined || transaction.updatedAt < since) return []
      return [historyBody(line, transaction, switches.referenceInTransactions)]
    })
    .filter((body) => isWanted(body, query))
  const next = new URLSearchParams(query)
  next.set("limit", String(limit))
  next.set(refName, String(bodies[limit - 1]?.["id"]))
  const links = bodies.length > limit ? [{ href: next.toString(), rel: "next" }] : []
  return { status: 200, body: { items: bodies.slice(0, limit), links } }
}

const isWanted = (body: JsonObject, query: URLSearchParams): boolean =>
  ["status", "type"].every((key) => {
    const allowed = query.getAll(key === "status" ? "statuses[]" : "types[]")
    return allowed.length === 0 || allowed.some((one) => one === body[key])
  })
