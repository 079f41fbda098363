import {
  Forbidden,
  Malformed,
  NotFound,
  TooLarge,
  Unauthorized
} from "@rose-ash/cart-client/contract/refusals"
import { Cause, type Context, Effect, Exit, Metric } from "effect"
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from "express"
import type { Services } from "./Handler.ts"
import { ownHeaders, securityHeaders } from "./headers.ts"
import {
  type Called,
  faultAnswer,
  type InternalAnswer,
  type InternalHandler,
  type InternalRefusal,
  refusalAnswer
} from "./InternalAnswer.ts"
import { type InternalRoute, type InternalRouteName, internalRoutes } from "./InternalRoutes.ts"
import { metrics } from "./metricsRoute.ts"
import { entries, openapi, order } from "./orderSheets.ts"
import { isStoreAway } from "./refusing.ts"
import type { SiteShape } from "./Site.ts"
import { callerBy } from "./services.ts"
import { summary } from "./summaryRoute.ts"
import { tell } from "./tellRoute.ts"
import { trace } from "./trace.ts"

/** What each address does. One without a handler does not compile. */
const handlers: { readonly [N in InternalRouteName]: InternalHandler } = {
  summary,
  order,
  entries,
  metrics,
  openapi,
  tell
}

const refusals = Metric.counter("cart_internal_refused_total", {
  description: "Requests of services that were refused, by route and refusal",
  incremental: true
})
const refusedAt = (route: string, refusal: InternalRefusal): Effect.Effect<InternalAnswer> =>
  Effect.as(
    Metric.update(Metric.withAttributes(refusals, { route, refusal: refusal._tag }), 1),
    refusalAnswer(refusal)
  )

const isName = (name: string): name is InternalRouteName => name in internalRoutes
const names = Object.keys(internalRoutes).filter(isName)
const nothing = new Uint8Array()

const calledOf = (request: Request): Called => ({
  params: request.params,
  header: (name) => request.get(name),
  body: Buffer.isBuffer(request.body) ? request.body : nothing,
  html: request.accepts("json", "html") === "html"
})

const write = (response: Response, { body, headers, status }: InternalAnswer): void => {
  if (response.destroyed || response.headersSent) return
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (body === null) response.end()
  else response.end(body)
}

/** Our own fault is logged by its place, and told by its status alone. */
const broken = Effect.fnUntraced(function* (path: string, cause: Cause.Cause<never>) {
  if (Cause.hasInterruptsOnly(cause)) return faultAnswer(true)
  yield* Effect.logError("a service's request failed", { route: path, trace: trace(cause) })
  return faultAnswer(isStoreAway(cause))
})

/** Express itself refuses what it cannot read. */
const refusalOf = (error: unknown): InternalRefusal | null => {
  const status: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "status") : null
  if (status === 413) return new TooLarge()
  return typeof status === "number" && status >= 400 && status < 500 ? new Malformed() : null
}

const elsewhere = (path: string): InternalRoute => ({ method: "get", path, opens: "any" })

/** What siblings reach: every route asks for a key or a signature, none looks at a cookie, all speak JSON. */
export const makeInternal = (site: SiteShape, context: Context.Context<Services>): Express => {
  const run = Effect.runForkWith(context)
  const callerOf = callerBy(site.config.internal?.callers ?? [])

  /** Who may not come in; null: come in. */
  const barred = ({ opens }: InternalRoute, request: Request): InternalRefusal | null => {
    if (opens === "signature") return null
    const caller = callerOf(request.get("authorization"))
    if (caller === null) return new Unauthorized()
    return opens === "any" || caller.scopes.includes(opens) ? null : new Forbidden()
  }
  const serve =
    (route: InternalRoute, handler: InternalHandler) =>
    (request: Request, response: Response): void => {
      const refusal = barred(route, request)
      if (refusal !== null) {
        run(refusedAt(route.path, refusal)).addObserver((exit) => {
          if (Exit.isSuccess(exit)) write(response, exit.value)
        })
        return
      }
      const fiber = run(
        handler(calledOf(request)).pipe(
          Effect.catch((refused) => refusedAt(route.path, refused)),
          Effect.catchCause((cause) => broken(route.path, cause))
        )
      )
      if (route.method === "get") response.once("close", () => fiber.interruptUnsafe())
      fiber.addObserver((exit) => {
        if (Exit.isSuccess(exit)) write(response, exit.value)
        else response.destroy()
      })
    }
  const failed: ErrorRequestHandler = (error, _, response, __) => {
    const refusal = refusalOf(error)
    write(response, refusal === null ? faultAnswer(false) : refusalAnswer(refusal))
  }

  const application = express()
    .disable("x-powered-by")
    .disable("etag")
    .enable("strict routing")
    .enable("case sensitive routing")
    .set("query parser", "simple")
    .use(securityHeaders(site), ownHeaders)
  const bytes = express.raw({ type: () => true, limit: "16kb", inflate: false })
  for (const name of names) {
    const route = internalRoutes[name]
    application[route.method](
      route.path,
      ...(route.method === "post" ? [bytes] : []),
      serve(route, handlers[name])
    )
  }
  return application.use(
    serve(elsewhere("/internal"), () => Effect.fail(new NotFound())),
    failed
  )
}
