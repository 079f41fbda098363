import { Reconciling } from "@rose-ash/cart-domain/checkout/Reconciling"
import { money } from "@rose-ash/cart-domain/money/Money"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { diceOf } from "@rose-ash/cart-domain/testing/dice"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Redacted } from "effect"
import { Books } from "./Books.ts"
import { arrive } from "./buyers.ts"
import type { Shop } from "./buying.ts"
import type { Fake } from "./FakeProcess.ts"
import type { Guard } from "./guards.ts"

/** How much is bought, by whom and what; where progress is told. */
export interface Days {
  readonly runs: number
  readonly seed: number
  readonly say: (words: string) => void
  /** What was taken away for this run, if anything: then it has to break, and nobody waits long for it. */
  readonly guard: Guard | null
}
const atOnce = 48
const shopsMost = 40
/** What is due all at once is looked at within this, and so much more for every purchase. Milliseconds. */
const quietMost = { least: 60_000, each: 100, broken: 15_000 }

const shop = (fake: Fake, n: number) =>
  Effect.gen(function* () {
    const world = yield* Seeds
    const { id: pageId } = yield* world.page({ acceptsLate: n % 2 === 0, refundsAlone: n % 3 === 0 })
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

/** Waits until nothing is due, and not for ever; answers how much still was in the end. */
const quiet = (most: number) =>
  Effect.gen(function* () {
    const until = Date.now() + most
    const { standing } = yield* Books
    let { due } = yield* standing
    while (due > 0 && Date.now() < until) {
      yield* Effect.sleep("250 millis")
      due = (yield* standing).due
    }
    return due
  })

/** So much time goes by, there and here, and then what is due is looked at; answers how much still is. */
const pass = ({ say }: Days, fake: Fake, seconds: number, most: number) =>
  Effect.gen(function* () {
    yield* Effect.promise(() => fake.advance(seconds))
    yield* (yield* Books).age(seconds)
    const start = Date.now()
    const due = yield* quiet(most)
    const took = Math.round((Date.now() - start) / 1000)
    say(`${seconds / 60} minutes went by: ${took} s later ${due} orders were still due`)
    return due
  })

/** Everybody comes, buys and goes; answers what they were refused, by its name. */
const shopping = ({ runs, say, seed }: Days, cart: string, fake: Fake) =>
  Effect.gen(function* () {
    const shops = yield* Effect.forEach(
      Array.from({ length: Math.min(shopsMost, 4 + Math.floor(runs / 20)) }, (_, n) => n),
      (n) => shop(fake, n)
    )
    const counts = new Map<string, number>()
    const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1)
    const one = (n: number) => {
      const dice = diceOf(seed, `purchase ${n}`)
      const visited = [0, 1].flatMap(() => shops[dice.below(shops.length)] ?? [])
      const [first, second = first] = visited
      if (first === undefined || second === undefined) return Effect.void
      if (n % 200 === 199) say(`${n + 1} purchases`)
      return Effect.catchCause(arrive({ cart, fake, dice, count }, [first, second]), (cause) =>
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

/**
 * Every page's books are compared with the provider's until each could be read: a seller who did not answer
 * is left alone for some seconds.
 */
const compared = ({ guard, say }: Days) =>
  Effect.gen(function* () {
    const reconciling = yield* Reconciling
    for (let n = guard === null ? 8 : 1; n > 0; n--) {
      const failed = (yield* reconciling.all(Instant.make(0))).filter(({ failure }) => failure !== null)
      if (failed.length === 0) return true
      for (const { failure, pageId } of failed) say(`the books of ${pageId} are not compared: ${failure}`)
      yield* Effect.sleep("5 seconds")
    }
    return false
  })

/** Everybody buys while everything fails; then nothing fails any more, and what is left comes to its end. */
export const purchases = (of: Days, cart: string, fake: Fake, end: () => void) =>
  Effect.gen(function* () {
    const { say } = of
    const { standing } = yield* Books
    yield* Effect.forkScoped(Effect.forever(Effect.delay(repair(fake), "500 millis")))
    const counts = yield* shopping(of, cart, fake)
    say("everybody has gone; 45 minutes go by")
    const { broken, each, least } = quietMost
    const most = of.guard === null ? least + of.runs * each : broken
    let restless = (yield* pass(of, fake, 45 * 60, most)) > 0 ? 1 : 0
    const rules = yield* Effect.promise(() => fake.rules())
    end()
    yield* Effect.promise(() => fake.noFaults())
    say("the faults are over; days go by")
    for (const hours of [1, 25, 25]) if ((yield* pass(of, fake, hours * 3600, most)) > 0) restless += 1
    // A seller who failed a moment ago is left alone for up to half a minute: asked then, it has to answer.
    for (let n = 0; of.guard === null && n < 4 && (yield* standing).stuck > 0; n++) {
      yield* Effect.sleep("10 seconds")
      if ((yield* pass(of, fake, 60, most)) > 0) restless += 1
    }
    if (!(yield* compared(of))) {
      say("the books could not be read to their end")
      restless += 1
    }
    return { counts, restless, rules }
  })
