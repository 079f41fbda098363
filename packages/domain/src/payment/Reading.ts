import { type Instant, minute } from "../time/Instant.ts"
import { isAbout, judge, type Observation, type Verdict } from "./Observation.ts"
import type { PaymentAttempt } from "./PaymentAttempt.ts"

/** How long PAID without a transaction may stand before a person is asked. */
export const unprovenMost = 10 * minute

/**
 * The verdict in its time: money that is shown, but not as the payment that is named, does not agree in the
 * end.
 */
export const verdictOf = (attempt: PaymentAttempt, seen: Observation, now: Instant): Verdict => {
  const verdict = judge(attempt, seen)
  const since = attempt.unprovenSince ?? now
  const waited = now - since >= unprovenMost
  return verdict === "unproven" && seen.captured.length > 0 && waited ? "mismatch" : verdict
}

/**
 * The answer applied to its attempt: it only moves up (created < open < dead < paid), and an answer that says
 * less changes nothing.
 */
export const advance = (attempt: PaymentAttempt, seen: Observation, now: Instant): PaymentAttempt => {
  if (attempt.state === "paid") return attempt
  const read: PaymentAttempt = {
    ...attempt,
    providerId: attempt.providerId ?? seen.providerId,
    payUrl: attempt.payUrl ?? seen.payUrl,
    lastRead: seen.status,
    lastReadAt: now
  }
  const verdict = verdictOf(attempt, seen, now)
  if (verdict === "unpaid" && !isAbout(attempt, seen)) return attempt
  if (verdict === "paid" || verdict === "mismatch") {
    return { ...read, state: "paid", unprovenSince: null, closedAt: attempt.closedAt ?? now }
  }
  if (verdict === "unproven") return { ...read, unprovenSince: attempt.unprovenSince ?? now }
  const dead = attempt.state === "expired" || attempt.state === "deactivated"
  if (dead) return { ...read, unprovenSince: null }
  if (seen.status === "EXPIRED") {
    const state = seen.via === "deactivate" ? "deactivated" : "expired"
    return { ...read, state, unprovenSince: null, closedAt: now }
  }
  return { ...read, state: read.payUrl === null ? attempt.state : "open", unprovenSince: null }
}
