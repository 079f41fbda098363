import { Result, Schema } from "effect"
import { type Payment, unprovenCaseId } from "../payment/Payment.ts"
import { isLive, type PaymentAttempt } from "../payment/PaymentAttempt.ts"
import { OrderNumber } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import { credit } from "./Crediting.ts"
import { changed, type Decision, type EntryMove, unchanged } from "./Decision.ts"
import type { InputOf } from "./Input.ts"
import type { Order } from "./Order.ts"
import { MoneyUnknown } from "./Refunds.ts"

/** Money that does not agree with what was asked, or is not all there any more, cannot pay the order (S3). */
export class AmountDiffers extends Schema.TaggedError<AmountDiffers>()("AmountDiffers", {
  number: OrderNumber
}) {}

/** Every fact agreed when it came, nothing of it has gone back or is on its way, and nobody took it back. */
export const isWhole = (order: Order, { currency, id, minor, verdict }: Payment): boolean =>
  verdict === "paid" &&
  minor === order.total &&
  currency === order.currency &&
  !order.refunds.some(({ paymentId, state }) => paymentId === id && state !== "failed") &&
  !order.cases.some(({ paymentId, reason }) => paymentId === id && reason === "chargeback")

/** A person credits money of a case: the order is paid as if it had come in time, or as late money (T8). */
export const creditCase = (
  order: Order,
  { by, caseId, reason }: InputOf<"CreditCase">,
  now: Instant
): Result.Result<Decision, MoneyUnknown | AmountDiffers> => {
  const found = order.cases.find(({ id, resolution }) => id === caseId && resolution === null)
  const payment = order.payments.find(({ id }) => id === found?.paymentId)
  if (found === undefined || payment === undefined) {
    return Result.fail(new MoneyUnknown({ number: order.number }))
  }
  if (!isWhole(order, payment)) return Result.fail(new AmountDiffers({ number: order.number }))
  const resolution = { answer: "credited" as const, by, reason, at: now }
  const cases = order.cases.map((one) => (one === found ? { ...one, resolution } : one))
  const credited = credit({ ...order, cases }, payment, now)
  const lost = { action: "case.credit_refused", by, reason: "The seats are taken." }
  const entries: EntryMove =
    order.state === "expired"
      ? { _tag: "Reclaim", otherwise: () => changed(order, now, [], { audit: lost }) }
      : { _tag: "Confirm" }
  const audit = { action: "case.credit", by, reason }
  return Result.succeed(changed(credited.order, now, [credited.happened], { entries, audit }))
}

/** An attempt that a person has answered for is over: nothing can be paid on it, as far as anybody knows. */
const ended = (attempt: PaymentAttempt, now: Instant): PaymentAttempt =>
  isLive(attempt) ? { ...attempt, state: "expired", unprovenSince: null, closedAt: now } : attempt

/** A person answers a case: written off, or refunded in another way. */
export const resolveCase = (
  order: Order,
  input: InputOf<"ResolveCase">,
  now: Instant
): Result.Result<Decision, MoneyUnknown> => {
  const { answer: as, by, caseId, reason } = input
  const found = order.cases.find(({ id }) => id === caseId)
  if (found === undefined) return Result.fail(new MoneyUnknown({ number: order.number }))
  if (found.resolution !== null) return Result.succeed(unchanged(order))
  const resolution = { answer: as, by, reason, at: now }
  const cases = order.cases.map((one) => (one === found ? { ...one, resolution } : one))
  const attempts = order.attempts.map((attempt) =>
    found.id === unprovenCaseId(attempt.id) ? ended(attempt, now) : attempt
  )
  return Result.succeed(
    changed({ ...order, attempts, cases }, now, [], { audit: { action: "case.resolve", by, reason } })
  )
}
