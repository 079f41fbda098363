import { type Answer, json } from "./Answer.ts"
import type { Call } from "./Call.ts"
import type { HistoryEntry } from "./Ledger.ts"
import type { Merchant } from "./Merchants.ts"
import type { Provider } from "./Provider.ts"
import * as problems from "./problems.ts"
import { historyBody } from "./transactionBodies.ts"

const limitMax = 1000

interface Window {
  readonly limit: number
  readonly descending: boolean
  readonly changesSince: number
  readonly oldest: number
  readonly newest: number
}

const time = (text: string | null, fallback: number): number => (text === null ? fallback : Date.parse(text))

/** What is asked for, or undefined when a parameter is not one. */
const windowOf = (query: URLSearchParams, oldestKept: number): Window | undefined => {
  const limit = Number(query.get("limit") ?? 10)
  const order = query.get("order") ?? "ascending"
  const window = {
    limit: Math.min(limit, limitMax),
    descending: order === "descending",
    changesSince: time(query.get("changes_since"), -Infinity),
    oldest: Math.max(time(query.get("oldest_time"), -Infinity), oldestKept),
    newest: time(query.get("newest_time"), Infinity)
  }
  const times = [window.changesSince, window.oldest, window.newest]
  if (!Number.isInteger(limit) || limit < 1 || times.some(Number.isNaN)) return undefined
  return order === "ascending" || order === "descending" ? window : undefined
}

/** GET /v2.1/merchants/{mc}/transactions/history */
export const readHistory = (call: Call, merchant: Merchant, provider: Provider): Answer => {
  if (call.params["merchant"] !== merchant.code) return problems.forbidden("request_not_allowed")
  const { clock, ledger, switches } = provider
  const kept = switches.historyDays === 0 ? -Infinity : clock.now() - switches.historyDays * 86_400_000
  const window = windowOf(call.query, kept)
  if (window === undefined) return json(400, { error_code: "INVALID", message: "Validation error" })
  const entries = ordered(ledger.history(merchant.code), call.query, window)
  const page: Array<{ readonly ref: string; readonly body: ReturnType<typeof historyBody> }> = []
  for (const entry of entries) {
    const transaction = ledger.transaction(entry.transactionId)
    if (transaction === undefined || transaction.updatedAt < window.changesSince) continue
    const body = historyBody(entry, transaction, merchant, switches.referenceInTransactions)
    if (!within(entry, window) || !wanted(body, call.query)) continue
    page.push({ ref: entry.ref, body })
    if (page.length > window.limit) break
  }
  const items = page.slice(0, window.limit).map(({ body }) => body)
  const last = page[window.limit - 1]
  const more = page.length > window.limit && last !== undefined
  return json(200, {
    items,
    links: more ? [{ href: nextPage(call.query, window, last.ref), rel: "next" }] : []
  })
}

/** The entries after (or, newest first, before) the reference of the last page. */
const ordered = (
  history: ReadonlyArray<HistoryEntry>,
  query: URLSearchParams,
  { descending }: Window
): ReadonlyArray<HistoryEntry> => {
  const ref = query.get(descending ? "newest_ref" : "oldest_ref")
  const index = ref === null ? -1 : history.findIndex((entry) => entry.ref === ref)
  if (descending) return history.slice(0, index < 0 ? history.length : index).reverse()
  return index < 0 ? history : history.slice(index + 1)
}

const within = ({ at }: HistoryEntry, { oldest, newest }: Window): boolean => at >= oldest && at < newest

const wanted = (body: ReturnType<typeof historyBody>, query: URLSearchParams): boolean => {
  const oneOf = (name: string, value: unknown) => {
    const allowed = query.getAll(name)
    return allowed.length === 0 || allowed.some((one) => one === value)
  }
  return (
    oneOf("statuses[]", body["status"]) &&
    oneOf("types[]", body["type"]) &&
    oneOf("payment_types[]", body["payment_type"]) &&
    oneOf("users[]", body["user"]) &&
    oneOf("transaction_code", body["transaction_code"])
  )
}

const nextPage = (query: URLSearchParams, { descending, limit }: Window, ref: string): string => {
  const next = new URLSearchParams(query)
  next.set("limit", String(limit))
  next.set(descending ? "newest_ref" : "oldest_ref", ref)
  return next.toString()
}
