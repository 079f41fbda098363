import { sign } from "@rose-ash/cart-client/events/Signature"
import { Redacted } from "effect"
import {
  dataFields,
  formFields,
  messageFields,
  messageNames,
  noticeFields,
  refusals,
  signatureHeaders
} from "../../../../../packages/http-express/test/knownInputs.ts"
import { bodies } from "./bodies.ts"
import { written } from "./corpus.ts"
import { bad, encoded, type Making, type Pair, pairsOf, pick } from "./making.ts"
import type { Place } from "./routesOf.ts"
import type { Actor } from "./world.ts"

/** A request that is meant badly, whose framing is as it should be. */
export interface Attack {
  readonly actor: Actor
  readonly place: Place
  readonly method: string
  readonly target: string
  /** Stands in what is sent and nowhere else. */
  readonly mark: string
  /** What is attacked, and with what. */
  readonly faults: ReadonlyArray<string>
  readonly headers: ReadonlyArray<Pair>
  readonly body: Buffer
}
const pathOf = (making: Making, { path }: Place): string =>
  path.replaceAll(/[:*](\w+)/g, (_, name: string) =>
    making.dice.chance(making.only === null ? 0.3 : making.only === "path" ? 0.7 : 0)
      ? written(making.dice, bad(making, "param"))
      : encodeURIComponent(making.world.valid(making.actor)[name] ?? name)
  )

const names = [
  ...["host", "origin", "referer", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"],
  ...["accept", "accept-encoding", "accept-language", "content-type", "range", "if-none-match", "via"],
  ...[
    "x-http-method-override",
    "x-original-url",
    "sec-fetch-site",
    "cookie",
    "traceparent",
    "hx-current-url"
  ],
  ...["authorization", "cart-customer", "cart-session", "user-agent", "x-request-id", "if-modified-since"],
  ...["expect", "te", "upgrade-insecure-requests", "dnt", "x-real-ip", "x-rewrite-url", "__proto__"],
  ...signatureHeaders
]
/** A line ends where it ends: what comes after belongs to the attacks on framing. */
const onOneLine = (text: string): string => text.replaceAll(/[\r\n]/g, " ")

const noticeOf = (making: Making): string => {
  const { dice, world } = making
  const facts = noticeFields.filter(() => dice.chance(0.4)).map((name) => [name, bad(making, "notice")])
  const code = dice.chance(0.8) ? pick(dice, refusals) : bad(making, "notice")
  const at = pathOf({ ...making, dice }, { path: pick(dice, world.paths), methods: [] })
  const typed = bad(making, "notice")
  const text = JSON.stringify({ code, at, typed, ...(dice.chance(0.3) ? Object.fromEntries(facts) : {}) })
  return Buffer.from(text).toString("base64url")
}
const cookieOf = (making: Making): string => {
  const { actor, dice, world } = making
  const value = () => encodeURIComponent(onOneLine(bad(making, "cookie")).toWellFormed())
  const one = () =>
    dice.one([
      `${world.prefix}notice=${noticeOf(making)}`,
      `${world.prefix}${dice.one(["cart", "order", "visit", "notice"])}=${value()}`,
      `rose_session=${value()}`,
      `${pick(dice, ["__proto__", "constructor", making.mark, ""])}=${value()}`,
      onOneLine(bad(making, "cookie"))
    ])
  return [actor.cookie, one(), ...(dice.chance(0.3) ? [one()] : [])].filter((part) => part !== "").join("; ")
}

const headersOf = (making: Making): ReadonlyArray<Pair> => {
  const { actor, dice, world } = making
  const usual: ReadonlyArray<Pair> = [
    ["host", world.host],
    ["sec-fetch-site", "same-origin"],
    ["x-password", world.secrets.password],
    ...actor.headers
  ]
  const isAttacked = making.only === null || making.only === "head"
  const cookie = isAttacked && dice.chance(0.4) ? cookieOf(making) : actor.cookie
  const wrong = Array.from({ length: isAttacked ? dice.below(3) : 0 }, (): Pair => {
    const name = pick(dice, names)
    making.hit(`header.${name}`)
    return [name, onOneLine(bad(making, "header"))]
  })
  const told = usual.filter(([name]) => !wrong.some(([other]) => other === name))
  return [...told, ...(cookie === "" ? [] : [["cookie", cookie] as const]), ...wrong]
}

/** What a sibling tells, some of it wrong. */
const told = (making: Making): object => {
  const { actor, dice, world } = making
  const valid = { ...world.valid(actor), ...world.sibling }
  const data = dataFields.filter(() => dice.chance(0.8)).map((name): [string, unknown] => [name, valid[name]])
  for (let n = dice.below(3); n > 0; n--)
    data.push([dice.chance(0.6) ? pick(dice, dataFields) : bad(making, "json"), bad(making, "json")])
  const envelope = { specversion: "1.0", id: making.mark, source: "/blog", type: pick(dice, messageNames) }
  const wrong = messageFields.filter(() => dice.chance(0.08)).map((name) => [name, bad(making, "json")])
  return { ...envelope, data: Object.fromEntries(data), ...Object.fromEntries(wrong) }
}

/** A message, signed by whoever has a key, under the name that it gives itself where it has one. */
const message = (making: Making) => {
  const { actor, dice } = making
  const body = dice.chance(0.3) ? bodies.json(making) : JSON.stringify(told(making))
  const id = /"id":"([!-~]{1,100}?)"/.exec(body)?.[1] ?? "1"
  const key = actor.signs ?? "no-key-of-anybody-at-all"
  const timestamp = Math.floor(Date.now() / 1000)
  return { body, headers: Object.entries(sign([Redacted.make(key)], { id, timestamp, body })) }
}

const bodyOf = (making: Making, method: string): { body: Buffer; headers: ReadonlyArray<Pair> } => {
  const { actor, dice } = making
  if (["GET", "HEAD"].includes(method) && !dice.chance(0.05)) return { body: Buffer.alloc(0), headers: [] }
  if (actor.internal) {
    const { body, headers } = message(making)
    return { body: Buffer.from(body), headers: [...headers, ["content-type", "application/json"]] }
  }
  if ((making.only === null || making.only === "body") && dice.chance(0.25)) return bodies.odd(making)
  const form = encoded(making, pairsOf(making, "form", formFields))
  return { body: Buffer.from(form), headers: [["content-type", "application/x-www-form-urlencoded"]] }
}

/** The attack of this number on this place: the same for the same dice. */
export const attackOn = (place: Place, making: Omit<Making, "hit" | "only">): Attack => {
  const faults: Array<string> = []
  const { dice } = making
  const only = dice.one([null, null, null, null, "path", "query", "body", "head"] as const)
  const of: Making = { ...making, only, hit: (fault) => faults.push(fault) }
  const other = dice.chance(0.03)
  const method = other
    ? pick(dice, ["HEAD", "OPTIONS", "TRACE", "DELETE", "PATCH"])
    : pick(dice, place.methods)
  const path = pathOf(of, place)
  const query =
    only === "query" || dice.chance(0.2) ? `?${encoded(of, pairsOf(of, "query", formFields))}` : ""
  const { body, headers } = bodyOf(of, method)
  const given = headersOf(of)
  const own = headers.filter(([name]) => !given.some(([asked]) => asked === name))
  const length: ReadonlyArray<Pair> = body.length > 0 ? [["content-length", String(body.length)]] : []
  const all = [...given, ...own, ...length, ["connection", "close"] as const]
  if (other) of.hit("method.other")
  return { actor: of.actor, place, method, target: path + query, mark: of.mark, faults, headers: all, body }
}

export const bytesOf = ({ body, headers, method, target }: Attack): Buffer =>
  Buffer.concat([
    Buffer.from(
      `${method} ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`
    ),
    body
  ])
