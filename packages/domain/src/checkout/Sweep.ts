import { Clock, Context, Effect, Layer } from "effect"
import { liveAttempt, type Order } from "../order/Order.ts"
import { type Due, Orders } from "../order/Orders.ts"
import { second } from "../time/Instant.ts"
import { Refunding } from "./Refunding.ts"
import { isStale, Settling } from "./Settling.ts"

/** How many orders one pass takes, how many of them at once, and for how long they are its own. */
export const sweepMost = 50
const atOnce = 16
const lease = 60 * second

/**
 * Use case: finds out what nobody told us. Looks at every order that is due; several instances share the
 * work.
 */
export class Sweep extends Context.Service<Sweep>()("@rose-ash/cart-domain/checkout/Sweep", {
  make: Effect.gen(function* () {
    const orders = yield* Orders
    const settling = yield* Settling
    const refunding = yield* Refunding

    const lookAtPayments = Effect.fnUntraced(function* ({ now, order }: Due) {
      if (order.state === "awaiting_payment") return yield* settling.expire(order, now)
      const settled = yield* settling.settleAll(order)
      if (liveAttempt(settled) === undefined) return settled
      return yield* Effect.orElseSucceed(settling.closeAll(settled), () => settled)
    })

    /**
     * One due order: settle it, end it when its time is over, close what outlived it; send what is owed back.
     */
    const look = Effect.fn("Sweep.look")((due: Due) => Effect.flatMap(lookAtPayments(due), refunding.advance))

    /** An attempt that was read a moment ago is not read again yet: the hint it may have brought is kept. */
    const remember = Effect.fnUntraced(function* ({ attempts }: Order) {
      const now = yield* Clock.currentTimeMillis
      const spared = attempts.find((attempt) => !isStale(attempt, now))
      if (spared !== undefined) yield* orders.wake(spared.id)
    })

    /** One pass. Returns how many orders were due; a failure of one holds up no other. */
    const pass = Effect.fn("Sweep.pass")(function* () {
      const due = yield* orders.claimDue(sweepMost, lease)
      yield* Effect.forEach(
        due,
        (one) =>
          Effect.catchCause(Effect.andThen(remember(one.order), look(one)), (cause) =>
            Effect.logError("order not settled", { order: one.order.number }, cause)
          ),
        { concurrency: atOnce, discard: true }
      )
      return due.length
    })

    return { look, pass } as const
  })
}) {
  static readonly layer = Layer.effect(Sweep, Sweep.make)
}
