import { createServer, type Server } from "node:http"
import { Context, Effect, Layer, Schema } from "effect"
import type { Express } from "express"
import { makeApplication } from "./application.ts"
import { makeBridge } from "./bridge.ts"
import type { ExpressConfig } from "./ExpressConfig.ts"
import type { Needs, Services } from "./Handler.ts"
import { makeInternal } from "./internalApplication.ts"
import { Pages } from "./Pages.ts"
import { makeSite, Site } from "./Site.ts"

export type { ExpressConfig, Limits } from "./ExpressConfig.ts"
export type { InternalConfig, Scope, ServiceCaller, Teller } from "./services.ts"

/** Nobody can be served; the message says what to change. */
export class CannotListen extends Schema.TaggedError<CannotListen>()("CannotListen", {
  port: Schema.Int,
  /** The system's word, e.g. `EADDRINUSE`. */
  code: Schema.String
}) {
  override get message(): string {
    if (this.code === "EADDRINUSE") {
      return `Port ${this.port} is taken by another program: stop that one, or set PORT to another number.`
    }
    if (this.code === "EACCES") {
      return `Port ${this.port} needs more rights than this user has: set PORT to a number above 1023.`
    }
    return `Cannot listen on port ${this.port} (${this.code}): set PORT to another number.`
  }
}

/** Where this service listens. */
export class Listening extends Context.Service<
  Listening,
  {
    readonly port: number
    /** Where siblings come: the same, unless they have a listener of their own. */
    readonly internalPort: number
  }
>()("@rose-ash/cart-http-express/Listening") {}

/** How long requests under way may take once no new ones are taken. */
const drainMost = "10 seconds"

const codeOf = (error: Error): string =>
  "code" in error && typeof error.code === "string" ? error.code : error.name

/**
 * Milliseconds that a request may take to arrive. Node looks only every half a minute, unless it is told to
 * look more often: until then whoever sends slowly would hold a connection.
 */
const arriving = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1000
} as const

const listen = (application: Express, { host, port }: ExpressConfig) =>
  Effect.callback<Server, CannotListen>((resume) => {
    const server = createServer({ maxHeaderSize: 16_384, ...arriving }, application)
    server.once("error", (error) => resume(Effect.fail(new CannotListen({ port, code: codeOf(error) }))))
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => resume(Effect.succeed(server)))
  })

/** Takes no new connection, lets requests end, then closes what is left. */
const drain = (server: Server) =>
  Effect.callback<void>((resume) => {
    server.close(() => resume(Effect.void))
    server.closeIdleConnections()
  }).pipe(
    Effect.timeoutOrElse({
      duration: drainMost,
      orElse: () => Effect.sync(() => server.closeAllConnections())
    })
  )

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === "object" && address !== null ? address.port : 0
}

/**
 * Serves the cart to browsers until the scope closes. Reads views and assets first: a broken one stops the
 * start.
 */
export const layer = (config: ExpressConfig): Layer.Layer<Listening, CannotListen, Needs> =>
  Layer.effect(
    Listening,
    Effect.gen(function* () {
      let draining = false
      const site = yield* Effect.sync(() => makeSite(config, () => draining))
      const context = Context.add(yield* Effect.context<Exclude<Services, Site>>(), Site, site)
      const internal = makeInternal(site, context)
      const own = config.internal?.port ?? null
      const bridge = makeBridge(context, site.secure)
      const application = makeApplication(site, bridge, own === null ? internal : null)
      const server = yield* Effect.acquireRelease(listen(application, config), drain)
      const service =
        own === null
          ? server
          : yield* Effect.acquireRelease(listen(internal, { ...config, port: own }), drain)
      const refuse = Effect.sync(() => {
        draining = true
      })
      yield* Effect.addFinalizer(() => Effect.andThen(refuse, Effect.sleep(config.drainDelay ?? 0)))
      return { port: portOf(server), internalPort: portOf(service) }
    })
  ).pipe(Layer.provide(Pages.layer))
