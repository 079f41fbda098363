import { Cache, Clock, Context, Effect, Equal, Hash, Layer } from "effect"
import type { Order } from "../order/Order.ts"
import { Orders } from "../order/Orders.ts"
import { decide } from "../order/Transitions.ts"
import { PageConfigs } from "../page/PageConfigs.ts"
import type { Observation } from "../payment/Observation.ts"
import { isLive, isPayable, type PaymentAttempt } from "../payment/PaymentAttempt.ts"
import { type Asking, PaymentProvider } from "../payment/PaymentProvider.ts"
import { Instant, second } from "../time/Instant.ts"

/** At most one read per attempt in this time. */
export const readEvery = 2 * second
/** Reads under way or just answered that are remembered at once. */
const readsMost = 10_000

/** What the provider is asked with. */
export const asking = (order: Order, attempt: PaymentAttempt): Asking => ({
  attempt,
  pageId: order.pageId,
  number: order.number,
  pageName: order.pageName
})

const isDue = (attempt: PaymentAttempt, now: number): boolean => {
  const since = now - (attempt.lastReadAt ?? 0)
  if (since >= 0 && since < readEvery) return false
  return attempt.state !== "paid"
}

/** Two questions about the same attempt are one. */
class ReadKey implements Equal.Equal {
  readonly asking: Asking
  constructor(asked: Asking) {
    this.asking = asked
  }
  [Equal.symbol](that: Equal.Equal): boolean {
    return that instanceof ReadKey && that.asking.attempt.id === this.asking.attempt.id
  }
  [Hash.symbol](): number {
    return Hash.string(this.asking.attempt.id)
  }
}

/**
 * Use cases: the provider's word, applied to orders. Webhook, return page, sweep and "check again" all come
 * here.
 * The provider is asked outside any transaction; what follows is decided under the order's lock.
 */
export class Settling extends Context.Service<Settling>()("@rose-ash/cart-domain/checkout/Settling", {
  make: Effect.gen(function* () {
    const orders = yield* Orders
    const pages = yield* PageConfigs
    const provider = yield* PaymentProvider

    /** Applies one answer. */
    const note = Effect.fn("Settling.note")(function* (order: Order, seen: Observation) {
      const { acceptsLate } = yield* pages.get(order.pageId)
      return yield* orders.modify(order.id, decide({ _tag: "Observed", seen, acceptsLate }))
    }, Effect.orDie)

    const unreadable = (order: Order, { id: attemptId }: PaymentAttempt) =>
      Effect.orDie(orders.modify(order.id, decide({ _tag: "Unreadable", attemptId })))

    /** Shared by everybody who asks about the attempt at the same time, and for two seconds after. */
    const reads = yield* Cache.make({
      capacity: readsMost,
      timeToLive: readEvery,
      lookup: (key: ReadKey) => provider.read(key.asking)
    })

    const settleOne = Effect.fnUntraced(function* (order: Order, attempt: PaymentAttempt) {
      const answer = yield* Effect.result(Cache.get(reads, new ReadKey(asking(order, attempt))))
      if (answer._tag === "Success") return yield* note(order, answer.success)
      yield* Effect.logWarning("provider not readable", { attempt: attempt.id, failure: answer.failure._tag })
      const gone = answer.failure._tag === "PaymentProviderUnavailable" && answer.failure.why === "not_found"
      if (gone && attempt.providerId === null) {
        const input = { _tag: "NeverMade", attemptId: attempt.id } as const
        return yield* Effect.orDie(orders.modify(order.id, decide(input)))
      }
      return yield* unreadable(order, attempt)
    })

    /** Reads every attempt that may have changed and applies the answers; unreadable ones change nothing. */
    const settle = Effect.fn("Settling.settle")(function* (order: Order) {
      const now = yield* Clock.currentTimeMillis
      let current = order
      for (const attempt of order.attempts) {
        if (isDue(attempt, now)) current = yield* settleOne(current, attempt)
      }
      return current
    })

    /** Closes a live attempt at the provider and applies what it then says: perhaps it is paid. */
    const close = Effect.fnUntraced(function* (order: Order, attempt: PaymentAttempt) {
      const seen = yield* provider.deactivate(asking(order, attempt))
      return yield* note(order, seen)
    })

    /** Closes every live attempt. */
    const closeAll = Effect.fn("Settling.closeAll")(function* (order: Order) {
      let current = order
      for (const attempt of order.attempts.filter(isLive)) current = yield* close(current, attempt)
      return current
    })

    /** Closes a live attempt whose page has too little time left to be paid on. */
    const closeStale = Effect.fn("Settling.closeStale")(function* (order: Order) {
      const now = Instant.make(yield* Clock.currentTimeMillis)
      const stale = order.attempts.some(
        (attempt) => isLive(attempt) && attempt.state !== "created" && !isPayable(attempt, now)
      )
      return yield* stale ? closeAll(order) : Effect.succeed(order)
    })

    /**
     * Settles, and past its time closes what can still be paid, then ends the order (T6, T6b). `now` is the
     * store's.
     */
    const expire = Effect.fn("Settling.expire")(function* (order: Order, now: Instant) {
      const settled = yield* settle(order)
      if (settled.state !== "awaiting_payment" || now < settled.expiresAt) return settled
      const closed = yield* Effect.orElseSucceed(closeAll(settled), () => settled)
      return yield* orders.modify(closed.id, decide({ _tag: "Deadline" })).pipe(
        Effect.catchTag("AttemptStillAlive", () => Effect.succeed(closed)),
        Effect.orDie
      )
    })

    return { close, closeAll, closeStale, expire, note, settle } as const
  })
}) {
  static readonly layer = Layer.effect(Settling, Settling.make)
}
