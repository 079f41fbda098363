import type { Checkout } from "./Checkout.ts"
import type { JsonObject } from "./json.ts"
import { toMinor } from "./money.ts"
import type { Provider } from "./Provider.ts"
import { refundable, type Transaction } from "./Transaction.ts"

/** What can be made to happen to a checkout. */
export const eventNames = [
  "pay",
  "decline",
  "expire",
  "deactivate",
  "refund",
  "complete-refund",
  "chargeback",
  "webhook"
] as const

export type EventName = (typeof eventNames)[number]

export const isEventName = (name: unknown): name is EventName => eventNames.some((one) => one === name)

type Trigger = (checkout: Checkout, provider: Provider, given: JsonObject) => string | Promise<string>

/** The transaction that is named, or the first that brought money and has some left. */
const meant = (checkout: Checkout, { ledger }: Provider, given: JsonObject): Transaction | undefined => {
  const paid = ledger.transactionsOf(checkout).filter(({ status }) => status === "SUCCESSFUL")
  const named = given["transaction_id"]
  if (named !== undefined) return paid.find(({ id }) => id === named)
  return paid.find((one) => refundable(one) > 0) ?? paid[0]
}

const refund: Trigger = (checkout, provider, given) => {
  const transaction = meant(checkout, provider, given)
  if (transaction === undefined) return "not paid"
  const { amount } = given
  const minor = typeof amount === "number" ? toMinor(amount, transaction.currency) : refundable(transaction)
  const done = provider.refunds.refund(transaction.id, minor ?? 0, { status: "REFUNDED", by: "provider" })
  return done === undefined ? "not refundable" : "refunded"
}

const completeRefund: Trigger = (checkout, provider, given) => {
  const transactions = provider.ledger.transactionsOf(checkout)
  const named = given["transaction_id"]
  const pending = transactions
    .filter(({ id }) => named === undefined || id === named)
    .flatMap(({ id, movements }) => movements.filter(isPending).map((movement) => ({ id, movement })))
  for (const { id, movement } of pending) provider.refunds.complete(id, movement.id)
  return pending.length > 0 ? "refunded" : "no pending refund"
}

const isPending = ({ type, status }: Transaction["movements"][number]): boolean =>
  type === "REFUND" && status === "PENDING"

const closing =
  (close: "expire" | "deactivate"): Trigger =>
  async (checkout, { payments }) => {
    if (checkout.status === "PAID") return "processed"
    if (checkout.status === "EXPIRED") return "expired already"
    await payments[close](checkout)
    return "expired"
  }

const triggers: { readonly [Name in EventName]: Trigger } = {
  pay: async ({ id }, { buyer }) => {
    const { outcome, ready } = buyer.pay(id)
    await ready
    return outcome
  },
  decline: ({ id }, { buyer }) => buyer.decline(id).outcome,
  expire: closing("expire"),
  deactivate: closing("deactivate"),
  refund,
  "complete-refund": completeRefund,
  chargeback: (checkout, provider, given) => {
    const transaction = meant(checkout, provider, given)
    const done = transaction && provider.refunds.chargeback(transaction.id)
    return done === undefined ? "nothing to take back" : "charged back"
  },
  webhook: async (checkout, { webhooks }) => {
    await webhooks.send(checkout)
    return checkout.returnUrl === undefined ? "no return_url" : "sent"
  }
}

/** Makes an event happen, as a buyer, a bank or the provider's staff would; answers what came of it. */
export const trigger = (
  provider: Provider,
  id: string,
  event: EventName,
  given: JsonObject = {}
): string | Promise<string> => {
  const checkout = provider.payments.look(id)
  return checkout === undefined ? "unknown" : triggers[event](checkout, provider, given)
}

/** A checkout by its id or by its reference, the newest of those that share it. */
export const meantCheckout = ({ ledger }: Provider, idOrReference: string): Checkout | undefined =>
  ledger.checkout(idOrReference) ?? ledger.checkoutsWithReference(idOrReference).at(-1)
