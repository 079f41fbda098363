import { Sweep, sweepMost } from "@rose-ash/cart-domain/checkout/Sweep"
import { Consuming, consumingMost } from "@rose-ash/cart-domain/event/Consuming"
import { Relay, relayMost } from "@rose-ash/cart-domain/event/Relay"
import { Readiness } from "@rose-ash/cart-domain/health/Readiness"
import { Deferred, Effect, Fiber, Layer, Random } from "effect"

/** Between passes: a second, give or take a fifth, so that several instances do not march in step. */
const pauseMillis = 1000
/** How long a pass that is under way may take to end; longer than any call it makes. */
const drainFor = "15 seconds"

/**
 * Repeats `pass` until its scope closes; a pass under way is finished first. A full pass is followed at
 * once.
 */
const repeated = Effect.fnUntraced(function* (name: string, pass: Effect.Effect<number>, full: number) {
  const stopping = yield* Deferred.make<void>()
  const survived = Effect.catchCause(pass, (cause) => Effect.as(Effect.logError(`${name} failed`, cause), 0))
  const pause = Effect.flatMap(Random.nextBetween(0.8, 1.2), (jitter) =>
    Effect.timeoutOption(Deferred.await(stopping), pauseMillis * jitter)
  )
  const loop = Effect.gen(function* () {
    while (!(yield* Deferred.isDone(stopping))) {
      const done = yield* survived
      if (done < full) yield* pause
    }
  })
  const fiber = yield* Effect.forkDetach(loop)
  yield* Effect.addFinalizer(() =>
    Deferred.succeed(stopping, undefined).pipe(
      Effect.andThen(Effect.timeoutOption(Fiber.await(fiber), drainFor)),
      Effect.andThen(Fiber.interrupt(fiber))
    )
  )
})

/** What stands in the way of the first request is told at once, not only to who asks whether it is ready. */
const told = Effect.gen(function* () {
  const { missing } = yield* Readiness
  yield* Effect.forEach(yield* missing, (sentence) => Effect.logWarning(`not ready: ${sentence}`))
})

/** One loop a subscriber: a slow one holds up only itself. */
const relaying = Effect.flatMap(Relay, ({ names, pass }) =>
  Effect.forEach(names, (name) => repeated(`relay to ${name}`, pass(name), relayMost), { discard: true })
)

/**
 * What happens without anybody asking: orders that are due, events that others wait for, and what siblings
 * told.
 */
export const layer = Layer.effectDiscard(
  Effect.gen(function* () {
    yield* told
    const [consuming, sweep] = [yield* Consuming, yield* Sweep]
    yield* repeated("sweep", sweep.pass(), sweepMost)
    yield* repeated("consuming", consuming.pass(), consumingMost)
    yield* relaying
  })
)
