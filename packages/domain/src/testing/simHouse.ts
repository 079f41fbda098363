import { Context, Effect, type Exit, HashMap } from "effect"
import { StoreUnavailable } from "../health/StoreUnavailable.ts"
import type { Identity } from "../identity/Identity.ts"
import type { Order } from "../order/Order.ts"
import type { PageConfig } from "../page/PageConfig.ts"
import type { AttemptId, OrderId, PageId } from "../text/Ids.ts"
import { Instant, minute, second } from "../time/Instant.ts"
import { type Dice, diceOf, mixed, unmixed } from "./dice.ts"
import { Scripted } from "./Scripted.ts"
import { Seeds } from "./Seeds.ts"
import { SimFaults } from "./SimFaults.ts"
import type { State } from "./State.ts"
import {
  instance,
  type Served,
  type Shared,
  type SimRun,
  type SimTwin,
  shared,
  surroundings
} from "./simPorts.ts"
import { SimTime } from "./simTime.ts"
import { at, Pause, World } from "./World.ts"

/** Some day in 2026. */
const begin = Instant.make(1_770_000_000_000)
const skewMost = 10 * minute

interface Instance {
  readonly n: number
  readonly context: Context.Context<Served>
  /** Those who wait for an answer of it. */
  readonly waiting: Set<() => void>
  dead: boolean
}

/** Store, provider and everybody around, and some instances of the service that die and come again. */
export class SimHouse implements SimRun {
  readonly seed: number
  readonly twin: SimTwin
  readonly dice: Dice
  readonly time: SimTime
  readonly faults: SimFaults
  readonly told = new Map<string, Array<number>>()
  readonly shared: Context.Context<Shared>
  readonly world: World["Service"]
  readonly scripted: Scripted["Service"]
  readonly seeds: Seeds["Service"]
  /** What tells this run from every other: all that was called, by whom, when, and in what order. */
  hash: number = unmixed
  steps = 0
  readonly #instances: Array<Instance | null> = []
  #minted = 0
  #state: State | null = null

  constructor(seed: number, twin: SimTwin) {
    this.seed = seed
    this.twin = twin
    this.dice = diceOf(seed, "people")
    this.faults = new SimFaults(diceOf(seed, "faults"))
    this.time = new SimTime(diceOf(seed, "turns"), begin)
    this.shared = shared(this)
    this.world = Context.get(this.shared, World)
    this.scripted = Context.get(this.shared, Scripted)
    this.seeds = Context.get(this.shared, Seeds)
    const most = 2 + this.dice.below(3)
    while (this.#instances.length < most) this.#instances.push(this.#started(this.#instances.length))
  }

  next(): number {
    this.#minted += 1
    return this.#minted
  }

  /** Everything as it is now. */
  get state(): State {
    return this.outside(this.world.peek)
  }
  /** The state, if it is another than at the last look. */
  changed(): State | null {
    const { state } = this
    if (state === this.#state) return null
    this.#state = state
    return state
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
  /** Runs somebody who is no part of the service. */
  run<A>(effect: Effect.Effect<A>): void {
    Effect.runForkWith(surroundings(this, 0))(effect)
  }

  /** Asks any living instance; null when it died before it answered, or none lives. */
  ask<A, E>(
    effect: Effect.Effect<A, E, Served>,
    about: () => AttemptId | undefined = () => undefined
  ): Effect.Effect<Exit.Exit<A, E> | null> {
    return Effect.callback((resume) => {
      const [first, ...more] = this.#instances.filter((one) => one !== null)
      const lost = () => resume(Effect.succeed(null))
      if (first === undefined) return lost()
      const living = this.dice.one([first, ...more])
      living.waiting.add(lost)
      const context = Context.add(living.context, Pause, this.#pause(living, about))
      Effect.runForkWith(context)(effect).addObserver((exit) => {
        living.waiting.delete(lost)
        resume(Effect.succeed(exit))
      })
    })
  }

  trace(text: string): void {
    this.steps += 1
    this.hash = mixed(this.hash, `${this.time.now} ${text}`)
  }

  #started(n: number): Instance {
    const off = this.faults.strikes("clock.off") ? this.dice.below(2 * skewMost) - skewMost : 0
    return { n, context: instance(this, this.shared, off), waiting: new Set(), dead: false }
  }

  /** Around every call of a port: others may go first, it may fail, take long, or be the last. */
  #pause(of: Instance, about: () => AttemptId | undefined): Pause {
    return (where) =>
      Effect.suspend(() => {
        if (of.dead) return Effect.never
        this.trace(`${of.n} ${where}`)
        const attempt = about()
        if (this.faults.strikes("crash", attempt)) return this.#crash(of)
        if (where.startsWith("PaymentProvider")) return this.time.sleep(20 + this.dice.below(400))
        const fault = where.endsWith(".before") ? "commit.refused" : "commit.unknown"
        if (this.faults.strikes(fault, attempt))
          return Effect.die(new StoreUnavailable({ why: "away", operation: where, code: "" }))
        if (this.faults.strikes("store.slow", attempt)) return this.time.sleep(50 + this.dice.below(3000))
        return Effect.yieldNow
      })
  }

  /** Nothing of it goes on, and nobody who waits for it hears of it again. Another starts after a while. */
  #crash(of: Instance): Effect.Effect<never> {
    of.dead = true
    this.#instances[of.n] = null
    for (const lost of of.waiting) lost()
    this.time.at(this.time.now + second + this.dice.below(30 * second), () => {
      this.#instances[of.n] = this.#started(of.n)
    })
    return Effect.never
  }
}
