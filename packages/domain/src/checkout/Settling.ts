import { Cache, Clock, Context, Effect, Layer } from "effect"
import type { Input } from "../order/Input.ts"
import type { Order } from "../order/Order.ts"
import { Orders } from "../order/Orders.ts"
import { decide } from "../order/Transitions.ts"
import { PageConfigs } from "../page/PageConfigs.ts"
import type { Observation } from "../payment/Observation.ts"
import { isLive, type PaymentAttempt } from "../payment/PaymentAttempt.ts"
import { PaymentProvider } from "../payment/PaymentProvider.ts"
import { type Instant, second } from "../time/Instant.ts"
import { asking, closePage, ReadKey, unanswered } from "./asking.ts"
import { stopping } from "./stopping.ts"

/** At most one read per attempt in this time. */
export const readEvery = 2 * second
/** Reads under way or just answered that are remembered at once. */
const readsMost = 10_000

/** Nobody read it in the last two seconds, by this process's clock: a clock that is off costs a read. */
export const isStale = ({ lastReadAt }: PaymentAttempt, now: number): boolean =>
  lastReadAt === null || now < lastReadAt || now - lastReadAt >= readEvery
type Choice = (attempt: PaymentAttempt) => boolean
const isUnpaid: Choice = ({ state }) => state !== "paid"

/**
 * Use cases: the provider's word, applied to orders. Webhook, return page, sweep and "check again" come here.
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

    /** Shared by everybody who asks about the attempt at the same time, and for two seconds after. */
    const reads = yield* Cache.make({
      capacity: readsMost,
      timeToLive: readEvery,
      lookup: (key: ReadKey) => provider.read(key.asking)
    })

    const stop = stopping(pages, provider)

    const ask = Effect.fnUntraced(function* (order: Order, attempt: PaymentAttempt) {
      const answer = yield* Effect.result(Cache.get(reads, new ReadKey(asking(order, attempt))))
      if (answer._tag === "Success") return answer
      yield* Effect.logWarning("provider not readable", { attempt: attempt.id, failure: answer.failure._tag })
      yield* stop(order, attempt, answer.failure)
      return answer
    })

    const settleThose = Effect.fnUntraced(function* (order: Order, those: Choice) {
      const now = yield* Clock.currentTimeMillis
      let current = order
      const silent: Array<Input> = []
      for (const attempt of order.attempts.filter((one) => isStale(one, now) && those(one))) {
        const answer = yield* ask(current, attempt)
        if (answer._tag === "Success") current = yield* note(current, answer.success)
        else silent.push(unanswered(attempt, answer.failure))
      }
      // Last, for they say when to try again, and no answer of another attempt puts that off.
      for (const input of silent) current = yield* Effect.orDie(orders.modify(order.id, decide(input)))
      return current
    })

    /** Reads every attempt not known to be paid and applies the answers; unreadable ones change nothing. */
    const settle = Effect.fn("Settling.settle")((order: Order) => settleThose(order, isUnpaid))
    /** Reads every attempt, paid ones too: they may have been paid twice. */
    const settleAll = Effect.fn("Settling.settleAll")((order: Order) => settleThose(order, () => true))

    /** Closes a live attempt at the provider and applies what it then says: perhaps it is paid. */
    const close = (order: Order, attempt: PaymentAttempt) =>
      Effect.flatMap(closePage(provider, asking(order, attempt)), (seen) => note(order, seen))

    /** Closes every live attempt. */
    const closeAll = Effect.fn("Settling.closeAll")(function* (order: Order) {
      let current = order
      for (const attempt of order.attempts.filter(isLive)) current = yield* close(current, attempt)
      return current
    })

    /**
     * Settles, and past its time closes what can still be paid, then ends the order (T6, T6b). `now` is the
     * store's.
     */
    const expire = Effect.fn("Settling.expire")(function* (order: Order, now: Instant) {
      const settled = yield* settleAll(order)
      if (settled.state !== "awaiting_payment" || now < settled.expiresAt) return settled
      const closed = yield* Effect.orElseSucceed(closeAll(settled), () => settled)
      return yield* orders.modify(closed.id, decide({ _tag: "Deadline" })).pipe(
        Effect.catchTag("AttemptStillAlive", () => Effect.succeed(closed)),
        Effect.orDie
      )
    })

    return { closeAll, expire, note, settle, settleAll } as const
  })
}) {
  static readonly layer = Layer.effect(Settling, Settling.make)
}
