import { Context, Effect, Layer } from "effect"
import type { Order } from "../order/Order.ts"
import { Orders } from "../order/Orders.ts"
import { decide } from "../order/Transitions.ts"
import { type Payment, transactionOf } from "../payment/Payment.ts"
import { PaymentProvider, type Taken } from "../payment/PaymentProvider.ts"
import { isMoving, type Refund } from "../payment/Refund.ts"
import { asking } from "./asking.ts"

/** Null for money that came by hand: the provider knows nothing of it. */
const takenOf = (order: Order, payment: Payment | undefined): Taken | null => {
  const attempt = order.attempts.find(({ id }) => id === payment?.attemptId)
  const transactionId = payment === undefined ? null : transactionOf(payment)
  return attempt === undefined || transactionId === null
    ? null
    : { asking: asking(order, attempt), transactionId }
}

/**
 * Use cases: money on its way back. A refund is written down before the provider hears of it, is marked as
 * sent before it is sent, and from then on only the provider's ledger decides: it is never sent again.
 */
export class Refunding extends Context.Service<Refunding>()("@rose-ash/cart-domain/checkout/Refunding", {
  make: Effect.gen(function* () {
    const orders = yield* Orders
    const provider = yield* PaymentProvider

    /** Reads one payment's ledger and applies it: what was paid back, by whomever. */
    const see = Effect.fnUntraced(function* (order: Order, payment: Payment, taken: Taken) {
      const { chargedBack, refunded } = yield* provider.transaction(taken)
      const seen = { _tag: "RefundsSeen", paymentId: payment.id, refunded, chargedBack } as const
      return { order: yield* Effect.orDie(orders.modify(order.id, decide(seen))), before: refunded }
    })

    /** Reads the ledger of every payment of the order. */
    const look = Effect.fn("Refunding.look")(function* (order: Order) {
      let current = order
      for (const payment of order.payments) {
        const taken = takenOf(order, payment)
        if (taken !== null) current = (yield* see(current, payment, taken)).order
      }
      return current
    })

    const failed = (order: Order, { id }: Refund) =>
      Effect.orDie(orders.modify(order.id, decide({ _tag: "RefundFailed", refundId: id })))

    /** Only whoever marks it as sent sends it. A lost answer is looked for, never asked for again. */
    const send = Effect.fnUntraced(function* (
      order: Order,
      refund: Refund,
      of: { readonly payment: Payment; readonly taken: Taken; readonly before: number }
    ) {
      const sent = decide({ _tag: "RefundSent", refundId: refund.id, before: of.before })
      const marked = yield* Effect.result(orders.modify(order.id, sent))
      if (marked._tag === "Failure") {
        return marked.failure._tag === "RefundTooHigh" ? yield* failed(order, refund) : order
      }
      const answer = yield* Effect.result(
        provider.refund(of.taken, { minor: refund.minor, currency: of.payment.currency })
      )
      if (answer._tag === "Success") return marked.success
      yield* Effect.logWarning("refund not answered", { order: order.number, failure: answer.failure._tag })
      return answer.failure._tag === "PaymentProviderRefused" ? yield* failed(order, refund) : marked.success
    })

    const advanceOne = Effect.fnUntraced(function* (order: Order, refund: Refund) {
      const payment = order.payments.find(({ id }) => id === refund.paymentId)
      const taken = takenOf(order, payment)
      if (payment === undefined || taken === null) return order
      const seen = yield* see(order, payment, taken)
      const now = seen.order.refunds.find(({ id }) => id === refund.id)
      if (now?.state !== "requested") return seen.order
      const sent = yield* send(seen.order, now, { payment, taken, before: seen.before })
      return (yield* see(sent, payment, taken)).order
    })

    /** Sends what was asked for and looks for what was sent. What cannot be read stays as it is. */
    const advance = Effect.fn("Refunding.advance")(function* (order: Order) {
      let current = order
      for (const refund of order.refunds.filter(isMoving)) {
        const next = yield* Effect.result(advanceOne(current, refund))
        if (next._tag === "Success") current = next.success
        else yield* Effect.logWarning("refund not readable", { order: order.number })
      }
      return current
    })

    return { advance, look } as const
  })
}) {
  static readonly layer = Layer.effect(Refunding, Refunding.make)
}
