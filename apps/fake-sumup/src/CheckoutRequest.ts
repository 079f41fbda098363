import { isObject, type Json, type JsonObject } from "./json.ts"
import { type Currency, isCurrency, isWholeOnly, toMinor } from "./money.ts"
import type { FieldError } from "./problems.ts"
import type { Switches } from "./Switches.ts"

/** What a merchant asks for, understood: amount in minor units, times in ms. */
export interface CheckoutRequest {
  readonly reference: string
  readonly amount: number
  readonly currency: Currency
  readonly merchantCode: string
  readonly description: string | undefined
  readonly returnUrl: string | undefined
  readonly redirectUrl: string | undefined
  readonly validUntil: number | undefined
  readonly customerId: string | undefined
  readonly purpose: string
  readonly hosted: boolean
}

interface Around {
  readonly now: number
  readonly switches: Switches
}

const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

const isText = (value: Json | undefined): value is string => typeof value === "string" && value !== ""

const isAbsoluteUri = (value: Json | undefined): value is string =>
  isText(value) && ["http:", "https:"].includes(URL.parse(value)?.protocol ?? "")

const minorAmount = (body: JsonObject, { switches }: Around): number | undefined => {
  const { amount, currency } = body
  if (typeof amount !== "number" || !(amount > 0)) return undefined
  // An unknown currency is its own error; the amount is then measured as most currencies are.
  const known = isCurrency(currency) ? currency : "EUR"
  const minor = toMinor(amount, known)
  const fraction = isWholeOnly(known) && switches.fractionsOfWhole === "refused" && !Number.isInteger(amount)
  return fraction ? undefined : minor
}

const momentOf = (value: Json | undefined): number | undefined =>
  isText(value) && dateTime.test(value) ? Date.parse(value) : undefined

type Check = (value: Json, body: JsonObject, around: Around) => boolean

const required: { readonly [param: string]: Check } = {
  checkout_reference: (value) => isText(value) && value.length <= 64,
  amount: (_, body, around) => minorAmount(body, around) !== undefined,
  currency: isCurrency,
  merchant_code: isText
}

const optional: { readonly [param: string]: Check } = {
  description: (value, _, { switches }) =>
    typeof value === "string" && value.length <= switches.descriptionMax,
  return_url: isAbsoluteUri,
  // The document does not ask for a URI here; the page links only to one.
  redirect_url: (value) => typeof value === "string",
  valid_until: (value, _, { now }) => value === null || (momentOf(value) ?? Number.NaN) > now,
  customer_id: (value) => typeof value === "string",
  purpose: (value) => value === "CHECKOUT" || value === "SETUP_RECURRING_PAYMENT",
  hosted_checkout: (value) => isObject(value) && typeof value["enabled"] === "boolean"
}

/** Every field that is missing or wrong, in the order of the document. */
export const fieldErrors = (body: JsonObject, around: Around): ReadonlyArray<FieldError> => {
  const errors: Array<FieldError> = []
  for (const [param, check] of Object.entries(required)) {
    const value = body[param]
    if (value === undefined) errors.push({ code: "MISSING", param })
    else if (!check(value, body, around)) errors.push({ code: "INVALID", param })
  }
  for (const [param, check] of Object.entries(optional)) {
    const value = body[param]
    if (value !== undefined && !check(value, body, around)) errors.push({ code: "INVALID", param })
  }
  return errors
}

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined)

/** The request of a body without field errors. */
export const understood = (body: JsonObject, around: Around): CheckoutRequest => {
  const hosted = body["hosted_checkout"]
  return {
    reference: text(body["checkout_reference"]) ?? "",
    amount: minorAmount(body, around) ?? 0,
    currency: isCurrency(body["currency"]) ? body["currency"] : "EUR",
    merchantCode: text(body["merchant_code"]) ?? "",
    description: text(body["description"]),
    returnUrl: text(body["return_url"]),
    redirectUrl: text(body["redirect_url"]),
    validUntil: momentOf(body["valid_until"]),
    customerId: text(body["customer_id"]),
    purpose: text(body["purpose"]) ?? "CHECKOUT",
    hosted: isObject(hosted) && hosted["enabled"] === true
  }
}
