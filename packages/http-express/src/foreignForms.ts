import type { Request } from "express"
import type { Route } from "./Routes.ts"
import type { SiteShape } from "./Site.ts"

/**
 * Whether a form may be sent here. A browser says where it comes from by `Sec-Fetch-Site`, an older one by
 * `Origin`;
 * one that says neither is refused. Adding to a cart may also come from siblings, by their exact origin:
 * being of the
 * same site alone is not trust.
 */
export const isTrusted = (
  site: SiteShape,
  route: Route,
  request: Pick<Request, "headers" | "method">
): boolean => {
  if (["GET", "HEAD", "OPTIONS"].includes(request.method) || route.forms === "any") return true
  const { origin } = request.headers
  const fetched = request.headers["sec-fetch-site"]
  const own = fetched === undefined ? origin === site.origin : fetched === "same-origin"
  if (own) return true
  return route.forms === "siblings" && origin !== undefined && site.config.siblingOrigins.includes(origin)
}
