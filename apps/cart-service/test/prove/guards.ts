import { randomUUID } from "node:crypto"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import type { Observation } from "@rose-ash/cart-domain/payment/Observation"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { type Asking, PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { AttemptId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, Result } from "effect"
import type * as App from "../../src/App.ts"

/** Milliseconds, as many as the store takes: 24 days. */
const forEver = 2_000_000_000
type Ports = ReturnType<typeof App.ports>

/** Whatever was paid, by whom and how much: it looks as if it agreed. */
const agreeable = ({ attempt }: Asking, seen: Observation): Observation => {
  const { minor, currency } = attempt.amount
  const captured = seen.captured.map((one) => ({ ...one, minor, currency }))
  const { id, merchantCode } = attempt
  return { ...seen, attemptId: id, reference: reference(id), merchantCode, minor, currency, captured }
}

/** Nothing compares what the provider says with what was asked. */
const match = Layer.effect(
  PaymentProvider,
  Effect.map(PaymentProvider, (real) =>
    PaymentProvider.of({
      ...real,
      open: (asking) => Effect.map(real.open(asking), (seen) => agreeable(asking, seen)),
      read: (asking) => Effect.map(real.read(asking), (seen) => agreeable(asking, seen)),
      deactivate: (asking) => Effect.map(real.deactivate(asking), (seen) => agreeable(asking, seen))
    })
  )
)

/** What happens is decided and kept, and nobody is told. */
const outbox = Layer.effect(
  Orders,
  Effect.map(Orders, (real) =>
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
  )
)

/**
 * Asked for again, a payment page gets another reference: what was made by the first try is not found again,
 * and the later one is taken for the attempt's own.
 */
const unstable = Layer.effect(
  PaymentProvider,
  Effect.map(PaymentProvider, (real) => {
    const opened = new Set<string>()
    const own = (asking: Asking, seen: Observation): Observation => {
      const { id } = asking.attempt
      return { ...seen, attemptId: id, reference: reference(id) }
    }
    return PaymentProvider.of({
      ...real,
      open: (asking) => {
        const { attempt } = asking
        const again = opened.has(attempt.id)
        opened.add(attempt.id)
        const id = again ? AttemptId.make(randomUUID()) : attempt.id
        return Effect.map(real.open({ ...asking, attempt: { ...attempt, id } }), (seen) => own(asking, seen))
      },
      read: (asking) => Effect.map(real.read(asking), (seen) => own(asking, seen)),
      deactivate: (asking) => Effect.map(real.deactivate(asking), (seen) => own(asking, seen))
    })
  })
)

/** One decision in three is made on what the order was before the last one, and overwrites it. */
const forgetful = Layer.effect(
  Orders,
  Effect.map(Orders, (real) => {
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
  })
)
/** What a worker took is its own for ever. */
const unleased = Layer.effect(
  Orders,
  Effect.map(Orders, (real) => Orders.of({ ...real, claimDue: (limit) => real.claimDue(limit, forEver) }))
)
/** The database's own fences, which would refuse what no lock keeps from being written: these go with it. */
export const fences: { readonly [guard in Guard]?: ReadonlyArray<string> } = {
  lock: [
    "ALTER TABLE cart.orders DISABLE TRIGGER orders_frozen",
    "ALTER TABLE cart.orders DISABLE TRIGGER orders_move",
    "ALTER TABLE cart.payment_attempt DISABLE TRIGGER payment_attempt_frozen"
  ]
}

/** Each takes one guard away, for the run that has to break without it. */
export const without = {
  match: (ports: Ports) => Layer.provideMerge(match, ports),
  lease: (ports: Ports) => Layer.provideMerge(unleased, ports),
  lock: (ports: Ports) => Layer.provideMerge(forgetful, ports),
  reference: (ports: Ports) => Layer.provideMerge(unstable, ports),
  outbox: (ports: Ports) => Layer.provideMerge(outbox, ports)
} as const
export type Guard = keyof typeof without
export const isGuard = (name: string): name is Guard => Object.hasOwn(without, name)
