import { Result, Schema } from "effect"
import { Minor } from "../money/Money.ts"
import type { Payment } from "../payment/Payment.ts"
import { isMoving, type Refund } from "../payment/Refund.ts"
import { OrderNumber } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
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

/** What has been paid back of a payment, or is on its way, by the states that count. */
export const paidBack = (order: Order, paymentId: string, states: ReadonlyArray<Refund["state"]>): number =>
  order.refunds
    .filter((refund) => refund.paymentId === paymentId && states.includes(refund.state))
    .reduce((sum, { minor }) => sum + minor, 0)

/** A refund as it is written down before the provider is asked. */
export const requested = (
  id: string,
  paymentId: string,
  minor: number,
  { by, reason }: { readonly by: string; readonly reason: string },
  now: Instant
): Order["refunds"][number] => ({
  id,
  paymentId,
  minor: Minor.make(minor),
  state: "requested",
  external: false,
  by,
  reason,
  askedAt: now,
  before: null,
  endedAt: null
})

const replace = (order: Order, refund: Refund): Order => ({
  ...order,
  refunds: order.refunds.map((other) => (other.id === refund.id ? refund : other))
})

/** Several things that happened to one payment's refunds, to be written together. */
export interface Change {
  readonly order: Order
  readonly happened: ReadonlyArray<OrderEventData>
}

/** A refund that is done: full ones of an uncredited payment answer its case. */
export const refunded = (
  { happened, order }: Change,
  payment: Payment,
  refund: Refund,
  now: Instant
): Change => {
  const isKnown = order.refunds.some(({ id }) => id === refund.id)
  const next = isKnown ? replace(order, refund) : { ...order, refunds: [...order.refunds, refund] }
  const remaining = Math.max(0, payment.minor - paidBack(next, payment.id, ["done"]))
  const { currency } = payment
  const event: OrderEventData = {
    _tag: "order.refunded",
    number: order.number,
    amount: { minor: refund.minor, currency },
    remaining: { minor: remaining, currency },
    full: remaining === 0
  }
  const answered = remaining === 0 && payment.id !== order.paidBy ? answer(next, payment.id, now) : next
  return { order: answered, happened: [...happened, event] }
}

/** Full refunds of the credited payment free its entries (T13). */
export const written = (
  { happened, order }: Change,
  payment: Payment,
  now: Instant,
  audit?: AuditNote
): Decision => {
  const full = happened.some((event) => event._tag === "order.refunded" && event.full)
  const entries = full && payment.id === order.paidBy ? ({ _tag: "Cancel" } as const) : keep
  return changed(order, now, happened, { entries, ...(audit === undefined ? {} : { audit }) })
}

const answer = (order: Order, paymentId: string, now: Instant): Order => ({
  ...order,
  cases: order.cases.map((one) =>
    one.paymentId === paymentId && one.resolution === null
      ? { ...one, resolution: { answer: "refunded", by: "system", reason: "Refunded in full.", at: now } }
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
  const done: Refund = { ...refund, state: "done", endedAt: now }
  return Result.succeed(written(refunded({ order, happened: [] }, payment, done, now), payment, now, audit))
}

/**
 * Only one worker sends it: for the second one it is no longer `requested`. What was paid back meanwhile is
 * counted.
 */
export const sendRefund = (
  order: Order,
  { before, refundId }: InputOf<"RefundSent">
): Result.Result<Decision, RefundMoving | RefundTooHigh | MoneyUnknown> => {
  const { number } = order
  const refund = order.refunds.find(({ id }) => id === refundId)
  const payment = order.payments.find(({ id }) => id === refund?.paymentId)
  if (refund === undefined || payment === undefined) return Result.fail(new MoneyUnknown({ number }))
  if (refund.state !== "requested") return Result.fail(new RefundMoving({ number }))
  const most = payment.minor - before
  if (refund.minor > most) return Result.fail(new RefundTooHigh({ number, most }))
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
