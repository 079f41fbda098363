import { createHash } from "node:crypto"
import type { Badge } from "@rose-ash/cart-client/badge"
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from "express"
import { type Html, html } from "./html.ts"
import type { Links } from "./Links.ts"
import { type Frame, layout, type Member } from "./layout.ts"
import { cookie, newSession, sessionRules } from "./session.ts"
import { stylesheet } from "./stylesheet.ts"

/** What one of the three services needs to be served. */
export interface Service {
  /** Its own origin. */
  readonly origin: string
  readonly links: Links
  /** The cookie that the login session travels in. */
  readonly sessionCookie: string
  /** Whose session it is; null for nobody's. */
  readonly who: (session: string) => Promise<Member | null>
  /** What is in the cart of whoever has this session; a plain link when nobody knows. */
  readonly badge: (session: string | undefined) => Promise<Badge>
}

/** Sends a page with this heading. */
export type Show = (title: string, main: Html, status?: number) => void

/** Forms lead to the cart, which answers with a redirect back: a browser holds both against `form-action`. */
const headers = ({ links }: Service): { readonly [name: string]: string } => ({
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; " +
    `form-action 'self' ${[...new Set(Object.values(links))].join(" ")}`,
  // The cart asks a form where it comes from; a stricter policy would make the browser answer "null".
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()"
})

/** Another name of this machine is another origin, whose cookies and forms would not fit. */
const oneHost =
  ({ origin }: Service): RequestHandler =>
  (request, response, next) => {
    const isRead = request.method === "GET" || request.method === "HEAD"
    const isHere = request.headers.host === new URL(origin).host
    if (isHere || !isRead || request.path === "/readyz") return next()
    response.redirect(origin + request.originalUrl)
  }

/** A form is taken only from this service's own pages, or from a sibling's where `origins` names it. */
export const ownForms =
  (origins: ReadonlyArray<string>): RequestHandler =>
  (request, response, next) => {
    const origin = request.headers.origin
    const site = request.headers["sec-fetch-site"]
    const isOurs =
      origin === undefined ? site === undefined || site === "same-origin" : origins.includes(origin)
    if (isOurs) return next()
    response.status(403).type("text").send("This form came from somewhere else. Nothing was changed.\n")
  }

/** Every browser has a session of its own: by it the cart's badge is known, also for guests. */
const guests =
  ({ sessionCookie }: Service): RequestHandler =>
  (request, response, next) => {
    const isPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html")
    if (isPage && cookie(request.headers.cookie, sessionCookie) === undefined)
      response.cookie(sessionCookie, newSession(), sessionRules)
    next()
  }

/** Renders inside the frame that fits whoever asks. */
export const show = async (service: Service, path: string, response: Response): Promise<Show> => {
  const session = cookie(response.req.headers.cookie, service.sessionCookie)
  const [member, badge] = await Promise.all([
    session === undefined ? null : service.who(session),
    service.badge(session)
  ])
  const frame: Frame = { links: service.links, member, badge, here: service.origin + path }
  return (title, main, status = 200) => {
    response
      .status(status)
      .type("html")
      .send(layout(frame, title, main).text)
  }
}

const failed: ErrorRequestHandler = (error, _request, response, _next) => {
  console.error(error)
  if (response.headersSent) return void response.destroy()
  response.status(500).type("text").send("Sorry, there is a problem with the practice services.\n")
}

/** An application with what all three services have in common; `mount` adds what is its own. */
export const application = (service: Service, mount: (app: Express) => void): Express => {
  const app = express()
  const etag = `"${createHash("sha256").update(stylesheet).digest("base64url").slice(0, 16)}"`
  app.disable("x-powered-by")
  app.set("query parser", "simple")
  app.use((_, response, next) => {
    response.set(headers(service))
    next()
  })
  app.get("/readyz", (_, response) => void response.json({ ready: true }))
  app.use(oneHost(service))
  app.get("/coop.css", (_, response) => {
    response.set({ "cache-control": "max-age=0, must-revalidate", etag }).type("css").send(stylesheet)
  })
  app.use(guests(service))
  mount(app)
  app.use(async (request, response) => {
    const page = await show(service, request.path, response)
    page(
      "Page not found",
      html`<p>Check the address, or go to the <a href="${service.links.market}">shop</a>.</p>`,
      404
    )
  })
  app.use(failed)
  return app
}
