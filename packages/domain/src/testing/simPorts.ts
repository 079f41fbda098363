import { Clock, Context, Effect, Layer, Logger, Random, References, Scheduler, Scope } from "effect"
import * as Domain from "../Domain.ts"
import { Relay } from "../event/Relay.ts"
import { SubscriberFailed, Subscribers } from "../event/Subscribers.ts"
import { Orders } from "../order/Orders.ts"
import { PaymentProvider } from "../payment/PaymentProvider.ts"
import { Ids } from "../text/Ids.ts"
import { type Dice, diceOf } from "./dice.ts"
import * as Memory from "./Memory.ts"
import * as PaymentProviderScripted from "./PaymentProviderScripted.ts"
import type { SimFaults } from "./SimFaults.ts"
import { troubled } from "./simProvider.ts"
import type { SimTime } from "./simTime.ts"

export type Shared = Layer.Success<typeof Memory.layer> | Layer.Success<typeof PaymentProviderScripted.layer>
/** All that an instance of the service serves. */
export type Served = Shared | Layer.Success<typeof Domain.layer> | Relay
/** Who is told of what happens. */
export const consumers = ["events", "mail"] as const

/** What a run is without: a guard that is taken away, so that the run has to break. */
export interface SimTwin {
  readonly orders?: (real: Orders["Service"]) => Orders["Service"]
  readonly provider?: (real: PaymentProvider["Service"]) => PaymentProvider["Service"]
}

/** One run's time, faults and dice. */
export interface SimRun {
  readonly seed: number
  readonly time: SimTime
  readonly faults: SimFaults
  readonly dice: Dice
  readonly twin: SimTwin
  /** Everything that was told: by consumer and stream the sequences, as often as they came. */
  readonly told: Map<string, Array<number>>
  /** A number nobody had before. */
  next(): number
}

/** What whatever runs is surrounded by: this time, this chance, no log. `off`: how wrong its clock is. */
export const surroundings = ({ seed, time }: SimRun, off: number) => {
  const { next } = diceOf(seed, `jitter ${off}`)
  const random = { nextDoubleUnsafe: next, nextIntUnsafe: () => Math.floor(next() * 2 ** 53) }
  return Context.make(Scheduler.Scheduler, time.scheduler).pipe(
    Context.add(Clock.Clock, time.clock(off)),
    Context.add(Random.Random, random),
    Context.add(Logger.CurrentLoggers, new Set()),
    Context.add(References.TracerEnabled, false)
  )
}

const built = <A, R, C>(
  layer: Layer.Layer<A, never, R>,
  context: Context.Context<R | C>
): Context.Context<A | R | C> =>
  Context.merge(context, Effect.runSyncWith(context)(Layer.buildWithScope(layer, Scope.makeUnsafe())))

/** The one store and the one provider. */
export const shared = (run: SimRun): Context.Context<Shared> =>
  built(Layer.merge(Memory.layer, PaymentProviderScripted.layer), surroundings(run, 0))

/** Names by the order in which they were asked for. */
const idsOf = (run: SimRun) =>
  Ids.of({
    uuid: Effect.sync(() => `01000000-0000-7000-8000-${run.next().toString(16).padStart(12, "0")}`),
    bytes: (size) =>
      Effect.sync(() => {
        const n = run.next()
        return Uint8Array.from({ length: size }, (_, at) => Math.floor(n / 32 ** at) % 32)
      })
  })

/** Who is told: takes it, refuses it, or takes it and does not get to say so. */
const subscribersOf = ({ faults, told }: SimRun) =>
  Subscribers.of({
    names: consumers,
    deliver: (name, event) =>
      Effect.suspend(() => {
        if (faults.strikes("delivery.failed")) return Effect.fail(new SubscriberFailed({ reason: "away" }))
        const key = `${name} ${event.stream}`
        told.set(key, [...(told.get(key) ?? []), event.sequence])
        return faults.strikes("delivery.done-and-failed")
          ? Effect.fail(new SubscriberFailed({ reason: "silent" }))
          : Effect.void
      })
  })

/** A new instance of the shipped service: nothing of it remembers another. */
export const instance = (run: SimRun, of: Context.Context<Shared>, off: number): Context.Context<Served> => {
  const { orders = (real) => real, provider = (real) => real } = run.twin
  const ports = Context.merge(of, surroundings(run, off)).pipe(
    Context.add(PaymentProvider, provider(troubled(Context.get(of, PaymentProvider), run.faults, run.time))),
    Context.add(Orders, orders(Context.get(of, Orders))),
    Context.add(Ids, idsOf(run)),
    Context.add(Subscribers, subscribersOf(run))
  )
  return built(Layer.merge(Domain.layerNoIds, Relay.layer), ports)
}
