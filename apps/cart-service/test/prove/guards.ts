import { randomUUID } from "node:crypto"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import type { Observation } from "@rose-ash/cart-domain/payment/Observation"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { type Asking, PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { forgetful, unleased, unmatched, untold } from "@rose-ash/cart-domain/testing/guards"
import { AttemptId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer } from "effect"
import type * as App from "../../src/App.ts"

type Ports = ReturnType<typeof App.ports>

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

/** The port as the other rigs, too, know it without its guard. */
const orders = (change: (real: Orders["Service"]) => Orders["Service"]) =>
  Layer.effect(Orders, Effect.map(Orders, change))
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
  match: (ports: Ports) =>
    Layer.provideMerge(Layer.effect(PaymentProvider, Effect.map(PaymentProvider, unmatched)), ports),
  lease: (ports: Ports) => Layer.provideMerge(orders(unleased), ports),
  lock: (ports: Ports) => Layer.provideMerge(orders(forgetful), ports),
  reference: (ports: Ports) => Layer.provideMerge(unstable, ports),
  outbox: (ports: Ports) => Layer.provideMerge(orders(untold), ports)
} as const
export type Guard = keyof typeof without
export const isGuard = (name: string): name is Guard => Object.hasOwn(without, name)
