import type { Answer } from "./Answer.ts"
import type { KeyedCall } from "./Api.ts"
import { type Checkout, type CheckoutRequest, checkoutBody, fieldErrors, understood } from "./Checkout.ts"
import { isObject } from "./json.ts"
import type { Provider } from "./Provider.ts"
import * as problems from "./problems.ts"

const shown = (status: number, checkout: Checkout, provider: Provider): Answer => {
  const date = new Date(provider.clock.now() + checkout.skewMs).toUTCString()
  return { status, body: checkoutBody(checkout, provider), headers: { date } }
}

/** Why a request that reads well is refused, if it is. */
const refusal = (
  request: CheckoutRequest,
  { merchant }: KeyedCall,
  provider: Provider
): Answer | undefined => {
  const { ids, ledger, switches } = provider
  if (request.merchantCode !== merchant.merchant_code) {
    if (switches.statusOfForeignMerchant === 401) return problems.unauthorized(ids.traceId())
    return switches.statusOfForeignMerchant === 404 ? problems.notFound : problems.notAllowed
  }
  if (request.currency !== merchant.default_currency) {
    return switches.statusOfWrongCurrency === 403 ? problems.notAllowed : problems.invalid("currency")
  }
  const isFree = ledger
    .checkoutsOf(request.merchantCode, request.reference)
    .every(({ status }) => switches.reuseOfReference && (status === "EXPIRED" || status === "FAILED"))
  return isFree ? undefined : problems.duplicatedCheckout
}

/** POST /v0.1/checkouts */
export const createCheckout = async (call: KeyedCall, provider: Provider): Promise<Answer> => {
  const { faults, ledger, payments, webhooks } = provider
  if (!isObject(call.json)) return problems.badRequest("The request body is not a JSON object.")
  const errors = fieldErrors(call.json, provider)
  if (errors.length > 0) return problems.validationErrors(errors)
  const request = understood(call.json, provider)
  const refused = refusal(request, call, provider)
  if (refused !== undefined) return refused
  const due = faults.due("create", call.subject)
  const skew = due.find(({ fault }) => fault === "clock-offset")
  skew?.fire()
  const checkout = payments.open(request, (skew?.number("s", 600) ?? 0) * 1000)
  for (const early of due.filter(({ fault }) => fault === "webhook-before-201")) {
    if (checkout.returnUrl === undefined) continue
    early.fire()
    // It may have been paid by the one before.
    const now = ledger.checkout(checkout.id) ?? checkout
    const isToBePaid = early.with["pay"] === true && now.status !== "PAID"
    await (isToBePaid ? payments.pay(now) : webhooks.announce(now))
  }
  return shown(201, ledger.checkout(checkout.id) ?? checkout, provider)
}

/** The checkout of a path, as it is now; another merchant's is not there. */
const own = ({ checkout, merchant }: KeyedCall, { payments }: Provider): Checkout | undefined =>
  checkout && checkout.merchantCode === merchant.merchant_code ? payments.look(checkout.id) : undefined

/** GET /v0.1/checkouts/{id} */
export const readCheckout = (call: KeyedCall, provider: Provider): Answer => {
  const checkout = own(call, provider)
  return checkout === undefined ? problems.notFound : shown(200, checkout, provider)
}

/** GET /v0.1/checkouts?checkout_reference=; without a reference, all of the merchant's. */
export const listCheckouts = ({ merchant, query }: KeyedCall, provider: Provider): Answer => {
  const { clock, ledger, payments, switches } = provider
  const code = merchant.merchant_code
  const reference = query.get("checkout_reference")
  const all =
    reference === null
      ? [...ledger.checkouts()].filter(({ merchantCode }) => merchantCode === code)
      : ledger.checkoutsOf(code, reference)
  const body = all
    .filter(({ createdAt }) => createdAt + switches.listLagSeconds * 1000 <= clock.now())
    .flatMap(({ id }) => payments.look(id) ?? [])
    .filter(({ status }) => switches.listKeepsPaid || status !== "PAID")
    .map((checkout) => checkoutBody(checkout, provider))
  return { status: 200, body }
}

/** DELETE /v0.1/checkouts/{id} */
export const deactivateCheckout = (call: KeyedCall, provider: Provider): Answer => {
  const { buyer, ledger, payments, switches } = provider
  const checkout = own(call, provider)
  if (checkout === undefined) return problems.notFound
  const isRefused = checkout.status === "EXPIRED" && switches.deleteOfExpired === "409"
  if (checkout.status === "PAID" || isRefused) return problems.checkoutProcessed
  if (checkout.status === "EXPIRED") return shown(200, checkout, provider)
  if (buyer.waitsFor(checkout.id) !== undefined && switches.deleteDuringBank === "refused") {
    return problems.cannotBeDeactivated
  }
  void payments.deactivate(checkout)
  return shown(200, ledger.checkout(checkout.id) ?? checkout, provider)
}
