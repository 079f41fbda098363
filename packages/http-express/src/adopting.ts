import { Adoption } from "@rose-ash/cart-domain/cart/Adoption"
import { Identities, type Presented, type Recognised } from "@rose-ash/cart-domain/identity/Identities"
import type { Customer } from "@rose-ash/cart-domain/identity/Identity"
import { day, second } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Redacted } from "effect"
import type { Jar } from "./Jar.ts"
import type { Notice } from "./Notice.ts"
import type { SiteShape } from "./Site.ts"
import { trace } from "./trace.ts"

/** How long a browser is known, in seconds. */
export const knownFor = (180 * day) / second

/** What siblings hold for the session becomes this browser's, whoever was asked first: them or us. */
export const bound = Effect.fnUntraced(function* (
  site: SiteShape,
  jar: Jar,
  presented: Presented,
  found: Recognised
) {
  if (!found.unbound) return found
  const identities = yield* Identities
  const { adoptable, identity } = found
  const known = identity?._tag === "Visitor" ? identity : adoptable
  if (known !== null) {
    yield* identities.bind(known, presented)
    return found
  }
  const { token, visitor } = yield* identities.welcome(presented)
  if (identity !== null) return { ...found, adoptable: visitor }
  jar.set(site.cookies.cart, Redacted.value(token), knownFor)
  return { ...found, identity: visitor }
})

/** The browser's own cart becomes the customer's. Whatever goes wrong is tried again by the next request. */
export const adopted = Effect.fnUntraced(function* (found: Recognised) {
  if (found.adoptable === null) return true
  const adoption = yield* Adoption
  return yield* Effect.as(adoption.lazily(found), true).pipe(
    Effect.catchCause((cause) =>
      Effect.as(Effect.annotateLogs(Effect.logWarning("adoption put off"), { trace: trace(cause) }), false)
    )
  )
})

/**
 * The cookie of a browser that was adopted opens nothing: it goes when the customer was told what came over.
 */
export const farewell = Effect.fnUntraced(function* (
  site: SiteShape,
  jar: Jar,
  path: string,
  customer: Customer
) {
  const adoption = yield* Adoption
  const latest = yield* adoption.latest(customer)
  jar.set(site.cookies.cart, "", 0)
  const notice: Notice | null =
    latest === null ? null : { code: "adopted", at: path, lines: latest.lines, places: latest.entries }
  return notice
})
