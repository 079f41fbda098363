import { PgClient } from "@effect/sql-pg"
import { money } from "@rose-ash/cart-domain/money/Money"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { Cause, Effect, Layer, Logger, Redacted } from "effect"
import { age, breaks, difference, ours, standing, stuckOrders } from "./books.ts"
import { arrive, type Shop } from "./buyers.ts"
import { diceOf } from "./dice.ts"
import { type Fake, type Rules, startFake } from "./FakeProcess.ts"
import { faulty, unreachable } from "./faulty.ts"
import { fences, type Guard, without } from "./guards.ts"
import type { Told } from "./line.ts"
import { service } from "./service.ts"

interface Of {
  readonly runs: number
  readonly seed: number
  readonly guard: Guard | null
  readonly say: (words: string) => void
}
const atOnce = 24
const shopsMost = 40
const quietMost = 60_000
/** From so many purchases on, every fault has to have fired. */
const allFrom = 500

const shop = (fake: Fake, n: number) =>
  Effect.gen(function* () {
    const world = yield* Seeds
    const { id: pageId } = yield* world.page({ acceptsLate: n % 2 === 0 })
    const merchant = `M-${pageId}`
    yield* Effect.promise(() => fake.addMerchant(merchant, `practice-key-${pageId}`))
    const item = (minor: number) => world.item({ pageId, price: money(minor, "GBP") })
    const [first, second, free] = [yield* item(250 + n), yield* item(1 + 37 * n), yield* item(0)]
    const slot = yield* world.slot({ pageId, capacity: 500 })
    const open: Shop = { pageId, merchant, items: [first, second], free, slot }
    return open
  })

/** A seller whose page stopped gets a new key from the provider, and saves it. */
const repair = (fake: Fake) =>
  Effect.gen(function* () {
    const [pages, keys] = [yield* PageConfigs, yield* SellerKeys]
    for (const { id, paused, seller } of yield* pages.list) {
      if (!paused || seller === null) continue
      const { api_key } = yield* Effect.promise(() => fake.rotate(seller.merchantCode))
      yield* keys.save(id, seller.merchantCode, Redacted.make(api_key))
    }
  })

/** Waits until nothing is due; answers whether it came to that. */
const quiet = Effect.gen(function* () {
  const until = Date.now() + quietMost
  while (Date.now() < until) {
    const { due } = yield* standing
    if (due === 0) return true
    yield* Effect.sleep("250 millis")
  }
  return false
})

/**
 * So much time goes by, there and here, and then all is looked at that is due; answers how often it was not.
 */
const pass = (fake: Fake, seconds: number, say: Of["say"]) =>
  Effect.gen(function* () {
    yield* Effect.promise(() => fake.advance(seconds))
    yield* age(seconds)
    if (yield* quiet) return 0
    const { due } = yield* standing
    say(`${due} attempts were still due ${quietMost / 1000} s after ${seconds / 60} minutes went by`)
    return 1
  })

/** Everybody comes, buys and goes; answers what they were refused, by its name. */
const shopping = ({ runs, say, seed }: Of, fake: Fake) =>
  Effect.gen(function* () {
    const shops = yield* Effect.forEach(
      Array.from({ length: Math.min(shopsMost, 4 + Math.floor(runs / 20)) }, (_, n) => n),
      (n) => shop(fake, n)
    )
    const counts = new Map<string, number>()
    const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1)
    const one = (n: number) => {
      const dice = diceOf(seed, `purchase ${n}`)
      const [first = shops[0]] = [shops[dice.below(shops.length)]]
      if (first === undefined) return Effect.void
      if (n % 200 === 199) say(`${n + 1} purchases`)
      return Effect.catchCause(arrive({ fake, dice, shop: first, count }), (cause) =>
        Effect.sync(() => {
          count("defect")
          say(String(cause))
        })
      )
    }
    yield* Effect.forEach(
      Array.from({ length: runs }, (_, n) => n),
      one,
      { concurrency: atOnce, discard: true }
    )
    return counts
  })

const purchases = (of: Of, fake: Fake, end: () => void) =>
  Effect.gen(function* () {
    const { say } = of
    yield* Effect.forkScoped(Effect.forever(Effect.delay(repair(fake), "500 millis")))
    const counts = yield* shopping(of, fake)
    say("everybody has gone; 45 minutes go by")
    let restless = yield* pass(fake, 45 * 60, say)
    const rules = yield* Effect.promise(() => fake.rules())
    end()
    yield* Effect.promise(() => fake.noFaults())
    yield* repair(fake)
    say("the faults are over; days go by")
    for (const hours of [1, 25, 25]) restless += yield* pass(fake, hours * 3600, say)
    return { counts, restless, rules }
  })

interface Found extends Effect.Success<typeof standing> {
  readonly books: ReturnType<typeof difference>
  readonly counts: ReadonlyMap<string, number>
  readonly found: Effect.Success<typeof breaks>
  readonly names: ReadonlyArray<string>
  /** How often not all was looked at in time. */
  readonly restless: number
  readonly rules: Rules
}

/** Invariants that are broken, by name and how often. */
const brokenIn = ({ books, found, stuck }: Omit<Found, "due">) => {
  const broken = new Map<string, number>()
  for (const { invariant } of found) broken.set(invariant, (broken.get(invariant) ?? 0) + 1)
  if (books.wrong.length > 0) broken.set("S9", (broken.get("S9") ?? 0) + books.wrong.length)
  if (stuck > 0) broken.set("L2", (broken.get("L2") ?? 0) + stuck)
  return broken
}

/** What came of it, and in words what was wrong. A run in which too little happened proves nothing. */
const judged = ({ runs, say }: Of, seen: Omit<Found, "due">): Told => {
  const { books, counts, found, names, restless, rules, states, stuck } = seen
  for (const one of found.slice(0, 20)) say(JSON.stringify(one))
  for (const one of books.wrong.slice(0, 10)) say(`differs: ${one}`)
  for (const [what, n] of counts) say(`${what}: ${n}`)
  const broken = brokenIn(seen)
  const hit = new Set(rules.rules.filter(({ fired }) => fired > 0).map(({ match }) => match.reference))
  const [orders, paid] = [[...states.values()].reduce((a, b) => a + b, 0), states.get("paid") ?? 0]
  const silent = names.filter((name) => !unreachable.has(name) && (rules.fired[name] ?? 0) === 0)
  if (runs >= allFrom) for (const name of silent) say(`the fault never fired: ${name}`)
  const enough = hit.size >= 0.3 * orders && paid >= 0.2 * orders
  if (!enough) say(`not enough of it: ${hit.size} faulted and ${paid} paid of ${orders}`)
  const fired = runs < allFrom || silent.length === 0
  const figures = { ledger_difference: books.minor, orders, faulted: hit.size, restless, stuck }
  return {
    goal: "G15",
    breaks: Object.fromEntries(broken),
    faults: rules.fired,
    figures: { ...figures, ...Object.fromEntries(states) },
    ok: broken.size === 0 && restless === 0 && enough && fired
  }
}

/** Of the service's log only what is an error, and not on standard output. */
const quietly = (say: Of["say"]) =>
  Logger.layer([
    Logger.make(({ cause, logLevel, message }) => {
      if (logLevel === "Error" || logLevel === "Fatal") say(`${String(message)} ${Cause.pretty(cause)}`)
    })
  ])

/** Whatever goes wrong with paying, the provider's books and ours are the same to the penny. */
export const proveMoney = (of: Of): Effect.Effect<Told> =>
  Effect.gen(function* () {
    const fake = yield* Effect.acquireRelease(
      Effect.promise(() => startFake()),
      ({ close }) => Effect.promise(close)
    )
    const names = yield* Effect.promise(() => fake.faults())
    const faults = faulty(
      fake,
      { dice: diceOf(of.seed, "faults"), fate: diceOf(of.seed, "workers"), guard: of.guard },
      names
    )
    const around = (ports: Parameters<Parameters<typeof service>[1]>[0]) =>
      faults.layer.pipe(Layer.provideMerge(of.guard === null ? ports : without[of.guard](ports)))
    const run = Effect.gen(function* () {
      for (const fence of (of.guard === null ? undefined : fences[of.guard]) ?? [])
        yield* Effect.orDie(Effect.flatMap(PgClient.PgClient, (sql) => sql.unsafe(fence)))
      const { counts, restless, rules } = yield* purchases(of, fake, faults.end)
      const books = difference(yield* Effect.promise(() => fake.ledger()), yield* ours)
      const found = yield* breaks
      for (const one of yield* stuckOrders) of.say(`stuck: ${one}`)
      return { counts, restless, rules, books, found, ...(yield* standing) }
    })
    const seen = yield* Effect.provide(run, service(fake.url, around))
    const rules = { ...seen.rules, fired: { ...seen.rules.fired, ...faults.fired() } }
    return judged(of, { ...seen, names: [...names, "worker-died"], rules })
  }).pipe(Effect.scoped, Effect.orDie, Effect.provide(quietly(of.say)))
