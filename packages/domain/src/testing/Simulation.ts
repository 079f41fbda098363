import { Effect, HashMap, Redacted } from "effect"
import { Sweep } from "../checkout/Sweep.ts"
import { Relay } from "../event/Relay.ts"
import type { Break } from "../health/Audits.ts"
import { money } from "../money/Money.ts"
import { isLive } from "../payment/PaymentAttempt.ts"
import { PageConfigs } from "../page/PageConfigs.ts"
import { SellerKeys } from "../page/SellerKeys.ts"
import { hour, minute, second } from "../time/Instant.ts"
import { checkOrder, compare } from "./Invariants.ts"
import type { OrderRow, State } from "./State.ts"
import { purchase, type SimShop } from "./simBuyers.ts"
import { consumers, SimHouse } from "./simHouse.ts"

/** safety: anything may fail to the end. liveness: faults stop, and then everything must come to its end. */
export type SimMode = "safety" | "liveness"
export interface SimOf {
  readonly seed: number
  readonly mode: SimMode
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
/** Faults stop then, and an order that waited has this long to end: half an hour to pay, its grace, five minutes. */
const stormFor = 75 * minute
const endsWithin = hour
/** What closes last: pages that nobody could close, looked at by the day. */
const quietAfter = 60 * hour

const shops = (house: SimHouse): ReadonlyArray<SimShop> =>
  [0, 1].map((n) => {
    const { seeds } = house
    const page = house.outside(seeds.page({ acceptsLate: n === 0, refundsAlone: house.dice.chance(0.5) }))
    const item = (minor: number) => house.outside(seeds.item({ pageId: page.id, price: money(minor, "GBP") }))
    const slot = house.outside(seeds.slot({ pageId: page.id, capacity: 4 }))
    return { page, items: [item(250), item(1 + house.dice.below(2000))] as const, slot }
  })

/** Prices move, policies change, keys are renewed; whoever stopped saves a new one. */
const sellers = (house: SimHouse, of: ReadonlyArray<SimShop>) =>
  Effect.gen(function* () {
    const renews = ({ page }: SimShop) =>
      Effect.flatMap(SellerKeys, (keys) => keys.save(page.id, page.seller?.merchantCode ?? "", Redacted.make(`key-${house.world.mint()}`)))
    for (;;) {
      yield* house.time.sleep(30 * second + house.dice.below(3 * minute))
      for (const shop of of) {
        const page = house.page(shop.page.id)
        if (page === undefined) continue
        if (page.paused || house.dice.chance(0.02)) yield* house.ask(renews(shop))
        if (!house.faults.on) continue
        if (house.dice.chance(0.05)) house.outside(house.seeds.reprice(shop.items[0].id, 200 + house.dice.below(100)))
        if (house.dice.chance(0.02))
          yield* house.ask(PageConfigs.use((pages) => pages.save({ ...page, acceptsLate: !page.acceptsLate })))
      }
    }
  })

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

  constructor(seed: number) {
    this.house = new SimHouse(seed)
    const { house } = this
    const open = shops(house)
    for (const name of consumers) house.outside(house.seeds.consumer(name))
    for (let n = 0; n < simPurchases; n += 1) house.run(purchase(house, open[n % open.length] ?? open[0]!))
    house.run(sellers(house, open))
  }

  /** Lives on until then. */
  until(end: number): void {
    const { house } = this
    for (;;) {
      house.time.settle()
      this.#look()
      const next = Math.min(house.time.next, Math.max(this.#due.orders, this.#swept), Math.max(this.#due.told, this.#relayed))
      if (next >= end) return house.time.advance(end)
      house.time.advance(next)
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

const broken = (invariant: string, subject: string, detail: string): Break => ({ invariant, subject, detail })

/** What had to come to its end and did not, an hour and some after the last fault. */
const unended = (house: SimHouse): ReadonlyArray<Break> =>
  house
    .orders()
    .filter(({ state }) => state === "awaiting_payment")
    .map(({ number }) => broken("L2", number, "it still waits for a payment"))

/** What had to come to its end and did not, days after the last fault. */
const left = (house: SimHouse): ReadonlyArray<Break> => {
  const { state } = house
  const open = house.orders().filter(({ attempts }) => attempts.some(isLive))
  const untold = HashMap.toValues(state.deliveries).filter(({ dueAt }) => dueAt !== null)
  return [
    ...compare(state, house.outside(house.scripted.books)),
    ...open.map(({ number }) => broken("L1", number, "its page was never closed")),
    ...untold.map(({ consumer, event }) => broken("L3", event.id, `${consumer} was never told`)),
    ...disordered(house)
  ]
}

/** Of each order every consumer heard everything, first things first. */
const disordered = ({ told, state }: SimHouse): ReadonlyArray<Break> =>
  HashMap.toValues(state.orders).flatMap(({ events, order }) =>
    consumers.flatMap((consumer) => {
      const heard = [...new Set(told.get(`${consumer} ${order.id}`))]
      const dead = HashMap.some(state.deliveries, (row) => row.consumer === consumer && row.event.stream === order.id)
      const right = heard.every((sequence, n) => sequence === n + 1) && (dead || heard.length === events.length)
      return right ? [] : [broken("S10", order.number, `${consumer} heard ${heard.join(", ")}`)]
    })
  )

/** One world, from its seed alone: the same seed, the same trace. */
export const simulate = ({ mode, seed }: SimOf): Simulated => {
  const life = new Life(seed)
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
