import { type Answer, json } from "./Answer.ts"
import type { Json } from "./json.ts"

const problemType = (name: string): string => `https://developer.sumup.com/problem/${name}`

const problem = (
  status: number,
  name: string,
  title: string,
  more: { readonly [key: string]: Json }
): Answer => ({
  status,
  type: "application/problem+json",
  body: { ...more, status, title, type: problemType(name) }
})

/** The document gives 401 as application/json although it is a problem. */
export const unauthorized = (traceId: string): Answer => ({
  ...problem(401, "unauthorized", "Unauthorized", { detail: "Unauthorized.", trace_id: traceId }),
  type: "application/json"
})

export const forbidden = (reason: "request_not_allowed" | "checkout_payments_not_allowed"): Answer =>
  json(403, { error_code: "FORBIDDEN", error_message: reason, status_code: "403" })

export const notFound = (): Answer => json(404, { error_code: "NOT_FOUND", message: "Resource not found" })

/** A path that does not exist, or a merchant that does not. */
export const nothingHere = (): Answer =>
  problem(404, "not-found", "Requested resource couldn't be found.", {
    detail: "The requested resource doesn't exist or does not belong to you."
  })

export const duplicatedCheckout = (): Answer =>
  json(409, {
    error_code: "DUPLICATED_CHECKOUT",
    message: "Checkout with this checkout reference and pay to email already exists"
  })

export const checkoutProcessed = (): Answer =>
  json(409, { error_code: "CHECKOUT_PROCESSED", message: "Checkout is already processed" })

export const cannotBeDeactivated = (): Answer =>
  json(409, { error_code: "CHECKOUT_CANT_BE_DEACTIVATED", message: "Checkout can't be deactivated" })

export interface FieldError {
  readonly code: "MISSING" | "INVALID"
  readonly param: string
}

/** One bad field is an object, several are a list. */
export const validationErrors = (errors: ReadonlyArray<FieldError>): Answer => {
  const bodies = errors.map(({ code, param }) => ({ error_code: code, message: "Validation error", param }))
  return json(400, bodies.length === 1 && bodies[0] !== undefined ? bodies[0] : bodies)
}

export const badRequest = (detail: string): Answer => problem(400, "bad-request", "Bad Request", { detail })

export const transactionNotFound = (): Answer =>
  problem(404, "not-found", "Not Found", { detail: "Transaction not found" })

export const refundForbidden = (): Answer =>
  problem(403, "forbidden", "Forbidden", { detail: "users is not allowed to make a refund" })

export const notRefundable = (): Answer =>
  problem(409, "conflict", "Conflict", { detail: "The transaction is not refundable in its current state" })

/** `max` in minor units. */
export const refundTooHigh = (max: number): Answer =>
  problem(422, "unprocessable-entity", "Unprocessable Entity", {
    detail: "Refund failed.",
    errors: [
      {
        code: "INVALID_AMOUNT",
        detail: "Amount exceeds the refundable amount",
        max_refundable_amount: max,
        reason: "amount_too_high"
      }
    ]
  })

export const refundFailed = (): Answer =>
  problem(422, "unprocessable-entity", "Unprocessable Entity", {
    detail: "Refund failed.",
    errors: [
      { code: "REFUND_FAILED", detail: "The payment processor rejected the refund", reason: "rejected" }
    ]
  })

export const requestBlocked = (): Answer =>
  problem(403, "request-blocked", "Forbidden", { detail: "The request was blocked." })

export const serverError = (status: 500 | 503 | 504): Answer =>
  problem(status, status === 503 ? "service-unavailable" : "internal-server-error", "Server error", {
    detail: "Please retry the request."
  })

/** The shape of a 429 is undocumented: a switch chooses. */
export const tooManyRequests = (shape: string, retryAfter: string | undefined): Answer => {
  const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter }
  const body = { error_code: "TOO_MANY_REQUESTS", message: "Too many requests" }
  if (shape === "empty") return { status: 429, body: undefined, headers }
  if (shape === "error") return { ...json(429, body), headers }
  return {
    ...problem(429, "too-many-requests", "Too Many Requests", { detail: "Too many requests" }),
    headers
  }
}
