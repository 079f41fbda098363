import type { Checkout } from "./Checkout.ts"
import { wireTime } from "./Clock.ts"
import { readFaultRequest } from "./faultRequest.ts"
import { isList, type Json, type JsonObject, text } from "./json.ts"
import { ledgerBody } from "./ledgerBody.ts"
import type { Merchant } from "./Merchants.ts"
import { toMinor } from "./money.ts"
import type { Provider } from "./Provider.ts"
import { readMerchant } from "./Settings.ts"
import { setSwitches } from "./Switches.ts"
import { refundable } from "./Transaction.ts"

/**
 * What is asked stands in path, query and body; `posted` is the body as it came. Answers what is written as
 * JSON; a
 * text is what is wrong with the request, and undefined means that there is no such thing.
 */
export type Route = (provider: Provider, asked: JsonObject, posted?: Json) => unknown

/** Does it, as a buyer, a bank or the provider's staff would; answers what came of it. */
type Event = (checkout: Checkout, provider: Provider, asked: JsonObject) => string | Promise<string>

/** The transactions that brought money, or the one of them that is named; those with some left first. */
const paying = (checkout: Checkout, { ledger }: Provider, { transaction_id }: JsonObject) =>
  ledger
    .transactionsOf(checkout)
    .filter(({ id, status }) => status === "SUCCESSFUL" && (transaction_id ?? id) === id)
    .toSorted((a, b) => Number(refundable(b) > 0) - Number(refundable(a) > 0))

const refund: Event = (checkout, provider, asked) => {
  const [transaction] = paying(checkout, provider, asked)
  if (transaction === undefined) return "not paid"
  const { amount } = asked
  const minor = typeof amount === "number" ? toMinor(amount, checkout.currency) : refundable(transaction)
  const refund = { type: "REFUND", status: "REFUNDED", amount: minor ?? 0, by: "provider" } as const
  return provider.payments.giveBack(transaction.id, refund) ? "refunded" : "not refundable"
}

const closing =
  (close: "expire" | "deactivate"): Event =>
  async (checkout, { payments }) => {
    if (checkout.status === "PAID") return "processed"
    if (checkout.status === "EXPIRED") return "expired already"
    await payments[close](checkout)
    return "expired"
  }

/** What can be made to happen to a checkout. */
export const events: { readonly [name: string]: Event } = {
  pay: async ({ id }, { buyer }) => {
    const { outcome, ready } = buyer.pay(id)
    await ready
    return outcome
  },
  decline: ({ id }, { buyer }) => buyer.decline(id).outcome,
  expire: closing("expire"),
  deactivate: closing("deactivate"),
  refund,
  "complete-refund": (checkout, provider, asked) => {
    const done = paying(checkout, provider, asked).filter(({ id }) => provider.payments.completeRefunds(id))
    return done.length > 0 ? "refunded" : "no pending refund"
  },
  chargeback: (checkout, provider, asked) => {
    const [transaction] = paying(checkout, provider, asked)
    return provider.payments.chargeback(transaction?.id ?? "") ? "charged back" : "nothing to take back"
  },
  webhook: async (checkout, { webhooks }) => {
    await webhooks.send(checkout)
    return checkout.returnUrl === undefined ? "no return_url" : "sent"
  }
}

/**
 * Makes an event happen. A checkout is meant by its id or by its reference, the newest of those that share
 * it.
 */
export const happen: Route = async (provider, asked) => {
  const { ledger, payments } = provider
  const [which, name] = [String(asked["which"]), String(asked["event"])]
  const checkout = payments.look(
    (ledger.checkout(which) ?? ledger.checkoutsOf(undefined, which).at(-1))?.id ?? ""
  )
  if (checkout === undefined) return undefined
  const event = Object.hasOwn(events, name) ? events[name] : undefined
  if (event === undefined) return `nothing is called ${name}; there are: ${Object.keys(events).join(", ")}`
  const outcome = await event(checkout, provider, asked)
  const { id, reference } = checkout
  return { id, outcome, status: payments.look(id)?.status, said: `${name} of ${reference}: ${outcome}` }
}

const clockBody: Route = ({ clock }) => {
  return { now: wireTime(clock.now()), offset_s: clock.offset() / 1000, scale: clock.scale() }
}

export const moveClock: Route = (provider, { advance_s = 0, offset_s, scale }) => {
  const { clock } = provider
  const isNumber = (value: Json | undefined) => value === undefined || Number.isFinite(value)
  if (![advance_s, offset_s, scale].every(isNumber)) return "advance_s, offset_s and scale are numbers"
  if (Number(scale ?? 1) <= 0) return "scale is above 0"
  if (Number(advance_s) < 0) return "advance_s is not below 0: use offset_s"
  if (scale !== undefined) clock.setScale(Number(scale))
  if (offset_s !== undefined) clock.setOffset(Number(offset_s) * 1000)
  clock.advance(Number(advance_s) * 1000)
  provider.keepClock()
  return clockBody(provider, {})
}

/** Adds one rule or a list of them; when one is wrong, none. */
export const addFaults: Route = ({ faults }, _, posted) => {
  const read = (isList(posted) ? posted : [posted]).map(readFaultRequest)
  const wrong = read.find((one) => typeof one === "string")
  if (wrong !== undefined) return wrong
  const added = read.flatMap((one) => (typeof one === "string" ? [] : faults.add(one)))
  return isList(posted) ? added : added[0]
}

export const removeFault: Route = ({ faults }, { id }) =>
  faults.remove(Number(id)) ? { removed: true } : "no such rule"

/** A merchant without its keys: only how each ends. */
const shown = (merchant: Merchant | undefined) =>
  merchant && { ...merchant, keys: merchant.keys.map((key) => `…${key.slice(-4)}`) }

const addMerchant: Route = ({ merchants }, _, posted) => {
  const settings = readMerchant(posted ?? null)
  return settings ? shown(merchants.add(settings)) : "a merchant has api_key, merchant_code, default_currency"
}

const rotateKey: Route = ({ merchants }, { code, keep_old }) => {
  const rotated = merchants.rotate(String(code), keep_old === true)
  return rotated && { ...shown(rotated.merchant), api_key: rotated.key }
}

const revokeKey: Route = ({ merchants }, { api_key, code }) =>
  shown(merchants.revoke(String(code), text(api_key)))

/** Does it and says so. */
const done =
  (act: (provider: Provider) => void): Route =>
  (provider) => {
    act(provider)
    return { done: true }
  }
export const reset = done((provider) => provider.reset())

/** Every admin route, below `/_admin`. */
export const adminRoutes: {
  readonly [method in "get" | "post" | "delete"]: { readonly [path: string]: Route }
} = {
  get: {
    "/ready": () => ({ ready: true }),
    "/calls": ({ calls }, { limit = 200 }) => calls.newest(Number(limit)),
    "/deliveries": ({ webhooks }, { limit = 200 }) => webhooks.log.newest(Number(limit)),
    "/ledger": (provider, { merchant }) => ledgerBody(provider, text(merchant)),
    "/faults": ({ faults }) => ({ rules: faults.list(), fired: faults.fired(), waiting: faults.waiting() }),
    "/clock": clockBody,
    "/merchants": ({ merchants }) => merchants.list().map(shown),
    "/switches": ({ switches }) => switches
  },
  post: {
    "/faults": addFaults,
    "/clock": moveClock,
    "/merchants": addMerchant,
    "/merchants/:code/rotate": rotateKey,
    "/merchants/:code/revoke": revokeKey,
    "/checkouts/:which/:event": happen,
    "/switches": ({ switches }, _, posted) => setSwitches(switches, posted) ?? switches,
    "/reset": reset
  },
  delete: { "/faults": done(({ faults }) => faults.clear()), "/faults/:id": removeFault }
}
