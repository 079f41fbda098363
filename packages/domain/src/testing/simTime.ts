import { type Clock, Duration, Effect, type Scheduler } from "effect"
import type { Dice } from "./dice.ts"

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/**
 * Scheduler and clock of a simulation. Nothing runs but in `settle`, which lets one ready fiber after the
 * other go on as the dice say; time stands but for `advance`. No real timer: the same dice, the same run.
 */
export class SimTime {
  /** Milliseconds. */
  now: number
  readonly scheduler: Scheduler.Scheduler
  readonly #dice: Dice
  readonly #ready: Array<() => void> = []
  /** The next to wake is the last. */
  readonly #sleepers: Array<Sleeper> = []

  constructor(dice: Dice, start: number) {
    this.#dice = dice
    this.now = start
    const dispatcher = { scheduleTask: (task: () => void) => void this.#ready.push(task), flush: () => {} }
    this.scheduler = {
      executionMode: "async",
      shouldYield: (fiber) => fiber.currentOpCount >= fiber.cache.maxOpsBeforeYield,
      makeDispatcher: () => dispatcher
    }
  }

  /** A clock that is off by so many milliseconds; sleeps are as long as ever. */
  clock(off: number): Clock.Clock {
    const millis = () => this.now + off
    const nanos = () => BigInt(millis()) * 1_000_000n
    return {
      currentTimeMillisUnsafe: millis,
      currentTimeMillis: Effect.sync(millis),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: nanos,
      monotonicTimeNanos: Effect.sync(nanos),
      sleep: (duration) => this.sleep(Duration.toMillis(duration))
    }
  }

  /** So many milliseconds go by. */
  sleep(millis: number): Effect.Effect<void> {
    return Effect.callback((resume) => this.at(this.now + millis, () => resume(Effect.void)))
  }

  /** Calls back at that time. */
  at(time: number, wake: () => void): void {
    let n = this.#sleepers.length
    // Of those that wake at the same time the first to sleep is woken first.
    while (n > 0 && (this.#sleepers[n - 1]?.at ?? 0) <= time) n -= 1
    this.#sleepers.splice(n, 0, { at: time, wake })
  }

  /** Lets everybody go on who can, until everybody waits for something. */
  settle(): void {
    const ready = this.#ready
    while (ready.length > 0) {
      const n = this.#dice.below(ready.length)
      const task = ready[n]
      const last = ready.pop()
      if (last !== undefined && n < ready.length) ready[n] = last
      task?.()
    }
  }

  /** When somebody wakes next. */
  get next(): number {
    return this.#sleepers.at(-1)?.at ?? Number.POSITIVE_INFINITY
  }

  /** It becomes that late, and whoever slept until then is ready. */
  advance(to: number): void {
    this.now = Math.max(this.now, to)
    while (this.next <= this.now) this.#sleepers.pop()?.wake()
  }
}
