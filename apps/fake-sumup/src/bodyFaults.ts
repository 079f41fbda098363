import { checkoutBody } from "./Checkout.ts"
import { answering, at, type FaultKind, type Struck } from "./FaultKind.ts"
import { uuidOf } from "./Ids.ts"
import { isList, isObject, type Json, type JsonObject } from "./json.ts"

const lying = answering("body")

type Change = (body: JsonObject, struck: Struck) => JsonObject | undefined

/** Changes every object of a body, the one or each of a list. */
const each = (change: Change, ...parameters: ReadonlyArray<string>): FaultKind =>
  lying(
    (struck) => {
      const { answer } = struck
      const bodies = isList(answer?.body) ? answer.body : [answer?.body ?? null]
      const changed = bodies.map((one) => (isObject(one) ? change(one, struck) : undefined))
      if (answer === undefined || changed.every((one) => one === undefined)) return undefined
      const all = changed.map((one, index) => one ?? bodies[index] ?? null)
      return { ...answer, body: isList(answer.body) ? all : all[0] }
    },
    ...parameters
  )

/** Changes the list by reference, unless it is empty. */
const listed = (change: (first: JsonObject) => Json): FaultKind =>
  lying(({ answer, call }) => {
    const first = call.operation === "list" && isList(answer?.body) ? answer.body[0] : undefined
    return isObject(first) ? { status: 200, body: change(first) } : undefined
  })

const without = (body: JsonObject, key: string): JsonObject | undefined =>
  body[key] === undefined ? undefined : { ...body, [key]: undefined }

const turned: Change = (body) => {
  const other = (value: Json | undefined) => (typeof value === "string" ? 42 : value)
  const turn = (value: Json | undefined) => (typeof value === "number" ? String(value) : other(value))
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, turn(value)]))
}

const unknown: Change = (body, { due }) =>
  body["status"] === undefined ? undefined : { ...body, status: due.text("status", "ON_ITS_WAY") }

const unpaid: Change = (body) => {
  const rest = without(body, "transaction_id")
  return rest && { ...rest, transaction_code: undefined, transactions: [] }
}

const isRead = ({ call }: Struck): boolean => call.operation === "read" || call.operation === "list"

const wrong: Change = (body, struck) => {
  const field = struck.due.text("field", "amount")
  const value = body[field]
  if (!isRead(struck) || value === undefined || body["checkout_reference"] === undefined) return undefined
  if (typeof value === "number") return { ...body, [field]: value + 1 }
  if (field === "currency") return { ...body, currency: value === "EUR" ? "GBP" : "EUR" }
  return { ...body, [field]: field === "id" ? uuidOf(String(value)) : `${value}X` }
}

/** As it stood a while ago; undefined when it has not changed since. */
const stale: Change = (body, struck) => {
  const { due, provider } = struck
  const now = isRead(struck) ? provider.ledger.checkout(String(body["id"])) : undefined
  const then = provider.clock.now() - due.number("s", 10) * 1000
  let checkout = now
  while (checkout?.before !== undefined && checkout.at > then) checkout = checkout.before
  return checkout === undefined || checkout === now ? undefined : checkoutBody(checkout, provider)
}

/** True answers, changed. */
export const bodyFaults = {
  "wrong-types": each(turned),
  "unknown-status": each(unknown, "status"),
  missing: each((body, { due }) => without(body, due.text("key", "status")), "key"),
  "extra-keys": each((body) => ({ ...body, loyalty_points: 7, next_gen: { nested: [null, true] } })),
  "no-transaction-id": each(unpaid),
  wrong: each(wrong, "field"),
  "list-empty": listed(() => []),
  "list-two": listed((first) => [{ ...first, id: uuidOf(String(first["id"])) }, first]),
  stale: each(stale, "s"),
  "clock-offset": at("create", "s")
} as const satisfies { readonly [name: string]: FaultKind }
