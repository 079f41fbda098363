import { Clock, Context, Duration, Effect } from "effect"

/** A clock that a test moves on; what sleeps sleeps as long as it said. */
export const movableClock = () => {
  const real = Context.get(Context.empty(), Clock.Clock)
  let ahead = 0
  const now = () => real.currentTimeMillisUnsafe() + ahead
  const clock: Clock.Clock = {
    currentTimeMillisUnsafe: now,
    currentTimeMillis: Effect.sync(now),
    currentTimeNanosUnsafe: () => BigInt(now()) * 1_000_000n,
    currentTimeNanos: Effect.sync(() => BigInt(now()) * 1_000_000n),
    monotonicTimeNanosUnsafe: () => real.monotonicTimeNanosUnsafe(),
    monotonicTimeNanos: real.monotonicTimeNanos,
    sleep: (duration) => real.sleep(duration)
  }
  const moveOn = (by: Duration.Input): void => {
    ahead += Duration.toMillis(by)
  }
  return { clock, moveOn }
}
