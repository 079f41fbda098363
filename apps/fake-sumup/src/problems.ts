import type { Answer } from "./Answer.ts"
import type { JsonObject } from "./json.ts"

const error = (status: number, error_code: string, message: string): Answer => {
  return { status, body: { error_code, message } }
}

const problem = (status: number, name: string, title: string, detail: string, more?: JsonObject): Answer => {
  const type = `https://developer.sumup.com/problem/${name}`
  return { status, type: "application/problem+json", body: { ...more, detail, status, title, type } }
}

/** The document gives 401 as application/json although it is a problem. */
export const unauthorized = (trace_id: string): Answer => ({
  ...problem(401, "unauthorized", "Unauthorized", "Unauthorized.", { trace_id }),
  type: "application/json"
})

const forbidden = (error_message: string): Answer => {
  return { status: 403, body: { error_code: "FORBIDDEN", error_message, status_code: "403" } }
}
export const notAllowed = forbidden("request_not_allowed")
export const paymentsNotAllowed = forbidden("checkout_payments_not_allowed")

const missing = "The requested resource doesn't exist or does not belong to you."
const duplicated = "Checkout with this checkout reference and pay to email already exists"
export const notFound = error(404, "NOT_FOUND", "Resource not found")
/** A path that does not exist, or a merchant that does not. */
export const nothingHere = problem(404, "not-found", "Requested resource couldn't be found.", missing)
export const duplicatedCheckout = error(409, "DUPLICATED_CHECKOUT", duplicated)
export const checkoutProcessed = error(409, "CHECKOUT_PROCESSED", "Checkout is already processed")
const busy = "Checkout can't be deactivated"
export const cannotBeDeactivated = error(409, "CHECKOUT_CANT_BE_DEACTIVATED", busy)

/** One bad field is an object, several are a list. */
export const validationErrors = (errors: ReadonlyArray<JsonObject>): Answer => {
  const bodies = errors.map((one) => ({ ...one, message: "Validation error" }))
  return { status: 400, body: bodies.length > 1 ? bodies : bodies[0] }
}
export const invalid = (param?: string): Answer => validationErrors([{ error_code: "INVALID", param }])
export const badRequest = (detail: string): Answer => problem(400, "bad-request", "Bad Request", detail)

const notInThisState = "The transaction is not refundable in its current state"
export const transactionNotFound = problem(404, "not-found", "Not Found", "Transaction not found")
export const refundForbidden = problem(403, "forbidden", "Forbidden", "users is not allowed to make a refund")
export const notRefundable = problem(409, "conflict", "Conflict", notInThisState)

const refundRefused = (code: string, reason: string, detail: string, more?: JsonObject): Answer =>
  problem(422, "unprocessable-entity", "Unprocessable Entity", "Refund failed.", {
    errors: [{ code, detail, reason, ...more }]
  })
const processor = "The payment processor rejected the refund"
export const refundFailed = refundRefused("REFUND_FAILED", "rejected", processor)
/** In minor units. */
export const refundTooHigh = (max_refundable_amount: number): Answer => {
  const detail = "Amount exceeds the refundable amount"
  return refundRefused("INVALID_AMOUNT", "amount_too_high", detail, { max_refundable_amount })
}

const blocked = "The request was blocked."
export const requestBlocked = problem(403, "request-blocked", "Forbidden", blocked)
export const serverError = (status: 500 | 503 | 504): Answer => {
  const name = status === 503 ? "service-unavailable" : "internal-server-error"
  return problem(status, name, "Server error", "Please retry the request.")
}

/** The shape of a 429 is undocumented: a switch chooses. */
export const tooManyRequests = (shape: string): Answer => {
  if (shape === "empty") return { status: 429 }
  return shape === "error"
    ? error(429, "TOO_MANY_REQUESTS", "Too many requests")
    : problem(429, "too-many-requests", "Too Many Requests", "Too many requests")
}
