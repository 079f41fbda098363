import { Result, Schema } from "effect"
import { Minor } from "../money/Money.ts"
import type { MoneyCase, Payment } from "../payment/Payment.ts"
import { isMoving, type Refund } from "../payment/Refund.ts"
import { OrderNumber } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import { requested } from "./Closing.ts"
import { type AuditNote, changed, type Decision, keep, unchanged } from "./Decision.ts"
import type { InputOf } from "./Input.ts"
import type { Order } from "./Order.ts"
import type { OrderEventData } from "./OrderEvent.ts"

/** More than the payment brought and has left. */
export class RefundTooHigh extends Schema.TaggedError<RefundTooHigh>()("RefundTooHigh", {
  number: OrderNumber,
  most: Schema.Int
}) {}
/** One refund of a payment moves at a time: the last one is not answered yet. */
export class RefundMoving extends Schema.TaggedError<RefundMoving>()("RefundMoving", {
  number: OrderNumber
}) {}
/** The order has no such payment, refund or case. */
export class MoneyUnknown extends Schema.TaggedError<MoneyUnknown>()("MoneyUnknown", {
  number: OrderNumber
}) {}

const paidBack = (order: Order, paymentId: string, states: ReadonlyArray<Refund["state"]>): number =>
  order.refunds
    .filter((refund) => refund.paymentId === paymentId && states.includes(refund.state))
    .reduce((sum, { minor }) => sum + minor, 0)

const replace = (order: Order, refund: Refund): Order => ({
  ...order,
  refunds: order.refunds.map((other) => (other.id === refund.id ? refund : other))
})

/** Full refunds of the credited payment free its entries; of any other payment they answer its case. */
const told = (
  before: Order,
  order: Order,
  payment: Payment,
  minor: number,
  now: Instant,
  audit?: AuditNote
) => {
  const remaining = Math.max(0, payment.minor - paidBack(order, payment.id, ["done"]))
  const full = remaining === 0
  const credited = payment.id === before.paidBy
  const answered = full && !credited ? answer(order, payment.id, "refunded", now) : order
  const { currency } = payment
  const refunded: OrderEventData = {
    _tag: "order.refunded",
    number: order.number,
    amount: { minor, currency },
    remaining: { minor: remaining, currency },
    full
  }
  const entries = full && credited ? ({ _tag: "Cancel" } as const) : keep
  return changed(answered, now, [refunded], { entries, ...(audit === undefined ? {} : { audit }) })
}

const answer = (order: Order, paymentId: string, as: "refunded", now: Instant): Order => ({
  ...order,
  cases: order.cases.map((one) =>
    one.paymentId === paymentId && one.resolution === null
      ? { ...one, resolution: { answer: as, by: "system", reason: "Refunded in full.", at: now } }
      : one
  )
})

/**
 * A refund is asked for by a person or a page's policy, never beyond what the payment brought (S18). Asked
 * twice it is asked once.
 */
export const askRefund = (
  order: Order,
  input: InputOf<"RefundAsked">,
  now: Instant
): Result.Result<Decision, RefundTooHigh | RefundMoving | MoneyUnknown> => {
  const { by, minor, paymentId, reason, refundId } = input
  const { number } = order
  const payment = order.payments.find(({ id }) => id === paymentId)
  if (payment === undefined) return Result.fail(new MoneyUnknown({ number }))
  if (order.refunds.some(({ id }) => id === refundId)) return Result.succeed(unchanged(order))
  const most = payment.minor - paidBack(order, paymentId, ["requested", "sent", "done"])
  if (minor < 1 || minor > most) return Result.fail(new RefundTooHigh({ number, most }))
  if (order.refunds.some((refund) => refund.paymentId === paymentId && isMoving(refund))) {
    return Result.fail(new RefundMoving({ number }))
  }
  const refund = requested(refundId, paymentId, minor, { by, reason }, now)
  const audit = { action: "refund.ask", by, reason }
  if (payment.verdict !== "by_hand") {
    return Result.succeed(changed({ ...order, refunds: [...order.refunds, refund] }, now, [], { audit }))
  }
  // Money that came by hand goes back by hand: recording it is all there is to do.
  const done = { ...refund, state: "done" as const, endedAt: now }
  return Result.succeed(
    told(order, { ...order, refunds: [...order.refunds, done] }, payment, minor, now, audit)
  )
}

/** Only one worker sends it: for the second one it is no longer `requested`. */
export const sendRefund = (
  order: Order,
  { before, refundId }: InputOf<"RefundSent">
): Result.Result<Decision, RefundMoving | MoneyUnknown> => {
  const refund = order.refunds.find(({ id }) => id === refundId)
  if (refund === undefined) return Result.fail(new MoneyUnknown({ number: order.number }))
  if (refund.state !== "requested") return Result.fail(new RefundMoving({ number: order.number }))
  return Result.succeed(unchanged(replace(order, { ...refund, state: "sent", before })))
}

export const failRefund = (
  order: Order,
  { refundId }: InputOf<"RefundFailed">,
  now: Instant
): Result.Result<Decision, MoneyUnknown> => {
  const refund = order.refunds.find(({ id }) => id === refundId)
  if (refund === undefined) return Result.fail(new MoneyUnknown({ number: order.number }))
  if (!isMoving(refund)) return Result.succeed(unchanged(order))
  return Result.succeed(unchanged(replace(order, { ...refund, state: "failed", endedAt: now })))
}

const chargedBack = (order: Order, payment: Payment, now: Instant): Decision | null => {
  const id = `chargeback:${payment.id}`
  if (order.cases.some((one) => one.id === id)) return null
  const opened: MoneyCase = {
    id,
    paymentId: payment.id,
    attemptId: payment.attemptId,
    reason: "chargeback",
    openedAt: now,
    resolution: null
  }
  const amount = { minor: payment.minor, currency: payment.currency }
  return changed({ ...order, cases: [...order.cases, opened] }, now, [
    { _tag: "payment.unmatched", number: order.number, reason: "chargeback", amount }
  ])
}

/**
 * T12, T13: what the provider's ledger shows, ours done first, the rest as made by somebody else. Twice is
 * once.
 */
export const seeRefunds = (
  order: Order,
  { chargedBack: lost, paymentId, refunded }: InputOf<"RefundsSeen">,
  now: Instant
): Result.Result<Decision, MoneyUnknown> => {
  const payment = order.payments.find(({ id }) => id === paymentId)
  if (payment === undefined) return Result.fail(new MoneyUnknown({ number: order.number }))
  if (lost > 0) {
    const opened = chargedBack(order, payment, now)
    if (opened !== null) return Result.succeed(opened)
  }
  const known = paidBack(order, paymentId, ["done"])
  const fresh = refunded - known
  if (fresh <= 0) return Result.succeed(unchanged(order))
  const sent = order.refunds.find((refund) => refund.paymentId === paymentId && refund.state === "sent")
  if (sent !== undefined && fresh >= sent.minor) {
    const next = replace(order, { ...sent, state: "done", endedAt: now })
    return Result.succeed(told(order, next, payment, sent.minor, now))
  }
  const outside: Refund = {
    ...requested(
      `${paymentId}:${refunded}`,
      paymentId,
      fresh,
      { by: "provider", reason: "Seen at the provider." },
      now
    ),
    state: "done",
    external: true,
    endedAt: now
  }
  return Result.succeed(
    told(order, { ...order, refunds: [...order.refunds, outside] }, payment, Minor.make(fresh), now)
  )
}
