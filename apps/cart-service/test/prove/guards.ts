import { Orders } from "@rose-ash/cart-domain/order/Orders"
import type { Observation } from "@rose-ash/cart-domain/payment/Observation"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { type Asking, PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Effect, Layer, Result } from "effect"
import type * as App from "../../src/App.ts"

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

/** Each takes one guard away, for the run that has to break without it. */
export const without = {
  match: (ports: Ports) => Layer.provideMerge(match, ports),
  outbox: (ports: Ports) => Layer.provideMerge(outbox, ports)
} as const
export type Guard = keyof typeof without
export const isGuard = (name: string): name is Guard => Object.hasOwn(without, name)
