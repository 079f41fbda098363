import { type SellerKey, SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import type { Asking } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { second } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Effect, Result } from "effect"
import { failure, type SumUpFailure } from "./SumUpFailure.ts"

/** A rejected key is not shown again for so long: no hammering with a dead one. */
const rejectedFor = 10 * second
const rejectedMost = 1000

/** The attempt's own key, and when that is dead, the newest of the same page and merchant: nobody else's. */
interface Keys {
  with<A>(
    asking: Asking,
    use: (key: SellerKey) => Effect.Effect<A, SumUpFailure>
  ): Effect.Effect<A, SumUpFailure>
}

export const makeKeys = Effect.gen(function* () {
  const sellerKeys = yield* SellerKeys
  const rejectedUntil = new Map<string, number>()

  const reject = (id: string, now: number): void => {
    rejectedUntil.delete(id)
    rejectedUntil.set(id, now + rejectedFor)
    const [oldest] = rejectedUntil.keys()
    if (rejectedUntil.size > rejectedMost && oldest !== undefined) rejectedUntil.delete(oldest)
  }

  const tried = <A>(
    { credentialId }: SellerKey,
    call: Effect.Effect<A, SumUpFailure>
  ): Effect.Effect<A, SumUpFailure> =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      if ((rejectedUntil.get(credentialId) ?? 0) > now) return Effect.fail(failure("key"))
      return Effect.tapError(call, ({ trouble }) =>
        trouble === "key" ? Effect.sync(() => reject(credentialId, now)) : Effect.void
      )
    })

  /** The store's word is not enough: a key of another page or merchant is no key for this attempt. */
  const fitting = ({ attempt, pageId }: Asking, key: SellerKey | null): SellerKey | null =>
    key?.pageId === pageId && key.merchantCode === attempt.merchantCode ? key : null

  const keys: Keys = {
    with: Effect.fnUntraced(function* (asking, use) {
      const { attempt, pageId } = asking
      const stored = yield* Effect.orElseSucceed(sellerKeys.get(attempt.credentialId), () => null)
      const own = fitting(asking, stored)
      const first = own === null ? Effect.fail(failure("key")) : tried(own, use(own))
      const asked = yield* Effect.result(first)
      if (Result.isSuccess(asked)) return asked.success
      if (asked.failure.trouble !== "key") return yield* asked.failure
      const newest = fitting(asking, yield* sellerKeys.newest(pageId, attempt.merchantCode))
      if (newest === null) return yield* asked.failure
      return yield* tried(newest, use(newest))
    })
  }
  return keys
})
