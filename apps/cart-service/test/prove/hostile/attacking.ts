import { createHash } from "node:crypto"
import { diceOf } from "@rose-ash/cart-domain/testing/dice"
import { attackOn, bytesOf } from "./attack.ts"
import { framingOf } from "./framing.ts"
import { type Break, framed, hangAfter, isAccepted, judged } from "./judges.ts"
import type { Place } from "./routesOf.ts"
import type { Rows } from "./rows.ts"
import { exchange } from "./wire.ts"
import type { World } from "./world.ts"

export interface Attacking {
  readonly runs: number
  readonly seed: number
  readonly say: (words: string) => void
  readonly world: World
  readonly rows: Rows
  readonly places: { readonly public: ReadonlyArray<Place>; readonly internal: ReadonlyArray<Place> }
}

/** Longer than anything may take: whoever is silent then hangs. */
const patience = 2 * hangAfter + 1000
/** One in so many is about where a request ends. */
const framingEach = 10
const lookEach = 100

/** Addresses that no router knows, beside those it does. */
const elsewhere: ReadonlyArray<Place> = [
  { path: "/:page", methods: ["GET", "POST"] },
  { path: "/assets/:file/:file", methods: ["GET"] },
  { path: "/internal/:id/:id", methods: ["GET", "POST"] },
  { path: "//:page/:number", methods: ["GET", "POST"] }
]

const methodsOf = (of: object): string => Object.getOwnPropertyNames(of).toSorted().join()
const natives = [Object.prototype, Array.prototype, String.prototype, Function.prototype]
const shapes = () => natives.map(methodsOf).join(" ")

/** A route that takes any method refuses them all: four times as often it is one that does something. */
const targetsOf = (places: Attacking["places"]) => {
  const all = [
    ...[...places.public, ...elsewhere].map((place) => ({ place, internal: false })),
    ...[...places.internal, ...elsewhere].map((place) => ({ place, internal: true }))
  ]
  const doing = all.filter(({ place }) => place.methods.length < 10)
  return [...all, ...doing, ...doing, ...doing]
}

/** Sends so many attacks, one after the other, and looks after each at the answer and at what is stored. */
export const attacked = async (of: Attacking) => {
  const { places, rows, say, seed, world } = of
  const faults = new Map<string, number>()
  const found: Array<Break> = []
  const visited = new Set<Place>()
  const statuses = new Map<number, number>()
  const times: Array<number> = []
  const native = shapes()
  // What was tried, in its order: the same for a seed. Only ids that the service gives differ.
  const tried = createHash("sha256")
  const targets = targetsOf(places)
  const hit = (fault: string) => void faults.set(fault, (faults.get(fault) ?? 0) + 1)
  const broke = (broken: ReadonlyArray<Break>, what: string): void => {
    for (const { is, name } of broken) found.push({ name, is: `${is} — ${what}` })
  }

  const frame = async (n: number): Promise<void> => {
    const [mark, dice] = [`zq${n.toString(36)}z`, diceOf(seed, `framing ${n}`)]
    const framing = framingOf(Math.floor(n / framingEach), dice, world, mark)
    hit(`framing.${framing.name}`)
    tried.update(framing.name)
    const port = dice.chance(0.8) ? world.ports.public : world.ports.internal
    const seen = await exchange({ port, parts: framing.parts, most: patience })
    for (const { status } of seen.answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    broke(framed(world, framing, mark, seen), `number ${n}`)
    const written = await rows.written()
    if (written.length > 0) broke([{ name: "rows", is: `writes ${written}` }], framing.name)
  }

  const attack = async (n: number): Promise<void> => {
    // Every route has its turn, whatever the number of those about framing.
    const turn = n - Math.floor(n / framingEach) - 1
    const { internal, place } = targets[turn % targets.length] ?? { place: elsewhere[0], internal: false }
    if (place === undefined) return
    const [mark, dice] = [`zq${n.toString(36)}z`, diceOf(seed, `attack ${n}`)]
    const actors = world.actors.filter((actor) => actor.internal === internal)
    const actor = actors[dice.below(actors.length)] ?? world.actors[0]
    const one = attackOn(place, { actor, dice, mark, world })
    for (const fault of one.faults) hit(fault)
    visited.add(place)
    tried.update([actor.name, one.method, place.path, ...one.faults].join())
    const port = internal ? world.ports.internal : world.ports.public
    const isHead = one.method === "HEAD"
    const seen = await exchange({ port, parts: [bytesOf(one)], isHead, most: patience })
    times.push(seen.ms)
    if (seen.ms > hangAfter / 2) say(`${Math.round(seen.ms)} ms: number ${n}, ${one.method} ${place.path}`)
    for (const { status } of seen.answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    const what = `number ${n}: ${actor.name}, ${one.method} ${one.target.slice(0, 160)} ${one.faults.join(" ")}`
    broke(judged(world, one, seen), what)
    const written = await rows.written()
    if (written.length > 0 && !isAccepted(world, one, seen))
      broke([{ name: "rows", is: `${seen.answers[0]?.status} and writes ${written}` }], what)
  }

  await rows.written()
  for (let n = 0; n < of.runs; n++) {
    await (n % framingEach === 0 ? frame(n) : attack(n))
    if (n % lookEach > 0) continue
    await world.refresh()
    const { answers } = await exchange({
      port: world.ports.public,
      parts: [`GET /livez HTTP/1.1\r\nhost: ${world.host}\r\nconnection: close\r\n\r\n`],
      most: patience
    })
    if (answers[0]?.status !== 200) broke([{ name: "dead", is: "it is not alive" }], `after number ${n}`)
    if (shapes() !== native)
      broke([{ name: "polluted", is: "every object has another method" }], `before ${n}`)
    if (n % 10_000 === 0 && n > 0) say(`${n} attacks, ${found.length} breaks`)
  }
  const hash = tried.digest("hex").slice(0, 16)
  const missed = new Set(targets.map(({ place }) => place).filter((place) => !visited.has(place)))
  return { faults, found, hash, statuses, times, unvisited: missed.size }
}
