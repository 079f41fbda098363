import type { Scope } from "@rose-ash/cart-http-express"
import { Redacted } from "effect"

/** Names with what belongs to each; a name may stand twice where that makes sense. */
export type Pairs<A> = ReadonlyArray<readonly [name: string, value: A]>

const nameShape = /^[a-z][a-z0-9_-]{0,39}$/
const keyLeast = 24
const keysMost = 2
const roleShape = /^[a-z_][a-z0-9_]{0,62}$/

/** `name=value name=value`, by spaces; undefined when a part is nothing like it. */
const pairsIn = (text: string): Pairs<string> | undefined => {
  const parts = text.split(/\s+/).filter((part) => part !== "")
  const pairs = parts.map((part) => {
    const at = part.indexOf("=")
    return [part.slice(0, Math.max(at, 0)), part.slice(at + 1)] as const
  })
  return pairs.every(([name, value]) => nameShape.test(name) && value !== "") ? pairs : undefined
}

const times = (pairs: Pairs<unknown>, name: string) => pairs.filter(([other]) => other === name).length

/** Keys by name: at least 24 letters each, at most two alive. */
export const keysIn = (text: string): Pairs<Redacted.Redacted> | undefined => {
  const pairs = pairsIn(text)
  const good = pairs?.every(([name, key]) => key.length >= keyLeast && times(pairs, name) <= keysMost)
  return good === true ? pairs?.map(([name, key]) => [name, Redacted.make(key)] as const) : undefined
}

/** Addresses by name, each once; http or https, without a password. */
export const addressesIn = (text: string): Pairs<string> | undefined => {
  const pairs = pairsIn(text)
  const good = pairs?.every(([name, value]) => {
    const url = URL.parse(value)
    const isWeb = url?.protocol === "https:" || url?.protocol === "http:"
    return isWeb && url.username === "" && url.password === "" && times(pairs, name) === 1
  })
  return good === true ? pairs : undefined
}

/** Database log-ins by name, each once. */
export const rolesIn = (text: string): Pairs<string> | undefined => {
  const pairs = pairsIn(text)
  return pairs?.every(([name, role]) => roleShape.test(role) && times(pairs, name) === 1) ? pairs : undefined
}

const scopeOf = (text: string): Scope | undefined =>
  text === "summary" || text === "orders" || text === "metrics" ? text : undefined

/** What each may ask: `blog=summary,orders market=summary`. */
export const scopesIn = (text: string): ReadonlyMap<string, ReadonlyArray<Scope>> | undefined => {
  const pairs = pairsIn(text)
  if (pairs === undefined) return undefined
  const read = pairs.map(([name, value]) => {
    const scopes = value.split(",").map(scopeOf)
    const good = scopes.filter((one) => one !== undefined)
    return { name, good, whole: good.length === scopes.length && times(pairs, name) === 1 }
  })
  return read.every(({ whole }) => whole)
    ? new Map(read.map(({ good, name }) => [name, good] as const))
    : undefined
}
