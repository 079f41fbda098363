import { Result } from "effect"
import type { Captured, Observation } from "../payment/Observation.ts"
import {
  type CaseReason,
  type MoneyCase,
  type Payment,
  paymentId,
  unprovenCaseId
} from "../payment/Payment.ts"
import type { PaymentAttempt } from "../payment/PaymentAttempt.ts"
import { advance, unprovenMost, verdictOf } from "../payment/Reading.ts"
import type { Instant } from "../time/Instant.ts"
import { changed, type Decision, type EntryMove, keep, unchanged } from "./Decision.ts"
import type { InputOf } from "./Input.ts"
import type { Order } from "./Order.ts"
import type { OrderEventData } from "./OrderEvent.ts"

const paymentOf = (
  captured: Captured,
  attempt: PaymentAttempt,
  verdict: Payment["verdict"],
  now: Instant
): Payment => ({
  id: paymentId(captured.transactionId),
  attemptId: attempt.id,
  minor: captured.minor,
  currency: captured.currency,
  verdict,
  receivedAt: now
})

const caseOf = (payment: Payment, reason: CaseReason, now: Instant): MoneyCase => ({
  id: payment.id,
  paymentId: payment.id,
  attemptId: payment.attemptId,
  reason,
  openedAt: now,
  resolution: null
})

/** Money that is kept but not credited: a payment, a case, and word of it. */
const intoCases = (
  order: Order,
  money: ReadonlyArray<readonly [Payment, CaseReason]>,
  now: Instant
): { readonly order: Order; readonly happened: ReadonlyArray<OrderEventData> } => ({
  order: {
    ...order,
    payments: [...order.payments, ...money.map(([payment]) => payment)],
    cases: [...order.cases, ...money.map(([payment, reason]) => caseOf(payment, reason, now))]
  },
  happened: money.map(([{ currency, minor }, reason]) => ({
    _tag: "payment.unmatched",
    number: order.number,
    reason,
    amount: { minor, currency }
  }))
})

/** T4, T8, T15: the order becomes paid by this payment. */
export const credit = (
  order: Order,
  payment: Payment,
  now: Instant
): { readonly order: Order; readonly happened: OrderEventData } => ({
  order: {
    ...order,
    state: "paid",
    paidAt: now,
    paidBy: payment.id,
    closedAt: null,
    payments: order.payments.some(({ id }) => id === payment.id)
      ? order.payments
      : [...order.payments, payment]
  },
  happened: {
    _tag: "order.paid",
    number: order.number,
    total: { minor: order.total, currency: order.currency },
    by: payment.verdict === "by_hand" ? "hand" : "provider",
    late: order.state === "expired"
  }
})

/** What becomes of the payment that agrees in every fact, by the order's state (T4, T8 to T11). */
type Main = "credit" | "reclaim" | Extract<CaseReason, "late" | "duplicate" | "entry_lost">
const mainOf = (order: Order, acceptsLate: boolean): Main => {
  if (order.paidAt !== null) return "duplicate"
  if (order.state === "awaiting_payment") return "credit"
  return order.state === "expired" && acceptsLate ? "reclaim" : "late"
}

/** New money of one answer, split into the one payment that may be credited and the rest. */
const newMoney = (order: Order, attempt: PaymentAttempt, seen: Observation, now: Instant) => {
  const verdict = verdictOf(attempt, seen, now)
  const agrees = verdict === "paid"
  const known = new Set(order.payments.map(({ id }) => id))
  const proven = agrees || verdict === "mismatch" ? seen.captured : []
  const once = new Map(proven.toReversed().map((captured) => [captured.transactionId, captured]))
  const fresh = [...once.values()]
    .toReversed()
    .filter(({ transactionId }) => !known.has(paymentId(transactionId)))
  const isMain = ({ transactionId }: Captured): boolean => agrees && transactionId === seen.transactionId
  const rest = fresh
    .filter((captured) => !isMain(captured))
    .map((captured): readonly [Payment, CaseReason] => [
      paymentOf(captured, attempt, agrees ? "paid" : "mismatch", now),
      agrees ? "duplicate" : "mismatch"
    ])
  const main = fresh.find(isMain)
  return { main: main === undefined ? null : paymentOf(main, attempt, "paid", now), rest }
}

/** The transaction came after all: the case that asked for it is answered. */
const shown = (order: Order, { id }: PaymentAttempt, credited: boolean, now: Instant): Order => {
  const reason = credited ? "The payment was shown." : "The payment was shown and has a case of its own."
  const answer = credited ? ("credited" as const) : ("written_off" as const)
  const answered = (one: MoneyCase): MoneyCase =>
    one.id === unprovenCaseId(id) && one.resolution === null
      ? { ...one, resolution: { answer, by: "system", reason, at: now } }
      : one
  return { ...order, cases: order.cases.map(answered) }
}

const unproven = (order: Order, attempt: PaymentAttempt, now: Instant): Decision | null => {
  const id = unprovenCaseId(attempt.id)
  const due = attempt.unprovenSince !== null && now - attempt.unprovenSince >= unprovenMost
  if (!due || order.cases.some((other) => other.id === id)) return null
  const opened: MoneyCase = {
    id,
    paymentId: null,
    attemptId: attempt.id,
    reason: "unproven",
    openedAt: now,
    resolution: null
  }
  return changed({ ...order, cases: [...order.cases, opened] }, now, [
    { _tag: "payment.unmatched", number: order.number, reason: "unproven", amount: null }
  ])
}

/**
 * T4, T5, T8 to T11, T16, T17: the provider's answer applied to the order. Applied twice it is applied once.
 */
export const observe = (
  order: Order,
  { acceptsLate, seen }: InputOf<"Observed">,
  now: Instant
): Result.Result<Decision, never> => {
  const before = order.attempts.find(({ id }) => id === seen.attemptId)
  if (before === undefined) return Result.succeed(unchanged(order))
  const attempt = advance(before, seen, now)
  const attempts = order.attempts.map((other) => (other === before ? attempt : other))
  const read: Order = { ...order, attempts }
  const { main, rest } = newMoney(read, before, seen, now)
  const decide = (as: Main | null): Decision => {
    const credits = main !== null && (as === "credit" || as === "reclaim")
    const answered = main === null && rest.length === 0 ? read : shown(read, attempt, credits, now)
    const credited = credits ? credit(answered, main, now) : null
    const cases =
      main === null || as === null || as === "credit" || as === "reclaim" ? [] : [[main, as] as const]
    const kept = intoCases(credited?.order ?? answered, [...cases, ...rest], now)
    const happened = [...(credited === null ? [] : [credited.happened]), ...kept.happened]
    const entries: EntryMove = !credits
      ? keep
      : as === "reclaim"
        ? { _tag: "Reclaim", otherwise: () => decide("entry_lost") }
        : { _tag: "Confirm" }
    const decision = unproven(kept.order, attempt, now) ?? changed(kept.order, now, happened, { entries })
    return { ...decision, observed: seen }
  }
  return Result.succeed(decide(main === null ? null : mainOf(order, acceptsLate)))
}
