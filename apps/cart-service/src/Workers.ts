import { Reconciling } from "@rose-ash/cart-domain/checkout/Reconciling"
import { Sweep, sweepMost } from "@rose-ash/cart-domain/checkout/Sweep"
import { Consuming, consumingMost } from "@rose-ash/cart-domain/event/Consuming"
import { Relay, relayMost } from "@rose-ash/cart-domain/event/Relay"
import { Audits, audited } from "@rose-ash/cart-domain/health/Audits"
import { Readiness } from "@rose-ash/cart-domain/health/Readiness"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Deferred, Effect, Fiber, Layer, Metric, Random } from "effect"

/** Between passes: a second, give or take a fifth, so that several instances do not march in step. */
const pauseMillis = 1000
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Three days a night: what SumUp shows late is still met. */
const reconcileBack = 72 * hour
/** The hour of the night, UTC. */
const reconcileAt = 3
/** A look an hour at what happened in the last day and an hour: what one misses, the next ones see. */
const auditBack = 25 * hour
/** How long a pass that is under way may take to end; longer than any call it makes. */
const drainFor = "15 seconds"

/**
 * Repeats `pass` until its scope closes; a pass under way is finished first. A full pass is followed at
 * once.
 */
const repeated = Effect.fnUntraced(function* (
  name: string,
  pass: Effect.Effect<number>,
  full: number,
  every = pauseMillis
) {
  const stopping = yield* Deferred.make<void>()
  const survived = Effect.catchCause(pass, (cause) => Effect.as(Effect.logError(`${name} failed`, cause), 0))
  const pause = Effect.flatMap(Random.nextBetween(0.8, 1.2), (jitter) =>
    Effect.timeoutOption(Deferred.await(stopping), every * jitter)
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

const broken = Metric.gauge("invariant_breaks", {
  description: "What must always be true and is not, by invariant; anything but 0 needs a person at once"
})

/** Looks whether what must be true is true, and says it: in the log, and as a figure to watch. */
const audit = Effect.gen(function* () {
  const since = Instant.make(Math.max(0, (yield* Clock.currentTimeMillis) - auditBack))
  const breaks = yield* (yield* Audits).breaks(since)
  for (const one of breaks) yield* Effect.logError("an invariant is broken", one)
  for (const invariant of audited) {
    const n = breaks.filter((one) => one.invariant === invariant).length
    yield* Metric.update(Metric.withAttributes(broken, { invariant }), n)
  }
  return 0
})

/** An audit an hour, and none before the siblings' tables stand, which it reads. */
const auditing = Effect.gen(function* () {
  const [audits, { missing }] = [yield* Audits, yield* Readiness]
  let next = 0
  return Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    if (now < next || (yield* missing).length > 0) return 0
    next = now + hour
    return yield* Effect.provideService(audit, Audits, audits)
  })
})

/** Once a night every page's books of the last days, by one of the processes. */
const reconciled = Effect.gen(function* () {
  const now = yield* Clock.currentTimeMillis
  if (Math.floor(now / hour) % 24 !== reconcileAt) return 0
  const reconciling = yield* Reconciling
  const since = Instant.make(Math.max(0, now - reconcileBack))
  for (const { differences, failure, pageId } of yield* reconciling.nightly(Math.floor(now / day), since))
    if (differences > 0 || failure !== null)
      yield* Effect.logError("the provider's books and ours differ", { page: pageId, differences, failure })
  return 0
})

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
    const books = Effect.provideService(reconciled, Reconciling, yield* Reconciling)
    yield* repeated("reconciling", books, 1, hour)
    yield* repeated("audit", yield* auditing, 1, minute)
  })
)
