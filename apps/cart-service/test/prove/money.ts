import { diceOf } from "@rose-ash/cart-domain/testing/dice"
import type { World } from "@rose-ash/cart-domain/testing/World"
import { Cause, Effect, Layer, Logger } from "effect"
import { Books, difference, type Standing, told } from "./Books.ts"
import { booksPostgres } from "./booksPostgres.ts"
import { type Days, purchases } from "./days.ts"
import { type Rules, startFake } from "./FakeProcess.ts"
import { faulty } from "./faulty.ts"
import { fences, without } from "./guards.ts"
import { inMemory } from "./inMemory.ts"
import type { Told } from "./line.ts"
import { type Around, freePort, service } from "./service.ts"

/** From so many purchases on, every fault has to have fired. */
const allFrom = 500

interface Found extends Standing {
  readonly books: ReturnType<typeof difference>
  readonly counts: ReadonlyMap<string, number>
  readonly found: Effect.Success<Books["Service"]["breaks"]>
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
const judged = ({ runs, say }: Days, seen: Omit<Found, "due">): Told => {
  const { books, counts, found, names, refunds, restless, rules, states, stuck } = seen
  for (const one of found.slice(0, 20)) say(JSON.stringify(one))
  for (const [what, n] of counts) say(`${what}: ${n}`)
  const broken = brokenIn(seen)
  const hit = new Set(rules.rules.filter(({ fired }) => fired > 0).map(({ match }) => match.reference))
  const [orders, paid] = [[...states.values()].reduce((a, b) => a + b, 0), states.get("paid") ?? 0]
  const silent = names.filter((name) => (rules.fired[name] ?? 0) === 0)
  if (runs >= allFrom) for (const name of silent) say(`the fault never fired: ${name}`)
  const enough = hit.size >= 0.3 * orders && paid >= 0.2 * orders
  if (!enough) say(`not enough of it: ${hit.size} faulted and ${paid} paid of ${orders}`)
  const fired = runs < allFrom || silent.length === 0
  const figures = { ledger_difference: books.minor, orders, faulted: hit.size, refunds, restless, stuck }
  return {
    goal: "G15",
    breaks: Object.fromEntries(broken),
    faults: rules.fired,
    figures: { ...figures, ...Object.fromEntries(states) },
    ok: broken.size === 0 && restless === 0 && enough && fired
  }
}

/** Of the service's log only what is an error, and not on standard output. */
const quietly = (say: Days["say"]) =>
  Logger.layer([
    Logger.make(({ cause, logLevel, message }) => {
      if (logLevel === "Error" || logLevel === "Fatal") say(`${String(message)} ${Cause.pretty(cause)}`)
    })
  ])

const inPostgres = (providerUrl: string, port: number, around: Around) =>
  Layer.provideMerge(booksPostgres, service(providerUrl, port, around))

/** What both have. */
type House = Exclude<Layer.Success<ReturnType<typeof inMemory>>, World>

/** The rig on a service of one's own making; `end` is called when the faults are to stop. */
export const proved =
  (
    where: (providerUrl: string, port: number, around: Around) => Layer.Layer<House, unknown>,
    end: () => void = () => {}
  ) =>
  (of: Days): Effect.Effect<Told> =>
    Effect.gen(function* () {
      const fake = yield* Effect.acquireRelease(
        Effect.promise(() => startFake()),
        ({ close }) => Effect.promise(close)
      )
      const port = yield* Effect.promise(freePort)
      const names = yield* Effect.promise(() => fake.faults())
      const faults = faulty(
        fake,
        { dice: diceOf(of.seed, "faults"), fate: diceOf(of.seed, "workers"), guard: of.guard },
        names
      )
      const around: Around = (ports) =>
        faults.layer.pipe(Layer.provideMerge(of.guard === null ? ports : without[of.guard](ports)))
      const run = Effect.gen(function* () {
        const { breaks, ours, standing, stuckOrders, unfence } = yield* Books
        yield* unfence((of.guard === null ? undefined : fences[of.guard]) ?? [])
        const { counts, restless, rules } = yield* purchases(of, `http://127.0.0.1:${port}`, fake, () => {
          faults.end()
          end()
        })
        const ledger = yield* Effect.promise(() => fake.ledger())
        const books = difference(ledger, yield* ours)
        const found = yield* breaks
        for (const one of books.wrong.slice(0, 10)) of.say(`differs: ${yield* told(ledger, rules, one)}`)
        for (const one of yield* stuckOrders) of.say(`stuck: ${one}`)
        return { counts, restless, rules, books, found, ...(yield* standing) }
      })
      const seen = yield* Effect.provide(run, where(fake.url, port, around))
      const rules = { ...seen.rules, fired: { ...seen.rules.fired, ...faults.fired() } }
      return judged(of, { ...seen, names: [...names, "worker-died"], rules })
    }).pipe(Effect.scoped, Effect.orDie, Effect.provide(quietly(of.say)))

/** Whatever goes wrong with paying, the provider's books and ours are the same to the penny. */
export const proveMoney = proved(inPostgres)
/**
 * The same buyers, faults and provider, and the same web and adapter, on ports in memory: a purchase takes
 * less than half of the processor's time.
 */
export const proveMoneyInMemory = proved(inMemory)
