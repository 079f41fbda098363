import { Result } from "effect"
import { grace, type Seller, validFor } from "../page/PageConfig.ts"
import { attemptsMost, canStillOpen, isLive } from "../payment/PaymentAttempt.ts"
import type { AttemptId } from "../text/Ids.ts"
import { type Instant, plus } from "../time/Instant.ts"
import { type AuditNote, changed, type Decision, type EntryMove, unchanged } from "./Decision.ts"
import {
  AttemptLimit,
  AttemptStillAlive,
  isUnproven,
  liveAttempt,
  newAttempt,
  type Order,
  openCases,
  PaymentInQuestion
} from "./Order.ts"
import type { OrderEventData } from "./OrderEvent.ts"

/** Not before every attempt is dead by the provider's own answer (S8): unreadable is not unpaid. */
export const ifDead = <E>(
  order: Order,
  then: () => Result.Result<Decision, E>
): Result.Result<Decision, E | AttemptStillAlive> =>
  liveAttempt(order) !== undefined || isUnproven(order)
    ? Result.fail(new AttemptStillAlive({ number: order.number }))
    : then()

export const close = (
  order: Order,
  to: "expired" | "cancelled",
  now: Instant,
  happened: OrderEventData,
  more: { readonly entries: EntryMove; readonly audit?: AuditNote }
): Decision => changed({ ...order, state: to, closedAt: now }, now, [happened], more)

/**
 * T6, T6b: expired once its time is over and nothing can be paid any more; before its time nothing happens.
 */
export const expire = (order: Order, now: Instant): Result.Result<Decision, AttemptStillAlive> => {
  if (now < order.expiresAt) return Result.succeed(unchanged(order))
  return ifDead(order, () =>
    Result.succeed(
      close(
        order,
        "expired",
        now,
        { _tag: "order.expired", number: order.number },
        {
          entries: { _tag: "Release" }
        }
      )
    )
  )
}

/** T7: the buyer or the seller calls an unpaid order off. */
export const cancel = (
  order: Order,
  by: "buyer" | "seller",
  now: Instant,
  audit?: AuditNote
): Result.Result<Decision, AttemptStillAlive> =>
  ifDead(order, () =>
    Result.succeed(
      close(
        order,
        "cancelled",
        now,
        { _tag: "order.cancelled", number: order.number, by, wasPaid: false },
        { entries: { _tag: "Release" }, ...(audit === undefined ? {} : { audit }) }
      )
    )
  )

/**
 * T3: the live attempt while its page is good, else a new one once the old ones are dead by the provider's
 * answer.
 */
export const payAgain = (
  order: Order,
  { attemptId, seller }: { readonly attemptId: AttemptId; readonly seller: Seller },
  now: Instant
): Result.Result<Decision, AttemptStillAlive | PaymentInQuestion | AttemptLimit> => {
  const { number } = order
  if (openCases(order).length > 0) return Result.fail(new PaymentInQuestion({ number }))
  if (isUnproven(order)) return Result.fail(new AttemptStillAlive({ number }))
  const live = liveAttempt(order)
  if (live !== undefined && canStillOpen(live, now)) return Result.succeed(unchanged(order))
  if (order.attempts.length >= attemptsMost) {
    return Result.fail(new AttemptLimit({ number, most: attemptsMost }))
  }
  return ifDead(order, () => {
    const attempt = newAttempt(attemptId, order.attempts.length + 1, { order, seller, now })
    const until = plus(now, validFor + grace)
    const next = { ...order, attempts: [...order.attempts, attempt], expiresAt: until }
    return Result.succeed(changed(next, now, [], { entries: { _tag: "Claim", until } }))
  })
}

/** Long after its time, and the provider knows nothing of it: nobody ever saw its page, so it is dead. */
export const neverMade = (order: Order, attemptId: AttemptId, now: Instant): Decision => {
  const attempt = order.attempts.find(({ id }) => id === attemptId)
  const over = attempt !== undefined && isLive(attempt) && attempt.providerId === null
  if (!over || now < plus(attempt.validUntil, grace)) return unchanged(order)
  const dead = { ...attempt, state: "expired" as const, closedAt: now }
  const attempts = order.attempts.map((other) => (other === attempt ? dead : other))
  return changed({ ...order, attempts }, now, [])
}
