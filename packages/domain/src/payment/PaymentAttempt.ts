import { Schema } from "effect"
import { Money } from "../money/Money.ts"
import { AttemptId, CredentialId } from "../text/Ids.ts"
import { Url } from "../text/Text.ts"
import { Instant, minute, plus } from "../time/Instant.ts"

/** created < open < {expired, deactivated} < paid; an attempt only moves up. Created and open are live. */
export const AttemptState = Schema.Literals(["created", "open", "expired", "deactivated", "paid"])
export type AttemptState = typeof AttemptState.Type

/** What the provider says of a checkout. FAILED: the last try failed, another card may work. */
export const ProviderStatus = Schema.Literals(["PENDING", "FAILED", "PAID", "EXPIRED"])
export type ProviderStatus = typeof ProviderStatus.Type

/** One try at paying one order. Written before the provider hears of it. */
export const PaymentAttempt = Schema.Struct({
  id: AttemptId,
  /** 1 for the first attempt of its order. */
  number: Schema.Int,
  amount: Money,
  merchantCode: Schema.String,
  credentialId: CredentialId,
  state: AttemptState,
  /** The provider's own id, once known; it never changes. */
  providerId: Schema.NullOr(Schema.String),
  /** The provider's hosted payment page. */
  payUrl: Schema.NullOr(Url),
  createdAt: Instant,
  validUntil: Instant,
  /** The last answer that could be read, and when. */
  lastRead: Schema.NullOr(ProviderStatus),
  lastReadAt: Schema.NullOr(Instant),
  /** Since when the provider says PAID without a transaction that proves it. */
  unprovenSince: Schema.NullOr(Instant),
  closedAt: Schema.NullOr(Instant)
})
export type PaymentAttempt = typeof PaymentAttempt.Type

export const attemptsMost = 50
/** A page with less than this left is not offered again. */
export const payUrlLeast = 5 * minute

/**
 * The provider's `checkout_reference`: 39 characters, made from the id alone, so it can be made again after a
 * crash.
 */
export const reference = (id: AttemptId): string => `ra-${id}`
/** The attempt a reference of this shape names; undefined for anybody else's reference. */
export const idOfReference = (text: string): AttemptId | undefined => {
  const id = text.startsWith("ra-") ? text.slice(3) : ""
  return Schema.is(AttemptId)(id) ? id : undefined
}

export const isLive = ({ state }: PaymentAttempt): boolean => state === "created" || state === "open"
/** Its page can still be paid on for a while, or still be made. */
export const canStillOpen = (attempt: PaymentAttempt, now: Instant): boolean =>
  attempt.state === "created" ? now < attempt.validUntil : isPayable(attempt, now)
/** Its page can still be paid on for a while. */
export const isPayable = (attempt: PaymentAttempt, now: Instant): boolean =>
  attempt.state === "open" && attempt.payUrl !== null && attempt.validUntil > plus(now, payUrlLeast)
