import { Schema } from "effect"
import { AttemptId } from "../text/Ids.ts"
import { type PaymentAttempt, ProviderStatus, reference } from "./PaymentAttempt.ts"

/** A successful transaction as the provider reports it. Amount in minor units of the currency it names. */
export const Captured = Schema.Struct({
  transactionId: Schema.String.check(Schema.isBetweenLength(1, 100)),
  minor: Schema.Int,
  currency: Schema.String
})
export type Captured = typeof Captured.Type

/**
 * What the provider answered about an attempt, as it said it: compared with the attempt, never copied from
 * it. Kept for ever.
 */
export const Observation = Schema.Struct({
  attemptId: AttemptId,
  /** Which call was answered. `deactivate` tells an EXPIRED of our asking from one of time. */
  via: Schema.Literals(["open", "read", "list", "deactivate"]),
  status: ProviderStatus,
  reference: Schema.String,
  providerId: Schema.String,
  merchantCode: Schema.String,
  /** Minor units of `currency`. */
  minor: Schema.Int,
  currency: Schema.String,
  /** The transaction the provider names as the paying one. */
  transactionId: Schema.NullOr(Schema.String),
  captured: Schema.Array(Captured),
  payUrl: Schema.NullOr(Schema.String)
})
export type Observation = typeof Observation.Type

/**
 * unpaid: not PAID. unproven: PAID without a successful transaction to show for it. paid: every fact agrees.
 * mismatch: money came, but reference, merchant, amount, currency or checkout differ.
 */
export type Verdict = "unpaid" | "unproven" | "paid" | "mismatch"

/** Whether the answer is about the attempt's own page: asked for by us, for this merchant and this amount. */
export const isAbout = (attempt: PaymentAttempt, seen: Observation): boolean =>
  seen.attemptId === attempt.id &&
  seen.reference === reference(attempt.id) &&
  seen.merchantCode === attempt.merchantCode &&
  (attempt.providerId === null || attempt.providerId === seen.providerId) &&
  seen.minor === attempt.amount.minor &&
  seen.currency === attempt.amount.currency

/** Compares every fact with the attempt (S3, S4). Guards of this comparison are tested one by one. */
export const judge = (attempt: PaymentAttempt, seen: Observation): Verdict => {
  if (seen.status !== "PAID") return "unpaid"
  const proof = seen.captured.find(({ transactionId }) => transactionId === seen.transactionId)
  if (proof === undefined) return "unproven"
  const agrees =
    isAbout(attempt, seen) &&
    proof.minor === attempt.amount.minor &&
    proof.currency === attempt.amount.currency
  return agrees ? "paid" : "mismatch"
}
