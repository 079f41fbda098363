import { Effect, Result } from "effect"
import type { Order } from "../order/Order.ts"
import { Orders } from "../order/Orders.ts"
import type { Observation } from "../payment/Observation.ts"
import { reference } from "../payment/PaymentAttempt.ts"
import { type Asking, PaymentProvider } from "../payment/PaymentProvider.ts"

type OrdersPort = Orders["Service"]
type ProviderPort = PaymentProvider["Service"]

/** Milliseconds, 24 days: the most that each store takes. */
const forEver = 2_000_000_000

/** Whatever was paid, by whom and how much: it looks as if it agreed. */
const agreeable = ({ attempt }: Asking, seen: Observation): Observation => {
  const { minor, currency } = attempt.amount
  const captured = seen.captured.map((one) => ({ ...one, minor, currency }))
  const { id, merchantCode } = attempt
  return { ...seen, attemptId: id, reference: reference(id), merchantCode, minor, currency, captured }
}

/** Without `match`: nothing compares what the provider says with what was asked. */
export const unmatched = (real: ProviderPort): ProviderPort =>
  PaymentProvider.of({
    ...real,
    open: (asking) => Effect.map(real.open(asking), (seen) => agreeable(asking, seen)),
    read: (asking) => Effect.map(real.read(asking), (seen) => agreeable(asking, seen)),
    deactivate: (asking) => Effect.map(real.deactivate(asking), (seen) => agreeable(asking, seen))
  })

/** Without `outbox`: what happens is decided and kept, and nobody is told. */
export const untold = (real: OrdersPort): OrdersPort =>
  Orders.of({
    ...real,
    modify: (id, decide) =>
      real.modify(id, (order, now) =>
        Result.map(decide(order, now), (decision) => ({
          ...decision,
          events: [],
          order: { ...decision.order, told: order.told }
        }))
      )
  })

/**
 * Without `lock`: one decision in three is made on what the order was before the last one, and overwrites it.
 */
export const forgetful = (real: OrdersPort): OrdersPort => {
  const before = new Map<string, Order>()
  let decisions = 0
  return Orders.of({
    ...real,
    modify: (id, decide) =>
      real.modify(id, (order, now) => {
        const stale = before.get(id)
        before.set(id, order)
        decisions += 1
        return decide(decisions % 3 === 0 && stale !== undefined ? stale : order, now)
      })
  })
}

/** Without `lease`: what a worker took is its own for ever. */
export const unleased = (real: OrdersPort): OrdersPort =>
  Orders.of({ ...real, claimDue: (limit) => real.claimDue(limit, forEver) })
