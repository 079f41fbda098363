import { wireTime } from "./Clock.ts"
import type { Subject } from "./Faults.ts"
import { isObject, type Json, type JsonObject, text } from "./json.ts"
import { payToEmail, userId } from "./Merchants.ts"
import { isCurrency, isWholeOnly, toMajor, toMinor } from "./money.ts"
import type { Provider } from "./Provider.ts"
import type { Switches } from "./Switches.ts"
import { transactionInCheckout } from "./Transaction.ts"

const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

const momentOf = (value: Json | undefined): number | undefined =>
  dateTime.test(text(value) ?? "") ? Date.parse(String(value)) : undefined

const minorAmount = (
  { amount, currency }: JsonObject,
  { fractionsOfWhole }: Switches
): number | undefined => {
  if (typeof amount !== "number" || !(amount > 0)) return undefined
  // An unknown currency is its own error; the amount is then measured as most currencies are.
  const known = isCurrency(currency) ? currency : "EUR"
  const isRefused = isWholeOnly(known) && fractionsOfWhole === "refused" && !Number.isInteger(amount)
  return isRefused ? undefined : toMinor(amount, known)
}

/** What is missing or wrong in the body of a request, in the order of the document. */
export const fieldErrors = (body: JsonObject, { clock, switches }: Provider) => {
  const { description, hosted_checkout: hosted, purpose, return_url, valid_until } = body
  const isTextIfAny = (value: Json | undefined) => ["string", "undefined"].includes(typeof value)
  const holds = {
    checkout_reference: /^.{1,64}$/s.test(text(body["checkout_reference"]) ?? ""),
    amount: minorAmount(body, switches) !== undefined,
    currency: isCurrency(body["currency"]),
    merchant_code: Boolean(text(body["merchant_code"])),
    description: isTextIfAny(description) && String(description).length <= switches.descriptionMax,
    return_url: /^https?:$/.test(URL.parse(text(return_url ?? "http://none") ?? "")?.protocol ?? ""),
    // The document does not ask for a URI here; the page links only to one.
    redirect_url: isTextIfAny(body["redirect_url"]),
    valid_until: (valid_until ?? undefined) === undefined || (momentOf(valid_until) ?? 0) > clock.now(),
    customer_id: isTextIfAny(body["customer_id"]),
    purpose: ["CHECKOUT", "SETUP_RECURRING_PAYMENT"].includes(String(purpose ?? "CHECKOUT")),
    hosted_checkout: hosted === undefined || (isObject(hosted) && typeof hosted["enabled"] === "boolean")
  }
  return Object.entries(holds)
    .filter(([, isRight]) => !isRight)
    .map(([param]) => ({ param, error_code: body[param] === undefined ? "MISSING" : "INVALID" }))
}

/** A body without errors, understood: amount in minor units, times in ms of the provider's clock. */
export const understood = (body: JsonObject, { switches }: Provider) => ({
  reference: String(body["checkout_reference"]),
  amount: minorAmount(body, switches) ?? 0,
  currency: String(body["currency"]),
  merchantCode: String(body["merchant_code"]),
  description: text(body["description"]),
  returnUrl: text(body["return_url"]),
  redirectUrl: text(body["redirect_url"]),
  validUntil: momentOf(body["valid_until"]),
  customerId: text(body["customer_id"]),
  purpose: text(body["purpose"]) ?? "CHECKOUT",
  hosted: isObject(body["hosted_checkout"]) && body["hosted_checkout"]["enabled"] === true
})

export type CheckoutRequest = Readonly<ReturnType<typeof understood>>

/** A request that was taken, and what became of it; every change is a new value. */
export interface Checkout extends CheckoutRequest {
  readonly id: string
  readonly createdAt: number
  /** How wrong the provider's clock was when it was created (a fault), ms. */
  readonly skewMs: number
  readonly status: "PENDING" | "FAILED" | "PAID" | "EXPIRED"
  /** Ended by the merchant's own DELETE. */
  readonly deactivated: boolean
  readonly transactionIds: ReadonlyArray<string>
  /** Since when it is so, and how it was before. */
  readonly at: number
  readonly before?: Checkout
}

/** The address of the page where it is paid. */
export const pagePath = (checkoutId: string): string => `/pay/c-${checkoutId}`

/** Half an hour after it was created the hosted page takes no more cards. */
export const pageSessionEndsAt = ({ createdAt }: Checkout): number => createdAt + 30 * 60_000

export const isFinal = ({ status }: Checkout): boolean => status === "PAID" || status === "EXPIRED"

/** A press on its page, for rules to be matched against. */
export const subjectOf = ({ id, merchantCode: merchant, reference }: Checkout): Subject => {
  return { method: "POST", path: pagePath(id), merchant, reference }
}

/** A checkout as the API answers it. */
export const checkoutBody = (checkout: Checkout, { ledger, merchants, publicUrl }: Provider): JsonObject => {
  const { hosted, id, merchantCode, status, validUntil } = checkout
  const merchant = merchants.find(merchantCode)
  const transactions = ledger.transactionsOf(checkout)
  const paying = transactions.find((one) => status === "PAID" && one.status === "SUCCESSFUL")
  return {
    amount: toMajor(checkout.amount, checkout.currency),
    checkout_reference: checkout.reference,
    checkout_type: "checkout",
    currency: checkout.currency,
    customer_id: checkout.customerId,
    date: wireTime(checkout.createdAt + checkout.skewMs),
    description: checkout.description,
    hosted_checkout: hosted ? { enabled: true } : undefined,
    hosted_checkout_url: hosted ? publicUrl + pagePath(id) : undefined,
    id,
    merchant_code: merchantCode,
    merchant_country: merchant?.country,
    merchant_name: merchant?.name,
    merchant_sandbox: merchant?.sandbox || undefined,
    pay_to_email: payToEmail(merchantCode),
    purpose: checkout.purpose,
    redirect_url: checkout.redirectUrl,
    return_url: checkout.returnUrl,
    status,
    transaction_code: paying?.code,
    transaction_id: paying?.id,
    transactions: transactions.map(transactionInCheckout),
    user_id: userId(merchantCode),
    valid_until: validUntil === undefined ? undefined : wireTime(validUntil)
  }
}
