import compression from "compression"
import { Effect } from "effect"
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express"
import type { Bridge } from "./bridge.ts"
import * as Cart from "./CartRoutes.ts"
import * as Checkout from "./CheckoutRoutes.ts"
import { isTrusted } from "./foreignForms.ts"
import type { Handler } from "./Handler.ts"
import { ownHeaders, securityHeaders } from "./headers.ts"
import { limiters, secondsLeft } from "./limits.ts"
import * as Order from "./OrderRoutes.ts"
import { type Route, type RouteName, routes } from "./Routes.ts"
import { BadRequest, ForeignForm, NotFound, type Refusal, TooLarge, TooMany } from "./refusals.ts"
import * as Service from "./ServiceRoutes.ts"
import type { SiteShape } from "./Site.ts"
import * as Staff from "./StaffRoutes.ts"

/** What each address does. One without a handler does not compile. */
const handlers: { readonly [N in RouteName]: Handler } = {
  overview: Cart.overview,
  add: Cart.add,
  undoAdoption: Cart.undoAdoption,
  cart: Cart.cart,
  setQuantity: Cart.setQuantity,
  giveBack: Cart.giveBack,
  review: Checkout.review,
  start: Checkout.start,
  orders: Order.orders,
  order: Order.order,
  returning: Order.returning,
  pay: Order.pay,
  recheck: Order.recheck,
  cancel: Order.cancel,
  restore: Order.restore,
  openLink: Order.openLink,
  attention: Staff.attention,
  answerDifference: Staff.answerDifference,
  staffOrder: Staff.staffOrder,
  attend: Staff.attend,
  webhook: Service.webhook,
  help: Service.help,
  live: Service.live,
  ready: Service.ready,
  robots: Service.robots,
  asset: Service.asset,
  schema: Service.schema
}

const isName = (name: string): name is RouteName => name in routes
const names = Object.keys(routes).filter(isName)
/** Every path with the methods it knows. */
const methods = new Map<string, ReadonlyArray<string>>()
for (const name of names) {
  const { method, path } = routes[name]
  methods.set(path, [...(methods.get(path) ?? []), ...(method === "get" ? ["GET", "HEAD"] : ["POST"])])
}

const elsewhere: Route = { method: "get", path: "*", who: "anyone", limits: [], forms: "own", knows: false }
const form = express.urlencoded({ extended: false, limit: "16kb", parameterLimit: 50 })
const isHtml = (type: unknown): boolean => typeof type === "string" && type.startsWith("text/html")

/** Express itself refuses what it cannot read, by a status. */
const refusalOf = (error: unknown): Refusal | null => {
  const status: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "status") : null
  if (status === 413) return new TooLarge()
  return typeof status === "number" && status >= 400 && status < 500 ? new BadRequest() : null
}

/**
 * By http and without a proxy people may come by another name of this machine, whose forms would be
 * refused.
 */
const isOtherName = ({ config, origin, secure }: SiteShape, host: string | undefined): boolean =>
  !secure && config.trustProxy === 0 && host !== undefined && host !== new URL(origin).host

/** An address may be asked for with a host before it, which is not ours to lead to. */
const pathOf = (target: string): string => (target.startsWith("/") ? target : "/")

const isInternal = (path: string): boolean => path.startsWith("/internal/")

/** The application: for each route who may send, how often, how much, then its handler. */
export const makeApplication = (
  site: SiteShape,
  bridge: Bridge,
  internal: RequestHandler | null
): Express => {
  const refuse = (route: Route, refusal: Refusal): RequestHandler =>
    bridge({ ...route, knows: false }, () => Effect.fail(refusal))
  const limited = limiters(site, (request, response, next) =>
    refuse(elsewhere, new TooMany({ seconds: secondsLeft(response) }))(request, response, next)
  )
  const guards = (route: Route): ReadonlyArray<RequestHandler> => [
    (request, response, next) => {
      if (!isTrusted(site, route, request)) refuse(route, new ForeignForm())(request, response, next)
      else if (route.knows && route.method === "get" && isOtherName(site, request.headers.host))
        response
          .status(303)
          .location(`${site.origin}${pathOf(request.originalUrl)}`)
          .end()
      else next()
    },
    ...route.limits.flatMap((name) => limited[name]),
    ...(route.method === "post" && route.forms !== "any" ? [form] : [])
  ]
  const failed: ErrorRequestHandler = (error, request, response, next) => {
    const refusal = refusalOf(error)
    const answer: Handler = () => (refusal === null ? Effect.die(error) : Effect.fail(refusal))
    bridge(elsewhere, answer)(request, response, next)
  }
  const application = express()
    .disable("x-powered-by")
    .disable("etag")
    .enable("strict routing")
    .enable("case sensitive routing")
    .set("query parser", "simple")
    .set("trust proxy", site.config.trustProxy)
    .use((request, response, next) => {
      if (internal !== null && isInternal(request.path)) internal(request, response, next)
      else next()
    })
    .use(securityHeaders(site), ownHeaders)
    .use(compression({ filter: (_, response) => isHtml(response.getHeader("Content-Type")) }))
  for (const name of names)
    application[routes[name].method](
      routes[name].path,
      ...guards(routes[name]),
      bridge(routes[name], handlers[name])
    )
  for (const [path, allow] of methods) application.all(path, refuse(elsewhere, new NotFound({ allow })))
  return application.use(refuse(elsewhere, new NotFound({ allow: [] })), failed)
}
