import { Schema } from "effect"
import { AttemptId, type OrderNumber } from "../text/Ids.ts"
import { line } from "../text/Text.ts"
import { Instant } from "../time/Instant.ts"

/** Money received: a fact, never changed. It is credited if and only if its order says `paidBy` = its id. */
export const Payment = Schema.Struct({
  /**
   * `sumup:` and the provider's transaction, or `hand:`, the order's number and a name of its own: the same
   * money is one payment.
   */
  id: Schema.String,
  attemptId: Schema.NullOr(AttemptId),
  minor: Schema.Int,
  /** As the provider names it, which need not be one of ours. */
  currency: Schema.String,
  verdict: Schema.Literals(["paid", "mismatch", "by_hand"]),
  receivedAt: Instant
})
export type Payment = typeof Payment.Type

/** Why money could not be credited. `unproven`: the provider says PAID and shows no transaction. */
export const CaseReason = Schema.Literals([
  "late",
  "duplicate",
  "mismatch",
  "entry_lost",
  "orphan",
  "unproven",
  "chargeback"
])
export type CaseReason = typeof CaseReason.Type

export const CaseAnswer = Schema.Literals(["refunded", "credited", "written_off"])
export type CaseAnswer = typeof CaseAnswer.Type

/**
 * Money that needs a person. Opened once per payment (or attempt, when no transaction is known), never
 * deleted.
 */
export const MoneyCase = Schema.Struct({
  id: Schema.String,
  paymentId: Schema.NullOr(Schema.String),
  attemptId: Schema.NullOr(AttemptId),
  reason: CaseReason,
  openedAt: Instant,
  resolution: Schema.NullOr(
    Schema.Struct({ answer: CaseAnswer, by: line(120), reason: line(500), at: Instant })
  )
})
export type MoneyCase = typeof MoneyCase.Type

/** The case of an attempt of which the provider says PAID and shows no transaction. */
export const unprovenCaseId = (id: AttemptId): string => `attempt:${id}`
export const paymentId = (transactionId: string): string => `sumup:${transactionId}`
/** The provider's name of it; null for money that came by hand. */
export const transactionOf = ({ id }: Payment): string | null =>
  id.startsWith("sumup:") ? id.slice("sumup:".length) : null
/** Two orders may both name their cash "till": it is not the same money. */
export const handPaymentId = (number: OrderNumber, name: string): string => `hand:${number}:${name}`
