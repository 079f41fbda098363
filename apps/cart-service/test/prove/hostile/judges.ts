import { isRefusal } from "../../../../../packages/http-express/test/knownInputs.ts"
import type { Attack } from "./attack.ts"
import type { Framing } from "./framing.ts"
import { type Answer, type Exchange, headerOf } from "./wire.ts"
import type { World } from "./world.ts"

/** Milliseconds. */
export const hangAfter = 2000
/** The page of somebody who comes back from paying waits for the provider, so long. */
const returnWaits = 2500

/** What went wrong, by a name that stays, and what it was. */
export interface Break {
  readonly name: string
  readonly is: string
}

/** Every header that an answer of this service may have. */
const headers = new Set([
  ...["content-security-policy", "referrer-policy", "x-content-type-options", "x-frame-options"],
  ...["cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy", "x-robots-tag"],
  ...[
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "content-encoding",
    "date",
    "keep-alive"
  ],
  ...["location", "vary", "allow", "retry-after", "set-cookie", "ratelimit", "ratelimit-policy", "etag"],
  ...["transfer-encoding", "www-authenticate", "strict-transport-security"]
])
const ownCookies = ["cart", "notice", "order", "visit"]
const quotes = ["<", '"', "'"]

const cookiesOf = ({ headers: all }: Answer): ReadonlyArray<string> =>
  all.filter(([name]) => name === "set-cookie").map(([, value]) => value)

const cookieIn = (answer: Answer, name: string): string | undefined =>
  cookiesOf(answer)
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(";")[0]

/** Markup that came in comes out as text; what looks like a program comes out as it came. */
const reflected = ({ body, headers: all }: Answer, mark: string): ReadonlyArray<Break> => {
  const raw = quotes.filter((quote) => body.includes(`${mark}${quote}${mark}`))
  const added = all.filter(([name]) => !headers.has(name) || name.includes(mark))
  return [
    ...raw.map((quote) => ({ name: "reflected", is: `a ${quote} of what was sent stands in the page` })),
    ...(body.includes(String(913 * 1337))
      ? [{ name: "evaluated", is: "a template was filled in by a stranger" }]
      : []),
    ...(/root:.*:0:0:|"name": "@rose-ash/.test(body) ? [{ name: "file", is: "a file was read" }] : []),
    ...added.map(([name]) => ({ name: "header", is: `the answer has a header ${name}` }))
  ]
}

type Ours = Pick<World, "origins" | "prefix">
const isOwn = (world: Ours, location: string): boolean =>
  (/^\/(?![/\\])/.test(location) || world.origins.includes(URL.parse(location)?.origin ?? "")) &&
  !/[\s\\]/.test(location)

const led = (world: Ours, answer: Answer): ReadonlyArray<Break> => {
  const location = headerOf(answer, "location")
  const known = ownCookies.map((name) => `${world.prefix}${name}=`)
  const strange = cookiesOf(answer).filter((cookie) => !known.some((start) => cookie.startsWith(start)))
  return [
    ...(location === undefined || isOwn(world, location)
      ? []
      : [{ name: "redirect", is: `leads to ${location.slice(0, 80)}` }]),
    ...strange.map((cookie) => ({ name: "cookie", is: `sets ${cookie.slice(0, 40)}` }))
  ]
}

/** A secret is shown to its owner alone, and to nobody on a page that refuses. */
const shown = (
  world: World,
  attack: Pick<Attack, "actor" | "target">,
  answer: Answer
): ReadonlyArray<Break> => {
  const heads = answer.headers.map(([, value]) => value).join("\n")
  const mayShow = (secret: string) => attack.actor.owns.includes(secret) && answer.status < 400
  // Whoever came with a link keeps it, or is led to where they wanted to go with it.
  const mayKeep = (secret: string) => attack.target.includes(secret) && answer.status === 303
  return Object.entries(world.secrets).flatMap(([name, secret]) => [
    ...(answer.body.includes(secret) && !mayShow(secret) && !mayKeep(secret)
      ? [{ name: "canary", is: `the body shows ${name}` }]
      : []),
    ...(heads.includes(secret) && !mayShow(secret) && !mayKeep(secret)
      ? [{ name: "canary", is: `a header shows ${name}` }]
      : [])
  ])
}

const isReturn = ({ place }: Attack): boolean => place.path === "/orders/:number/return"
/** What may be closed without a word: more than is read, and what asks for a tunnel. */
const maySilence = ({ body, method }: Attack): boolean => body.length > 16_384 || method === "CONNECT"

const timely = (attack: Attack, { answers, closed, ms }: Exchange): ReadonlyArray<Break> => {
  const most = hangAfter + (isReturn(attack) ? returnWaits : 0)
  if (!closed || ms > most)
    return [{ name: "hang", is: `${Math.round(ms)} ms${closed ? "" : ", and no end"}` }]
  return answers.length === 0 && !maySilence(attack) ? [{ name: "silent", is: "no answer" }] : []
}

/** What the answers to an attack break. */
export const judged = (world: World, attack: Attack, seen: Exchange): ReadonlyArray<Break> => [
  ...timely(attack, seen),
  ...(seen.answers.length > 1
    ? [{ name: "smuggled", is: `${seen.answers.length} answers to one request` }]
    : []),
  ...(seen.rest === "" || attack.method === "HEAD" ? [] : [{ name: "rest", is: seen.rest.slice(0, 80) }]),
  ...seen.answers.flatMap((answer) => [
    ...(answer.status >= 500
      ? [{ name: "status_5xx", is: `${answer.status}: ${answer.body.slice(0, 80)}` }]
      : []),
    ...reflected(answer, attack.mark),
    ...led(world, answer),
    ...shown(world, attack, answer)
  ])
]

/** What a framing breaks: one answer more than requests is somebody else's request. */
export const framed = (
  world: Ours,
  { must, name }: Framing,
  mark: string,
  seen: Exchange
): ReadonlyArray<Break> => {
  const { answers, closed, ms, rest } = seen
  const statuses = answers.map(({ status }) => status).join()
  // What is answered before its body is read is followed by the refusal of that body, and by nothing else.
  const isRight =
    must === "refuse"
      ? answers.every(({ status }) => status >= 400) && answers.slice(1).every(({ status }) => status === 400)
      : answers.length === must
  return [
    ...(closed && ms <= hangAfter ? [] : [{ name: "hang", is: `${name}: ${Math.round(ms)} ms` }]),
    ...(isRight && rest === ""
      ? []
      : [{ name: "smuggled", is: `${name}: ${statuses} ${rest.slice(0, 60)}` }]),
    ...answers.flatMap((answer) => [
      ...(answer.status >= 500 ? [{ name: "status_5xx", is: `${name}: ${answer.status}` }] : []),
      ...reflected(answer, mark),
      ...led(world, answer)
    ])
  ]
}

/** Whether an attack was let through, so that it may have changed something. */
export const isAccepted = (world: World, { method, place }: Attack, { answers }: Exchange): boolean => {
  const [answer] = answers
  if (answer === undefined || answer.status >= 400) return false
  if (method !== "POST") return place.path === "/orders/:number/return"
  return !isRefusal(cookieIn(answer, `${world.prefix}notice`))
}
