import type { Answer } from "./Answer.ts"
import type { Call } from "./Call.ts"
import { type Checkout, checkoutBody, standingAt } from "./Checkout.ts"
import type { DueFault } from "./Faults.ts"
import { uuidOf } from "./Ids.ts"
import { isList, isObject, type Json, type JsonObject } from "./json.ts"
import type { Provider } from "./Provider.ts"

/** The answer changed, or undefined when there is nothing here the fault could change. */
type Change = (answer: Answer, due: DueFault, call: Call, provider: Provider) => Answer | undefined

/** Changes every object of a body: the one, or each of a list. */
const eachObject = (
  answer: Answer,
  change: (body: JsonObject) => JsonObject | undefined
): Answer | undefined => {
  if (isObject(answer.body)) {
    const body = change(answer.body)
    return body === undefined ? undefined : { ...answer, body }
  }
  if (!isList(answer.body)) return undefined
  let changed = false
  const body = answer.body.map((one) => {
    const next = isObject(one) ? change(one) : undefined
    changed ||= next !== undefined
    return next ?? one
  })
  return changed ? { ...answer, body } : undefined
}

const isCheckout = (body: JsonObject): boolean => body["checkout_reference"] !== undefined

const withKey = (key: string, value: Json) => (body: JsonObject) =>
  body[key] === undefined ? undefined : { ...body, [key]: value }

const turned = (value: Json | undefined): Json | undefined => {
  if (typeof value === "number") return String(value)
  return typeof value === "string" ? 42 : value
}

const lie = (field: string, body: JsonObject): JsonObject | undefined => {
  const value = body[field]
  if (field === "amount" && typeof value === "number") return { ...body, amount: value + 1 }
  if (field === "currency") return { ...body, currency: value === "EUR" ? "GBP" : "EUR" }
  if (field === "id" && typeof value === "string") return { ...body, id: uuidOf(value) }
  return typeof value === "string" ? { ...body, [field]: `${value}X` } : undefined
}

const isRead = ({ operation }: Call): boolean => operation === "read" || operation === "list"

/** As it stood a while ago; undefined when it has not changed since. */
const earlier = (checkout: Checkout, due: DueFault, provider: Provider): JsonObject | undefined => {
  const standing = standingAt(checkout, provider.clock.now() - due.number("s", 10) * 1000)
  const merchant = provider.merchants.find(checkout.merchantCode)
  if (standing === undefined || merchant === undefined || standing === checkout.standings.at(-1))
    return undefined
  const transactions = provider.ledger.transactionsOf(checkout)
  return checkoutBody({ checkout, merchant, transactions, publicUrl: provider.publicUrl }, standing)
}

export const bodyFaults: { readonly [fault: string]: Change } = {
  "wrong-types": (answer) =>
    eachObject(answer, (body) =>
      Object.fromEntries(Object.entries(body).map(([key, value]) => [key, turned(value)]))
    ),
  "unknown-status": (answer, due) => eachObject(answer, withKey("status", due.text("status", "ON_ITS_WAY"))),
  missing: (answer, due) =>
    eachObject(answer, (body) => {
      const { [due.text("key", "status")]: gone, ...rest } = body
      return gone === undefined ? undefined : rest
    }),
  "extra-keys": (answer) =>
    eachObject(answer, (body) => ({ ...body, loyalty_points: 7, next_gen: { nested: [null, true] } })),
  "no-transaction-id": (answer) =>
    eachObject(answer, (body) => {
      const { transaction_id: gone, transaction_code: _, ...rest } = body
      return gone === undefined ? undefined : { ...rest, transactions: [] }
    }),
  wrong: (answer, due, call) =>
    isRead(call)
      ? eachObject(answer, (body) => (isCheckout(body) ? lie(due.text("field", "amount"), body) : undefined))
      : undefined,
  "list-empty": (answer, _, call) =>
    call.operation === "list" && isList(answer.body) && answer.body.length > 0
      ? { ...answer, body: [] }
      : undefined,
  "list-two": (answer, _, call) => {
    const first = isList(answer.body) ? answer.body[0] : undefined
    if (call.operation !== "list" || !isObject(first)) return undefined
    return { ...answer, body: [{ ...first, id: uuidOf(String(first["id"])) }, first] }
  },
  stale: (answer, due, call, provider) =>
    isRead(call)
      ? eachObject(answer, (body) => {
          const checkout = provider.ledger.checkout(String(body["id"]))
          return checkout === undefined ? undefined : earlier(checkout, due, provider)
        })
      : undefined
}
