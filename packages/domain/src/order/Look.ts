import type { PaymentAttempt } from "../payment/PaymentAttempt.ts"
import { isLive } from "../payment/PaymentAttempt.ts"
import { unprovenMost } from "../payment/Reading.ts"
import { isMoving } from "../payment/Refund.ts"
import type { AttemptId } from "../text/Ids.ts"
import { day, earliest, hour, type Instant, latest, minute, plus, second } from "../time/Instant.ts"
import { isInQuestion, type Order } from "./Order.ts"

/** Reads of a live attempt after its opening: at 5, 15 and 30 s, each 30 s to 5 min, then each 2 min. */
const whileLive = ({ createdAt }: PaymentAttempt, now: Instant): Instant => {
  const age = now - createdAt
  const early = [5, 15, 30].map((at) => at * second).find((at) => at > age)
  if (early !== undefined) return plus(createdAt, early)
  return plus(now, age < 5 * minute ? 30 * second : 2 * minute)
}

/**
 * A dead attempt may still turn out paid: after 10 min, daily for a week, weekly for five weeks, then it is
 * closed.
 */
const onceDead = [10 * minute, ...[1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 35].map((days) => days * day)]
/** A paid one may turn out paid twice. */
const oncePaid = [10 * minute, day]

const onceOver = ({ closedAt, state }: PaymentAttempt, now: Instant): Instant | null => {
  if (closedAt === null) return null
  const looks = state === "paid" ? oncePaid : onceDead
  const next = looks.find((after) => closedAt + after > now)
  return next === undefined ? null : plus(closedAt, next)
}

/** Soon, then ever more seldom, at least hourly: after that part of the time that it takes already. */
const everMoreSeldom = (since: number, least: number, now: Instant, part = 2): Instant =>
  plus(now, Math.min(hour, Math.max(least, Math.floor((now - since) / part))))

const ofAttempt = (order: Order, attempt: PaymentAttempt, now: Instant): Instant | null => {
  if (isInQuestion(order, attempt)) {
    return plus(now, now - (attempt.unprovenSince ?? now) < unprovenMost ? 30 * second : hour)
  }
  if (!isLive(attempt)) return onceOver(attempt, now)
  // An attempt that outlived its order's waiting is closed as soon as can be.
  if (order.state === "awaiting_payment") return whileLive(attempt, now)
  return everMoreSeldom(order.closedAt ?? order.paidAt ?? now, 5 * second, now, 12)
}

/** Past its deadline an order is tried again soon, then ever more seldom, at least hourly. */
const deadline = ({ expiresAt }: Order, now: Instant): Instant =>
  now < expiresAt ? expiresAt : plus(now, Math.min(hour, 30 * second + Math.floor((now - expiresAt) / 2)))

/**
 * An attempt that is over and that nobody could be asked about just now, though something made us ask, is
 * asked about again soon, then ever more seldom, at least hourly.
 */
const unanswered = ({ createdAt, lastReadAt }: PaymentAttempt, now: Instant): Instant =>
  everMoreSeldom(lastReadAt ?? createdAt, 30 * second, now)

/**
 * When somebody must look at the order again; null when nothing is left to find out. `silent`: the attempt
 * that was asked about and not answered.
 */
export const nextLook = (order: Order, now: Instant, silent?: AttemptId): Instant | null => {
  const looks = order.attempts.flatMap((attempt) => ofAttempt(order, attempt, now) ?? [])
  const asked = order.attempts.find((attempt) => attempt.id === silent && !isLive(attempt))
  if (asked !== undefined) looks.push(unanswered(asked, now))
  if (order.state === "awaiting_payment") looks.push(deadline(order, now))
  for (const { askedAt } of order.refunds.filter(isMoving))
    looks.push(everMoreSeldom(askedAt, 30 * second, now))
  const [first, ...more] = looks
  return first === undefined ? null : latest(earliest(first, ...more), plus(now, second))
}
