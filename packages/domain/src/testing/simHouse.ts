import {
  Clock,
  Context,
  Effect,
  type Exit,
  HashMap,
  Layer,
  Logger,
  Random,
  References,
  Scheduler,
  Scope
} from "effect"
import * as Domain from "../Domain.ts"
import { Relay } from "../event/Relay.ts"
import { SubscriberFailed, Subscribers } from "../event/Subscribers.ts"
import { StoreUnavailable } from "../health/StoreUnavailable.ts"
import type { Identity } from "../identity/Identity.ts"
import type { Order } from "../order/Order.ts"
import type { PageConfig } from "../page/PageConfig.ts"
import { PaymentProvider } from "../payment/PaymentProvider.ts"
import { type AttemptId, Ids, type OrderId, type PageId } from "../text/Ids.ts"
import { Instant, minute, second } from "../time/Instant.ts"
import { type Dice, diceOf, mixed, unmixed } from "./dice.ts"
import * as Memory from "./Memory.ts"
import * as PaymentProviderScripted from "./PaymentProviderScripted.ts"
import { Scripted } from "./Scripted.ts"
import { Seeds } from "./Seeds.ts"
import { SimFaults } from "./SimFaults.ts"
import type { State } from "./State.ts"
import { troubled } from "./simProvider.ts"
import { SimTime } from "./simTime.ts"
import { at, Pause, World } from "./World.ts"

/** Midnight of a day in 2026. */
const begin = Instant.make(1_770_000_000_000)
const skewMost = 10 * minute
export const consumers = ["events", "mail"] as const

type Shared = Layer.Success<typeof Memory.layer> | Layer.Success<typeof PaymentProviderScripted.layer>
type Cases = Layer.Success<typeof Domain.layer> | Relay
export type Served = Shared | Cases

interface Instance {
  readonly n: number
  readonly context: Context.Context<Served>
  /** Those who wait for an answer of it. */
  readonly waiting: Set<() => void>
  dead: boolean
}

/** The store, the provider and everybody around, and some instances of the service that die and come again. */
export class SimHouse {
  readonly dice: Dice
  readonly time: SimTime
  readonly faults: SimFaults
  readonly shared: Context.Context<Shared>
  readonly world: World["Service"]
  readonly scripted: Scripted["Service"]
  /** Everything that was told, by consumer and event, as often as it was. */
  readonly told = new Map<string, Array<number>>()
  readonly seeds: Seeds["Service"]
  readonly #seed: number
  readonly #instances: Array<Instance | null> = []
  #minted = 0
  #hash = unmixed
  #steps = 0
  #state: State | null = null

  constructor(seed: number) {
    this.#seed = seed
    this.dice = diceOf(seed, "people")
    this.faults = new SimFaults(diceOf(seed, "faults"))
    this.time = new SimTime(diceOf(seed, "turns"), begin)
    const ports = Layer.merge(Memory.layer, PaymentProviderScripted.layer)
    this.shared = this.#built(ports, this.#surroundings(0))
    this.world = Context.get(this.shared, World)
    this.scripted = Context.get(this.shared, Scripted)
    this.seeds = Context.get(this.shared, Seeds)
    for (let n = 2 + this.dice.below(3); n > 0; n -= 1) this.#instances.push(this.#started(this.#instances.length))
  }

  /** What tells this run from every other: all that was called, by whom, when, and in what order. */
  get hash(): number {
    return this.#hash
  }
  get steps(): number {
    return this.#steps
  }

  /** Everything as it is now. */
  get state(): State {
    return this.outside(this.world.peek)
  }

  orders(): ReadonlyArray<Order> {
    return HashMap.toValues(this.state.orders).map(({ order }) => order)
  }
  order(id: OrderId): Order | undefined {
    return at(this.state.orders, id)?.order
  }

  page(id: PageId): PageConfig | undefined {
    return at(this.state.pages, id)
  }
  /** What time it is in the store. */
  get storeNow(): Instant {
    return Instant.make(this.time.now)
  }

  /** Somebody asks the calendar for a place. */
  hold(slot: string, identity: Identity): void {
    this.outside(this.seeds.hold({ slot, identity }))
  }

  /** Runs what takes no time and belongs to no instance. */
  outside<A>(effect: Effect.Effect<A, never, Shared>): A {
    return Effect.runSyncWith(this.shared)(effect)
  }

  /** Asks any living instance; null when it died before it answered, or none lives. */
  ask<A, E>(
    effect: Effect.Effect<A, E, Served>,
    about: () => AttemptId | undefined = () => undefined
  ): Effect.Effect<Exit.Exit<A, E> | null> {
    return Effect.callback((resume) => {
      const living = this.#instances.filter((one) => one !== null)
      const [first, ...more] = living
      if (first === undefined) return resume(Effect.succeed(null))
      const instance = this.dice.one([first, ...more])
      const lost = () => resume(Effect.succeed(null))
      instance.waiting.add(lost)
      const context = Context.add(instance.context, Pause, this.#pause(instance, about))
      Effect.runForkWith(context)(effect).addObserver((exit) => {
        instance.waiting.delete(lost)
        resume(Effect.succeed(exit))
      })
    })
  }

  /** Runs somebody who is no part of the service. */
  run<A>(effect: Effect.Effect<A>): void {
    Effect.runForkWith(this.#surroundings(0))(effect)
  }

  trace(text: string): void {
    this.#steps += 1
    this.#hash = mixed(this.#hash, `${this.time.now} ${text}`)
  }

  /** The state, if it is another than at the last look. */
  changed(): State | null {
    const { state } = this
    if (state === this.#state) return null
    this.#state = state
    return state
  }

  #surroundings(off: number) {
    const { next } = diceOf(this.#seed, `jitter ${off}`)
    return Context.make(Scheduler.Scheduler, this.time.scheduler).pipe(
      Context.add(Clock.Clock, this.time.clock(off)),
      Context.add(Random.Random, { nextDoubleUnsafe: next, nextIntUnsafe: () => Math.floor(next() * 2 ** 53) }),
      Context.add(Logger.CurrentLoggers, new Set()),
      Context.add(References.TracerEnabled, false)
    )
  }

  #built<A, R, C>(layer: Layer.Layer<A, never, R>, context: Context.Context<R | C>): Context.Context<A | R | C> {
    const build = Layer.buildWithScope(layer, Scope.makeUnsafe())
    return Context.merge(context, Effect.runSyncWith(context)(build))
  }

  /** Names by the order in which they were asked for. */
  get #ids() {
    const next = () => {
      this.#minted += 1
      return this.#minted
    }
    return Ids.of({
      uuid: Effect.sync(() => `01000000-0000-7000-8000-${next().toString(16).padStart(12, "0")}`),
      bytes: (size) =>
        Effect.sync(() => {
          const n = next()
          return Uint8Array.from({ length: size }, (_, at) => Math.floor(n / 32 ** at) % 32)
        })
    })
  }

  #started(n: number): Instance {
    const off = this.faults.strikes("clock.off") ? this.dice.below(2 * skewMost) - skewMost : 0
    const ports = Context.merge(this.shared, this.#surroundings(off)).pipe(
      Context.add(PaymentProvider, troubled(Context.get(this.shared, PaymentProvider), this.faults, this.time)),
      Context.add(Ids, this.#ids),
      Context.add(Subscribers, this.#subscribers)
    )
    const context = this.#built(Layer.merge(Domain.layerNoIds, Relay.layer), ports)
    return { n, context, waiting: new Set(), dead: false }
  }

  #pause(instance: Instance, about: () => AttemptId | undefined): Pause {
    return (at) =>
      Effect.suspend(() => {
        if (instance.dead) return Effect.never
        this.trace(`${instance.n} ${at}`)
        const attempt = about()
        if (this.faults.strikes("crash", attempt)) return this.#crash(instance)
        if (at.startsWith("PaymentProvider")) return this.time.sleep(20 + this.dice.below(400))
        const isBefore = at.endsWith(".before")
        if (this.faults.strikes(isBefore ? "commit.refused" : "commit.unknown", attempt))
          return Effect.die(new StoreUnavailable({ why: "away", operation: at, code: "" }))
        if (this.faults.strikes("store.slow", attempt)) return this.time.sleep(50 + this.dice.below(3000))
        return Effect.yieldNow
      })
  }

  /** Nothing of it goes on, and nobody who waits for it hears of it again. Another starts after a while. */
  #crash(instance: Instance): Effect.Effect<never> {
    instance.dead = true
    this.#instances[instance.n] = null
    for (const lost of instance.waiting) lost()
    this.time.at(this.time.now + second + this.dice.below(30 * second), () => {
      this.#instances[instance.n] = this.#started(instance.n)
    })
    return Effect.never
  }

  /** Who is told: takes it, refuses it, or takes it and does not get to say so. */
  get #subscribers() {
    return Subscribers.of({
      names: consumers,
      deliver: (name, event) =>
        Effect.suspend(() => {
          if (this.faults.strikes("delivery.failed")) return Effect.fail(new SubscriberFailed({ reason: "away" }))
          const key = `${name} ${event.stream}`
          this.told.set(key, [...(this.told.get(key) ?? []), event.sequence])
          return this.faults.strikes("delivery.done-and-failed")
            ? Effect.fail(new SubscriberFailed({ reason: "silent" }))
            : Effect.void
        })
    })
  }
}
