import type { Dice } from "@rose-ash/cart-domain/testing/dice"
import { hostile, kinds, written } from "./corpus.ts"
import type { Actor, World } from "./world.ts"

export type Pair = readonly [name: string, value: string]

/** An attack in the making. */
export interface Making {
  readonly dice: Dice
  readonly world: World
  readonly actor: Actor
  readonly mark: string
  /** Half of the attacks are on one part of a request alone, so that the rest leads as deep as it can. */
  readonly only: "path" | "query" | "body" | "head" | null
  /** Counts what is attacked, and with what. */
  readonly hit: (fault: string) => void
}

const [firstKind = "control", ...otherKinds] = kinds
/** What is not to come back as it is, nor filled in; after whatever else is tried. */
const echo = (mark: string): string => `${mark}<${mark}"${mark}'${mark}<%= 913 * 1337 %>`

/** A hostile string, and that it came to this place. */
export const bad = ({ dice, hit, mark }: Making, place: string): string => {
  const kind = dice.one([firstKind, ...otherKinds])
  hit(`text.${kind}`)
  hit(`in.${place}`)
  const text = hostile(dice, kind, mark)
  return dice.chance(0.4) ? `${text}${echo(mark)}` : text
}
export const pick = (dice: Dice, names: ReadonlyArray<string>): string =>
  names[dice.below(names.length)] ?? ""

const oddName = (making: Making, name: string): string =>
  making.dice.one([
    `${name}[]`,
    `${name}[__proto__]`,
    `${name}[constructor][prototype][${making.mark}]`,
    "__proto__",
    `__proto__[${making.mark}]`,
    `constructor.prototype.${making.mark}`,
    `${name}.toString`,
    making.mark,
    bad(making, "name")
  ])

/** Fields as the schemas name them, most of them as they should be, one or more of them not. */
export const pairsOf = (
  making: Making,
  place: "query" | "form",
  names: ReadonlyArray<string>
): ReadonlyArray<Pair> => {
  const { actor, dice, only, world } = making
  const isAttacked = only === null || only === (place === "form" ? "body" : "query")
  const valid = world.valid(actor)
  const pairs = names.flatMap((name): ReadonlyArray<Pair> => {
    const value = valid[name]
    return value === undefined || (isAttacked && dice.chance(0.08)) ? [] : [[name, value]]
  })
  const wrong = Array.from({ length: isAttacked ? 1 + dice.below(2) : 0 }, (): Pair => {
    const name = pick(dice, names)
    if (!dice.chance(0.2)) return [name, bad(making, place)]
    making.hit("name.odd")
    return [oddName(making, name), bad(making, place)]
  })
  const kept = pairs.filter(([name]) => dice.chance(0.1) || !wrong.some(([other]) => other === name))
  return [...kept, ...wrong]
}
export const encoded = ({ dice }: Making, pairs: ReadonlyArray<Pair>): string =>
  pairs.map(([name, value]) => `${written(dice, name)}=${written(dice, value)}`).join("&")
