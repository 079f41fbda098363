import type { RequestHandler } from "express"
import helmet from "helmet"
import type { SiteShape } from "./Site.ts"

const year = 31_536_000

const policy = ({ config, secure: _ }: SiteShape) => ({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:", ...config.mediaOrigins],
    connectSrc: ["'self'"],
    // A browser applies this to the redirect after a form too: without these origins the pay button does
    // nothing.
    formAction: ["'self'", ...config.paymentOrigins],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["htmx"]
  }
})

/** Security headers of every response. */
export const securityHeaders = (site: SiteShape): RequestHandler =>
  helmet({
    contentSecurityPolicy: policy(site),
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    originAgentCluster: false,
    // "no-referrer" would turn the service's own Origin header into "null".
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: site.secure ? { maxAge: year, includeSubDomains: false } : false,
    xContentTypeOptions: true,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: { action: "deny" },
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false
  })

/**
 * What helmet leaves to us: nothing is kept by browsers or found by search engines unless a route says so.
 */
export const ownHeaders: RequestHandler = (_, response, next) => {
  response.set({
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "X-Robots-Tag": "noindex"
  })
  next()
}
