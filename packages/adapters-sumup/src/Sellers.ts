import { minute, second } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Effect, Random, RcMap, Semaphore } from "effect"
import { failure, isPassing, type SumUpFailure } from "./SumUpFailure.ts"

/** Calls under way at once for one seller. */
export const callsMost = 8
/** How long a call waits for its turn at most. */
const turnMost = 2 * second
/** So many passing failures in a row hold a seller's calls back. */
export const failuresMost = 5
const holdLeast = second
const holdMost = 30 * second
/** A seller nobody asked about for so long is forgotten; longer than any hold. */
const rememberedFor = 10 * minute

/** Between half and the whole of a wait that doubles with every further failure. */
const holdAfter = (failures: number): Effect.Effect<number> => {
  const whole = Math.min(holdLeast * 2 ** (failures - failuresMost), holdMost)
  return Effect.map(Random.nextBetween(whole / 2, whole), Math.ceil)
}

/** One seller's turnstile. Held back after failures in a row, then tried with one call at a time. */
const makeGate = Effect.gen(function* () {
  const turns = yield* Semaphore.make(callsMost)
  let failures = 0
  let heldUntil = 0
  let isTrying = false

  const failed = Effect.fnUntraced(function* ({ retryAfter }: SumUpFailure) {
    failures += 1
    const hold = failures < failuresMost ? 0 : yield* holdAfter(failures)
    const until = (yield* Clock.currentTimeMillis) + Math.max(hold, retryAfter ?? 0)
    heldUntil = Math.max(heldUntil, until)
  })

  const passed = Effect.sync(() => {
    failures = 0
  })

  /** A definite refusal is as good a sign of life as an answer. */
  const noted = <A>(call: Effect.Effect<A, SumUpFailure>): Effect.Effect<A, SumUpFailure> =>
    call.pipe(
      Effect.tapError((error) => (isPassing(error) ? failed(error) : passed)),
      Effect.tap(() => passed)
    )

  const inTurn = <A>(
    call: Effect.Effect<A, SumUpFailure>,
    patience: number
  ): Effect.Effect<A, SumUpFailure> =>
    Effect.scoped(
      Effect.andThen(
        Effect.timeoutOrElse(Semaphore.takeScoped(turns, 1), {
          duration: Math.min(patience, turnMost),
          orElse: () => Effect.fail(failure("held"))
        }),
        noted(call)
      )
    )

  return Effect.fnUntraced(function* <A>(call: Effect.Effect<A, SumUpFailure>, patience: number) {
    const wait = heldUntil - (yield* Clock.currentTimeMillis)
    if (wait > 0) return yield* failure("held", wait)
    if (failures < failuresMost) return yield* inTurn(call, patience)
    if (isTrying) return yield* failure("held", holdLeast)
    isTrying = true
    const over = Effect.sync(() => {
      isTrying = false
    })
    return yield* Effect.ensuring(inTurn(call, patience), over)
  })
})

/** Runs calls, each seller's for itself: one that is slow or failing holds back nobody else's. */
export interface Sellers {
  /** Fails with `held` when its turn does not come within `patience` milliseconds (2 seconds at most). */
  through<A>(
    merchantCode: string,
    call: Effect.Effect<A, SumUpFailure>,
    patience?: number
  ): Effect.Effect<A, SumUpFailure>
}

export const makeSellers = Effect.gen(function* () {
  const gates = yield* RcMap.make({
    lookup: (_merchantCode: string) => makeGate,
    idleTimeToLive: rememberedFor
  })
  const sellers: Sellers = {
    through: (merchantCode, call, patience = turnMost) =>
      Effect.scoped(Effect.flatMap(RcMap.get(gates, merchantCode), (gate) => gate(call, patience)))
  }
  return sellers
})
