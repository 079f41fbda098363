import { HashMap } from "effect"
import { Sweep } from "../checkout/Sweep.ts"
import { Relay } from "../event/Relay.ts"
import type { Break } from "../health/Audits.ts"
import { hour, minute, second } from "../time/Instant.ts"
import { mixed, unmixed } from "./dice.ts"
import { checkOrder } from "./Invariants.ts"
import type { OrderRow, State } from "./State.ts"
import { purchase } from "./simBuyers.ts"
import { SimHouse } from "./simHouse.ts"
import { left, unended } from "./simJudges.ts"
import { consumers, type SimTwin } from "./simPorts.ts"
import { sellers, shops } from "./simSellers.ts"

/** safety: anything may fail to the end. liveness: faults stop, and then everything must come to its end. */
export type SimMode = "safety" | "liveness"
export interface SimOf {
  readonly seed: number
  readonly mode: SimMode
  /** A guard that is taken away; none unless told. */
  readonly twin?: SimTwin
}
/** What one simulated world came to. */
export interface Simulated {
  readonly breaks: ReadonlyArray<Break>
  /** Orders by state. */
  readonly states: ReadonlyMap<string, number>
  readonly faults: ReadonlyMap<string, number>
  readonly orders: number
  /** Orders that something happened to. */
  readonly struck: number
  readonly hash: number
  readonly steps: number
}

/** Purchases of one world. */
export const simPurchases = 20
/** Faults stop then; an order that waits has so long to end: half an hour to pay, its grace, five minutes. */
const stormFor = 75 * minute
const endsWithin = hour
/** What closes last: pages that nobody could close, looked at by the day. */
const quietAfter = 60 * hour

/** The earliest of what is due: orders, and what somebody is to be told. */
const dueOf = ({ deliveries, orders }: State) => {
  const first = (all: Iterable<{ readonly dueAt: number | null }>) => {
    let next = Number.POSITIVE_INFINITY
    for (const { dueAt } of all) if (dueAt !== null && dueAt < next) next = dueAt
    return next
  }
  return {
    orders: first(HashMap.toValues(orders).map(({ order }) => order)),
    told: first(HashMap.values(deliveries))
  }
}

/** One world: people, sellers, and the loops of the service, until a time. */
class Life {
  readonly house: SimHouse
  readonly breaks: Array<Break> = []
  readonly #seen = new Map<string, OrderRow>()
  #due = { orders: Number.POSITIVE_INFINITY, told: Number.POSITIVE_INFINITY }
  #swept = 0
  #relayed = 0

  constructor(seed: number, twin: SimTwin) {
    this.house = new SimHouse(seed, twin)
    const { house } = this
    const open = shops(house)
    for (const name of consumers) house.outside(house.seeds.consumer(name))
    for (let n = 0; n < simPurchases; n += 1) house.run(purchase(house, house.dice.one(open)))
    house.run(sellers(house, open))
  }

  /** Lives on until then. */
  until(end: number): void {
    const { house } = this
    for (;;) {
      house.time.settle()
      this.#look()
      const next = Math.min(
        house.time.next,
        Math.max(this.#due.orders, this.#swept),
        Math.max(this.#due.told, this.#relayed)
      )
      house.time.advance(Math.min(next, end))
      if (next >= end) return
      this.#work()
    }
  }

  /** What is due is looked at, once a second at most, by some instance. */
  #work(): void {
    const { house } = this
    const { now } = house.time
    if (this.#due.orders <= now && this.#swept <= now) {
      this.#swept = now + second
      house.run(house.ask(Sweep.use((sweep) => sweep.pass())))
    }
    if (this.#due.told <= now && this.#relayed <= now) {
      this.#relayed = now + second
      for (const name of consumers) house.run(house.ask(Relay.use((relay) => relay.pass(name))))
    }
  }

  /** Every order that is another than before is sound. */
  #look(): void {
    const { house } = this
    const state = house.changed()
    if (state === null) return
    this.#due = dueOf(state)
    for (const row of HashMap.values(state.orders)) {
      if (this.#seen.get(row.order.id) === row) continue
      this.#seen.set(row.order.id, row)
      this.breaks.push(...checkOrder(row, state, house.storeNow))
    }
  }
}

/** One world, from its seed alone: the same seed, the same trace. */
export const simulate = ({ mode, seed, twin = {} }: SimOf): Simulated => {
  const life = new Life(seed, twin)
  const { breaks, house } = life
  const start = house.time.now
  life.until(start + stormFor)
  if (mode === "liveness") {
    house.faults.on = false
    life.until(start + stormFor + endsWithin)
    breaks.push(...unended(house))
    life.until(start + stormFor + quietAfter)
    breaks.push(...left(house))
  } else life.until(start + 2 * stormFor)
  const states = new Map<string, number>()
  const orders = house.orders()
  for (const { state } of orders) states.set(state, (states.get(state) ?? 0) + 1)
  house.trace([...states].join())
  const { faults, hash, steps } = house
  const struck = orders.filter(({ attempts }) => attempts.some(({ id }) => faults.struck.has(id))).length
  return { breaks, states, faults: faults.fired, orders: orders.length, struck, hash, steps }
}

/** What many worlds came to, by seeds that follow each other. */
export const simulateMany = ({
  mode,
  seed,
  twin,
  worlds
}: SimOf & { readonly worlds: number }): Simulated => {
  const add = (to: Map<string, number>, from: ReadonlyMap<string, number>) => {
    for (const [name, n] of from) to.set(name, (to.get(name) ?? 0) + n)
  }
  const [states, faults] = [new Map<string, number>(), new Map<string, number>()]
  const breaks: Array<Break> = []
  const sums = { orders: 0, struck: 0, steps: 0, hash: unmixed }
  for (let n = 0; n < worlds; n += 1) {
    const one = simulate({ mode, seed: seed + n, ...(twin === undefined ? {} : { twin }) })
    breaks.push(...one.breaks.map((found) => ({ ...found, detail: `seed ${seed + n}: ${found.detail}` })))
    add(states, one.states)
    add(faults, one.faults)
    sums.orders += one.orders
    sums.struck += one.struck
    sums.steps += one.steps
    sums.hash = mixed(sums.hash, String(one.hash))
  }
  return { breaks, states, faults, ...sums }
}
