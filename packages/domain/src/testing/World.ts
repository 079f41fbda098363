import { Clock, Context, Effect, HashMap, Layer, Result } from "effect"
import { Instant } from "../time/Instant.ts"
import { empty, type State } from "./State.ts"

/**
 * Called around every port call: a scheduler may let others go first, count, wait, or never come back (a
 * crash).
 */
export type Pause = (at: string) => Effect.Effect<void>

/**
 * Where a run can be held up or ended; by default nowhere. `at` is "Orders.place.before" or
 * "Orders.place.after".
 */
export const Pause = Context.Reference<Pause>("@rose-ash/cart-domain/testing/Pause", {
  defaultValue: () => () => Effect.void
})

/**
 * One shared store for every port in memory. A step is a pure function from state to state, so it happens as
 * a whole or not at all. Its clock is the `Clock` it was built with: deadlines are the store's, whoever asks.
 */
export class World extends Context.Service<
  World,
  {
    /** Everything as it is now. */
    readonly peek: Effect.Effect<State>
    readonly now: Effect.Effect<Instant>
    /** A name nobody had before, as a uuid that sorts by age. */
    mint(): string
    /** Reads, decides and writes as if alone. A failure leaves everything as it was. */
    step<A, E>(
      name: string,
      decide: (state: State, now: Instant) => Result.Result<readonly [A, State], E>
    ): Effect.Effect<A, E>
    /** Reads one moment. */
    look<A>(name: string, read: (state: State, now: Instant) => A): Effect.Effect<A>
  }
>()("@rose-ash/cart-domain/testing/World") {
  static readonly layer = Layer.effect(
    World,
    Effect.gen(function* () {
      const clock = yield* Clock.Clock
      let state = empty
      let minted = 0
      const now = () => Instant.make(Math.floor(clock.currentTimeMillisUnsafe()))

      const step = Effect.fnUntraced(function* <A, E>(
        name: string,
        decide: (state: State, now: Instant) => Result.Result<readonly [A, State], E>
      ) {
        const pause = yield* Pause
        yield* pause(`${name}.before`)
        const result = decide(state, now())
        if (Result.isSuccess(result)) state = result.success[1]
        yield* pause(`${name}.after`)
        return yield* Effect.fromResult(Result.map(result, ([answer]) => answer))
      })

      return World.of({
        peek: Effect.sync(() => state),
        now: Effect.sync(now),
        mint: () => {
          minted += 1
          return `00000000-0000-7000-8000-${minted.toString(16).padStart(12, "0")}`
        },
        step,
        look: (name, read) => step(name, (seen, at) => Result.succeed([read(seen, at), seen] as const))
      })
    })
  )
}

/** The value under a key, or undefined. */
export const at = <K, V>(map: HashMap.HashMap<K, V>, key: K): V | undefined => {
  const found = HashMap.get(map, key)
  return found._tag === "Some" ? found.value : undefined
}
/** A write that cannot be refused. */
export const wrote = <A>(answer: A, state: State): Result.Result<readonly [A, State]> =>
  Result.succeed([answer, state] as const)
