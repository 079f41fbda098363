import { createHash } from "node:crypto"
import { Identities, type Presented, type Staff } from "@rose-ash/cart-domain/identity/Identities"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { numberOfToken } from "@rose-ash/cart-domain/order/OrderLink"
import type { Principal } from "@rose-ash/cart-domain/order/Orders"
import { Ids, VisitId } from "@rose-ash/cart-domain/text/Ids"
import { day, hour, second } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Redacted, Schema } from "effect"
import { adopted, bound, farewell, knownFor } from "./adopting.ts"
import type { Jar } from "./Jar.ts"
import { decodeNotice, type Notice } from "./Notice.ts"
import type { Route } from "./Routes.ts"
import { Site, type SiteShape } from "./Site.ts"

/** Who asks, as far as their cookies say. */
export interface Caller {
  readonly identity: Identity | null
  readonly staff: Staff
  readonly presented: Presented
  /** The capability links this browser was given: secrets. */
  readonly links: ReadonlyArray<string>
  /** The visit in which this browser pays page after page. */
  readonly visit: VisitId | null
  /** What the page asked for is to say first. */
  readonly notice: Notice | null
}

/** A request, as a route sees it. */
export interface Asked {
  /** Names the request in logs and on error pages. */
  readonly id: string
  readonly path: string
  readonly params: Readonly<Record<string, unknown>>
  readonly query: unknown
  readonly body: unknown
  readonly encoding: "br" | "gzip" | "identity"
  readonly jar: Jar
  readonly caller: Caller
}

const tokenShape = /^[A-Za-z0-9_.~+/=-]{20,200}$/
const sessionShape = /^[\x21-\x7E]{1,512}$/
const linksMost = 5

const secret = (text: string | undefined, shape: RegExp): Redacted.Redacted | null =>
  text !== undefined && shape.test(text) ? Redacted.make(text) : null

/** Nobody in particular. */
export const nobody: Caller = {
  identity: null,
  staff: { pages: [], treasurer: false },
  presented: { token: null, session: null },
  links: [],
  visit: null,
  notice: null
}

/** The notice for this path, once: reading it takes it away. */
const noticeFor = (site: SiteShape, jar: Jar, path: string): Notice | null => {
  const text = jar.get(site.cookies.notice)
  const notice = decodeNotice(text)
  if (text !== undefined && (notice === null || notice.at === path)) jar.set(site.cookies.notice, "", 0)
  return notice?.at === path ? notice : null
}

const linksIn = (site: SiteShape, jar: Jar): ReadonlyArray<string> =>
  (jar.get(site.cookies.links) ?? "")
    .split(".")
    .filter((token) => numberOfToken(token) !== undefined)
    .slice(0, linksMost)

/** Pages that have room for what an adoption brought. */
const tells = ({ method, path, who }: Route): boolean =>
  method === "get" && (who === "holder" || path === "/")

/**
 * Who sends this request; a token nobody issued is nobody's. Writes nothing, except what a log-in or a place
 * asked for elsewhere has made due.
 */
export const recognise = Effect.fnUntraced(function* (jar: Jar, path: string, route: Route) {
  const site = yield* Site
  const identities = yield* Identities
  const token = secret(jar.get(site.cookies.cart), tokenShape)
  const session = secret(jar.get(site.config.sessionCookie), sessionShape)
  const visit = jar.get(site.cookies.visit)
  const known: Caller = {
    ...nobody,
    links: linksIn(site, jar),
    visit: Schema.is(VisitId)(visit) ? visit : null,
    notice: route.method === "get" ? noticeFor(site, jar, path) : null
  }
  if (token === null && session === null) return known
  const presented = { token, session }
  const found = yield* bound(site, jar, presented, yield* identities.recognise(presented))
  const { identity, staff } = found
  const caller: Caller = { ...known, presented, identity, staff }
  if (identity?._tag !== "Customer" || !(yield* adopted(found))) return caller
  const isDue = token !== null || found.adoptable !== null
  if (!isDue || !tells(route) || known.notice !== null) return caller
  return { ...caller, notice: yield* farewell(site, jar, path, identity) }
})

/**
 * Whoever asks, with a name from now on: the first write gives a browser its cookie, if `admits` lets it come
 * to one.
 */
export const named = Effect.fnUntraced(function* <E, R>(
  { caller, jar }: Asked,
  admits: Effect.Effect<void, E, R>
) {
  if (caller.identity !== null) return caller.identity
  yield* admits
  const site = yield* Site
  const identities = yield* Identities
  const { token, visitor } = yield* identities.welcome(caller.presented)
  jar.set(site.cookies.cart, Redacted.value(token), knownFor)
  return visitor
})

/** The visit that this browser's payments belong to, begun with the first of them. */
export const visitOf = Effect.fnUntraced(function* ({ caller, jar }: Asked) {
  if (caller.visit !== null) return caller.visit
  const site = yield* Site
  const ids = yield* Ids
  const visit = VisitId.make(yield* ids.uuid)
  jar.set(site.cookies.visit, visit, (12 * hour) / second)
  return visit
})

/** Remembers a capability link for a day; the oldest of more than five is forgotten. */
export const remember = (site: SiteShape, { caller, jar }: Asked, token: string): void => {
  const links = [token, ...caller.links.filter((other) => other !== token)].slice(0, linksMost)
  jar.set(site.cookies.links, links.join("."), day / second)
}

/** By what right an order is asked for. */
export const principalOf = ({ identity, links }: Caller): Principal => ({
  identity,
  links: links.map((token) => createHash("sha256").update(token).digest("hex"))
})
