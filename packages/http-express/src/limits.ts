import { createHash } from "node:crypto"
import { parseCookie } from "cookie"
import type { Request, RequestHandler, Response } from "express"
import { ipKeyGenerator, rateLimit } from "express-rate-limit"
import type { LimitClass } from "./Routes.ts"
import type { SiteShape } from "./Site.ts"

const minute = 60_000

/** Seconds until the window of a refused request ends. */
export const secondsLeft = (response: Response): number => {
  const header = Number(response.getHeader("Retry-After"))
  return Number.isSafeInteger(header) && header > 0 ? header : 60
}

const byAddress = ({ ip }: Request): string => ipKeyGenerator(ip ?? "")

/** Who asks, by the digest of what they show; else their address. */
const byCaller =
  ({ config, cookies }: SiteShape) =>
  (request: Request): string => {
    const came = parseCookie(request.headers.cookie ?? "")
    const shown = came[config.sessionCookie] ?? came[cookies.cart]
    return shown === undefined ? byAddress(request) : createHash("sha256").update(shown).digest("base64url")
  }

/** The guards of each class, kept in memory: one process counts for itself. `refuse` shows the page. */
export const limiters = (
  site: SiteShape,
  refuse: RequestHandler
): { readonly [C in LimitClass]: ReadonlyArray<RequestHandler> } => {
  const { limits } = site
  const guard = (identifier: string, limit: number, keyGenerator: (request: Request) => string) =>
    rateLimit({
      windowMs: minute,
      limit,
      identifier,
      keyGenerator,
      standardHeaders: "draft-8",
      legacyHeaders: false,
      skipSuccessfulRequests: identifier === "misses",
      validate: false,
      handler: refuse
    })
  const caller = byCaller(site)
  return {
    reads: [guard("reads", limits.reads, byAddress)],
    cart: [guard("cart", limits.cart, caller), guard("cart-address", limits.cartByAddress, byAddress)],
    pay: [guard("pay", limits.pay, caller), guard("pay-address", limits.payByAddress, byAddress)],
    follow: [guard("follow", limits.follow, caller)],
    misses: [guard("misses", limits.misses, byAddress)]
  }
}
