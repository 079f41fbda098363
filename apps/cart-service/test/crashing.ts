import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Effect, Layer, Result } from "effect"

/** Where a service may die, in the order a purchase comes by. */
export type CrashPoint =
  | "before the order is written"
  | "while the order is being written"
  | "after the order was placed"
  | "after the provider answered"
  | "after the answer was noted"
  | "after the payment was seen"
  | "while the payment is being recorded"
  | "after the payment was recorded"

const die = (): void => void process.kill(process.pid, "SIGKILL")

/** The ports as they are, but for one point at which the process dies as if the power had failed. */
export const crashingAt = (point: string) => {
  const at = (here: CrashPoint) => Effect.sync(() => (here === point ? die() : undefined))
  const orders = Layer.effect(
    Orders,
    Effect.map(Orders, (real) =>
      Orders.of({
        ...real,
        place: (of, decide) =>
          Effect.andThen(
            at("before the order is written"),
            real.place(of, (contents) => {
              if (point === "while the order is being written") die()
              return decide(contents)
            })
          ),
        modify: (id, decide) =>
          Effect.tap(
            real.modify(id, (order, now) => {
              const decided = decide(order, now)
              const isPaid = Result.isSuccess(decided) && decided.success.order.state === "paid"
              if (isPaid && point === "while the payment is being recorded") die()
              return decided
            }),
            ({ state }) =>
              at(state === "paid" ? "after the payment was recorded" : "after the answer was noted")
          )
      })
    )
  )
  const provider = Layer.effect(
    PaymentProvider,
    Effect.map(PaymentProvider, (real) =>
      PaymentProvider.of({
        ...real,
        open: (asking) =>
          at("after the order was placed").pipe(
            Effect.andThen(real.open(asking)),
            Effect.tap(() => at("after the provider answered"))
          ),
        read: (asking) =>
          Effect.tap(real.read(asking), ({ status }) =>
            status === "PAID" ? at("after the payment was seen") : Effect.void
          )
      })
    )
  )
  return Layer.merge(orders, provider)
}
