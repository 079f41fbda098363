import { type Answer, json } from "./Answer.ts"
import type { Call } from "./Call.ts"
import { type Checkout, checkoutBody } from "./Checkout.ts"
import { type CheckoutRequest, fieldErrors, understood } from "./CheckoutRequest.ts"
import { isObject, type JsonObject } from "./json.ts"
import type { Merchant } from "./Merchants.ts"
import type { Provider } from "./Provider.ts"
import * as problems from "./problems.ts"

/** A checkout as the API answers it now. */
const bodyOf = (provider: Provider, checkout: Checkout, merchant: Merchant): JsonObject => {
  const transactions = provider.ledger.transactionsOf(checkout)
  return checkoutBody({ checkout, merchant, transactions, publicUrl: provider.publicUrl })
}

/** POST /v0.1/checkouts */
export const createCheckout = async (call: Call, merchant: Merchant, provider: Provider): Promise<Answer> => {
  const { clock, faults, ledger, payments, switches } = provider
  const body = call.json
  if (!isObject(body)) return problems.badRequest("The request body is not a JSON object.")
  const around = { now: clock.now(), switches }
  const errors = fieldErrors(body, around)
  if (errors.length > 0) return problems.validationErrors(errors)
  const request = understood(body, around)
  if (request.merchantCode !== merchant.code) return foreignMerchant(provider)
  if (request.currency !== merchant.currency) return wrongCurrency(provider)
  if (!isFree(provider, request)) return problems.duplicatedCheckout()
  const due = faults.due("create", call.subject)
  const skew = due.find(({ fault }) => fault === "clock-offset")
  skew?.fire()
  const checkout = opened(request, provider, (skew?.number("s", 600) ?? 0) * 1000)
  payments.open(checkout)
  for (const early of due.filter(({ fault }) => fault === "webhook-before-201")) {
    if (checkout.returnUrl === undefined) continue
    early.fire()
    await (early.given["pay"] === true
      ? payments.pay(checkout, { card: "0091", amount: checkout.amount })
      : provider.webhooks.announce(checkout))
  }
  return shown(201, ledger.checkout(checkout.id) ?? checkout, merchant, provider)
}

const shown = (status: number, checkout: Checkout, merchant: Merchant, provider: Provider): Answer => ({
  ...json(status, bodyOf(provider, checkout, merchant)),
  ...(checkout.skewMs === 0 ? {} : { headers: { date: skewedDate(checkout, provider) } })
})

const skewedDate = ({ skewMs }: Checkout, { clock }: Provider): string =>
  new Date(clock.now() + skewMs).toUTCString()

const foreignMerchant = ({ ids, switches }: Provider): Answer => {
  if (switches.statusOfForeignMerchant === 401) return problems.unauthorized(ids.traceId())
  if (switches.statusOfForeignMerchant === 404) return problems.notFound()
  return problems.forbidden("request_not_allowed")
}

const wrongCurrency = ({ switches }: Provider): Answer =>
  switches.statusOfWrongCurrency === 403
    ? problems.forbidden("request_not_allowed")
    : problems.validationErrors([{ code: "INVALID", param: "currency" }])

const isFree = ({ ledger, switches }: Provider, { merchantCode, reference }: CheckoutRequest): boolean =>
  ledger
    .checkoutsOf(merchantCode, reference)
    .every(({ status }) => switches.reuseOfReference && (status === "EXPIRED" || status === "FAILED"))

const opened = (request: CheckoutRequest, { clock, ids }: Provider, skewMs: number): Checkout => {
  const createdAt = clock.now()
  return {
    ...request,
    id: ids.uuid(),
    createdAt,
    skewMs,
    status: "PENDING",
    deactivated: false,
    transactionIds: [],
    standings: [{ at: createdAt, status: "PENDING", transactions: 0 }]
  }
}

/** GET /v0.1/checkouts/{id} */
export const readCheckout = (call: Call, merchant: Merchant, provider: Provider): Answer => {
  const checkout = own(call, merchant, provider)
  return checkout === undefined ? problems.notFound() : shown(200, checkout, merchant, provider)
}

/** GET /v0.1/checkouts?checkout_reference= */
export const listCheckouts = (call: Call, merchant: Merchant, provider: Provider): Answer => {
  const { clock, ledger, payments, switches } = provider
  const reference = call.query.get("checkout_reference")
  const all = reference === null ? newestOf(provider, merchant) : ledger.checkoutsOf(merchant.code, reference)
  const bodies = all
    .filter(({ createdAt }) => createdAt + switches.listLagSeconds * 1000 <= clock.now())
    .flatMap(({ id }) => payments.look(id) ?? [])
    .filter(({ status }) => switches.listKeepsPaid || status !== "PAID")
    .map((checkout) => bodyOf(provider, checkout, merchant))
  return json(200, bodies)
}

/** Without a reference: all of the merchant's. Never used on a hot path. */
const newestOf = ({ ledger }: Provider, merchant: Merchant): ReadonlyArray<Checkout> =>
  [...ledger.checkouts()].filter(({ merchantCode }) => merchantCode === merchant.code)

/** DELETE /v0.1/checkouts/{id} */
export const deactivateCheckout = (call: Call, merchant: Merchant, provider: Provider): Answer => {
  const { buyer, ledger, payments, switches } = provider
  const checkout = own(call, merchant, provider)
  if (checkout === undefined) return problems.notFound()
  if (checkout.status === "PAID") return problems.checkoutProcessed()
  if (checkout.status === "EXPIRED") {
    return switches.deleteOfExpired === "409"
      ? problems.checkoutProcessed()
      : shown(200, checkout, merchant, provider)
  }
  if (buyer.waitsFor(checkout.id) !== undefined && switches.deleteDuringBank === "refused") {
    return problems.cannotBeDeactivated()
  }
  void payments.deactivate(checkout)
  return shown(200, ledger.checkout(checkout.id) ?? checkout, merchant, provider)
}

const own = (call: Call, merchant: Merchant, { payments }: Provider): Checkout | undefined => {
  const checkout = call.checkout && payments.look(call.checkout.id)
  return checkout?.merchantCode === merchant.code ? checkout : undefined
}
