import { Result } from "effect"
import type { MoneyCase, Payment } from "../payment/Payment.ts"
import type { Instant } from "../time/Instant.ts"
import { type Decision, unchanged } from "./Decision.ts"
import type { InputOf } from "./Input.ts"
import type { Order } from "./Order.ts"
import { type Change, MoneyUnknown, paidBack, refunded, requested, written } from "./Refunds.ts"

/** A chargeback takes the money back whether we agree or not: a case of its own, once. */
const chargedBack = ({ happened, order }: Change, payment: Payment, now: Instant): Change => {
  const id = `chargeback:${payment.id}`
  if (order.cases.some((one) => one.id === id)) return { order, happened }
  const opened: MoneyCase = {
    id,
    paymentId: payment.id,
    attemptId: payment.attemptId,
    reason: "chargeback",
    openedAt: now,
    resolution: null
  }
  const amount = { minor: payment.minor, currency: payment.currency }
  const event = { _tag: "payment.unmatched", number: order.number, reason: "chargeback", amount } as const
  return { order: { ...order, cases: [...order.cases, opened] }, happened: [...happened, event] }
}

/** Ours is done when as much more has gone back as was asked for, since it was sent. */
const ours = (change: Change, payment: Payment, all: number, now: Instant): Change => {
  const sent = change.order.refunds.find(
    ({ paymentId, state }) => paymentId === payment.id && state === "sent"
  )
  if (sent === undefined || all - (sent.before ?? 0) < sent.minor) return change
  return refunded(change, payment, { ...sent, state: "done", endedAt: now }, now)
}

/** What nobody here asked for was paid back by somebody else. */
const theirs = (change: Change, payment: Payment, all: number, now: Instant): Change => {
  const minor = all - paidBack(change.order, payment.id, ["done"])
  if (minor <= 0) return change
  const why = { by: "provider", reason: "Seen at the provider." }
  const outside = requested(`${payment.id}:${all}`, payment.id, minor, why, now)
  return refunded(change, payment, { ...outside, state: "done", external: true, endedAt: now }, now)
}

/** What was asked for and not sent yet, and is more than what is left now, cannot be sent any more. */
const tooMuch = ({ happened, order }: Change, payment: Payment, now: Instant): Change => {
  const left = payment.minor - paidBack(order, payment.id, ["done"])
  const refunds = order.refunds.map((one) =>
    one.paymentId === payment.id && one.state === "requested" && one.minor > left
      ? { ...one, state: "failed" as const, endedAt: now }
      : one
  )
  return { order: { ...order, refunds }, happened }
}

/**
 * T12, T13: what the provider's ledger shows, ours done first, the rest as made by somebody else. Twice is
 * once.
 */
export const seeRefunds = (
  order: Order,
  { chargedBack: lost, paymentId, refunded: shown }: InputOf<"RefundsSeen">,
  now: Instant
): Result.Result<Decision, MoneyUnknown> => {
  const payment = order.payments.find(({ id }) => id === paymentId)
  if (payment === undefined) return Result.fail(new MoneyUnknown({ number: order.number }))
  const all = Math.min(shown, payment.minor)
  const back = theirs(ours({ order, happened: [] }, payment, all, now), payment, all, now)
  const paidOut = back.happened.length === 0 ? back : tooMuch(back, payment, now)
  const change = lost > 0 ? chargedBack(paidOut, payment, now) : paidOut
  return Result.succeed(change.happened.length === 0 ? unchanged(order) : written(change, payment, now))
}
