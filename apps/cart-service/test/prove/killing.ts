import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type Dice, diceOf } from "@rose-ash/cart-domain/testing/dice"
import type { OwnHouse } from "../ownHouse.ts"
import { rows } from "../sql.ts"
import { StubbornBuyer } from "../stubbornBuyer.ts"
import { difference } from "./Books.ts"
import type { Ledger } from "./FakeProcess.ts"
import { keptMoney } from "./keptMoney.ts"
import type { Told } from "./line.ts"

/** How many kills, and which. */
export interface Kills {
  readonly runs: number
  readonly seed: number
  readonly say: (words: string) => void
}
/** Of so many kills one comes at any time instead of at a point. */
const atRandom = 3
/** Milliseconds within which a purchase comes by where it may be killed. */
const span = 1500
/** How long a point that a purchase came by may still be ahead, in what workers do. Milliseconds. */
const afterwards = 4000

const purchase = async (buyer: StubbornBuyer): Promise<void> => {
  await buyer.choose()
  await buyer.orderAtLast()
  await buyer.pay()
  await buyer.comeBackAtLast()
}

/** Every point that a purchase comes by, in the order in which it first does. */
const pointsOf = async (house: OwnHouse): Promise<ReadonlyArray<string>> => {
  const folder = mkdtempSync(join(tmpdir(), "rose-ash-points-"))
  const file = join(folder, "points")
  try {
    await house.killCart()
    await house.startCart("nowhere", file)
    for (const name of ["scout-1", "scout-2"]) await purchase(new StubbornBuyer(house, name))
    await sleep(afterwards)
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether the service died while somebody bought; it is started again at once. */
const boughtWhileKilled = async (house: OwnHouse, buyer: StubbornBuyer, point: string | null, dice: Dice) => {
  await house.killCart()
  if (point === null) {
    await house.startCart()
    const kill = sleep(dice.below(span)).then(() => house.killCart())
    await Promise.all([kill.then(() => house.startCart()), purchase(buyer)])
    return true
  }
  await house.startCart(point)
  const stop = new AbortController()
  const died = house.cartEnded().then(async () => {
    if (!stop.signal.aborted) await house.startCart()
    return true
  })
  await purchase(buyer)
  const fired = await Promise.race([died, sleep(afterwards, false)])
  stop.abort()
  return fired
}

/** What is wrong with the one order of this address, by invariant. */
const wrongWith = async ({ databaseUrl }: OwnHouse, email: string): Promise<ReadonlyArray<string>> => {
  const found = await rows<{ state: string; paid: number; live: number; events: string }>(
    databaseUrl,
    `SELECT o.state, (SELECT count(*)::int FROM cart.payment p WHERE p.order_id = o.id) AS paid,
      (SELECT count(*)::int FROM cart.payment_attempt a WHERE a.order_id = o.id
        AND a.state IN ('created', 'open')) AS live,
      (SELECT string_agg(e.type, ' ' ORDER BY e.seq) FROM cart.event e WHERE e.order_id = o.id) AS events
      FROM cart.orders o WHERE o.email = '${email}'`
  )
  const [order] = found
  return [
    ...(found.length === 1 ? [] : [`S6 ${found.length} orders`]),
    ...(order?.state === "paid" && order.live === 0 ? [] : [`L2 ${order?.state}, ${order?.live} live`]),
    ...(order?.paid === 1 ? [] : [`S1 ${order?.paid} payments`]),
    ...(order?.events === "order.created order.paid" ? [] : [`S10 ${order?.events}`])
  ].map((one) => `${one}: ${email}`)
}

/** What is wrong in the end: the database's own judgement, and both books. */
const wrongAtLast = async (house: OwnHouse) => {
  const broken = await rows<{ invariant: string; subject: string; detail: string }>(
    house.databaseUrl,
    "SELECT * FROM cart.check_invariants()"
  )
  const ledger: Ledger = JSON.parse(await (await fetch(`${house.urls.provider}/_admin/ledger`)).text())
  const books = difference(ledger, await keptMoney(house.databaseUrl))
  const words = broken.map(({ detail, invariant, subject }) => `${invariant} ${subject}: ${detail}`)
  return { minor: books.minor, wrong: [...words, ...books.wrong.map((id) => `S9 ${id}`)] }
}

/** What came of some kills. */
interface Killed {
  readonly fired: ReadonlyMap<string, number>
  readonly wrong: ReadonlyArray<string>
  readonly figures: { readonly unfired: number; readonly cut_off: number; readonly slowest_ms: number }
}
const killed = async (house: OwnHouse, points: ReadonlyArray<string>, of: Kills): Promise<Killed> => {
  const dice = diceOf(of.seed, "kills")
  const fired = new Map<string, number>()
  const wrong: Array<string> = []
  let [at, unfired, cutOff, slowest] = [0, 0, 0, 0]
  for (let n = 0; n < of.runs; n++) {
    const point = n % atRandom === 0 ? null : (points[at++ % points.length] ?? null)
    const buyer = new StubbornBuyer(house, `kill-${n}`)
    const start = Date.now()
    const nth = point === null ? null : `${point}#${dice.chance(0.2) ? 2 : 1}`
    const died = await boughtWhileKilled(house, buyer, nth, dice).catch((gaveUp: unknown) => {
      wrong.push(`L2 ${String(gaveUp)}`)
      return true
    })
    const name = point ?? "at-random"
    if (died) fired.set(name, (fired.get(name) ?? 0) + 1)
    else unfired += 1
    cutOff += buyer.cutOff
    slowest = Math.max(slowest, Date.now() - start)
    wrong.push(...(await wrongWith(house, buyer.email)))
    if (n % 50 === 49) of.say(`${n + 1} kills, ${wrong.length} wrong`)
  }
  return { fired, wrong, figures: { unfired, cut_off: cutOff, slowest_ms: slowest } }
}

/** Kills it so often, and looks at each purchase and in the end at everything. */
export const killing = async (house: OwnHouse, of: Kills): Promise<Told> => {
  const points = await pointsOf(house)
  of.say(`${points.length} points`)
  const { figures, fired, wrong } = await killed(house, points, of)
  const last = await wrongAtLast(house)
  const breaks = new Map<string, number>()
  for (const one of [...wrong, ...last.wrong]) {
    of.say(one)
    const [invariant = ""] = one.split(" ")
    breaks.set(invariant, (breaks.get(invariant) ?? 0) + 1)
  }
  const spared = of.runs < 3 * points.length ? [] : points.filter((point) => !fired.has(point))
  for (const point of spared) of.say(`never died at ${point}`)
  return {
    goal: "G3",
    breaks: Object.fromEntries(breaks),
    faults: Object.fromEntries(fired),
    figures: { points: points.length, ...figures, ledger_difference: last.minor },
    ok: breaks.size === 0 && fired.size > 0 && spared.length === 0
  }
}
