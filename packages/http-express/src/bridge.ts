import { randomBytes } from "node:crypto"
import { orderNumber } from "@rose-ash/cart-domain/text/Ids"
import { Cause, Clock, type Context, Effect, Exit } from "effect"
import type { Request, RequestHandler, Response } from "express"
import { empty, unavailable } from "./Answer.ts"
import { type Asked, type Caller, nobody, recognise } from "./Asked.ts"
import type { Handler, Services } from "./Handler.ts"
import { openJar } from "./Jar.ts"
import { type Reply, reply } from "./Reply.ts"
import type { Route } from "./Routes.ts"
import { broken, refused } from "./refusing.ts"
import { Site } from "./Site.ts"

type Request_ = Omit<Asked, "caller">

const encodingOf = (request: Request): Asked["encoding"] => {
  const found = request.acceptsEncodings("br", "gzip", "identity")
  return found === "br" || found === "gzip" ? found : "identity"
}

let bytes = Buffer.alloc(0)
/** Fetched for many at once: asking the system for eight of them costs as much as for all of these. */
const eightBytes = (): Buffer => {
  if (bytes.length < 8) bytes = randomBytes(4096)
  const eight = bytes.subarray(0, 8)
  bytes = bytes.subarray(8)
  return eight
}
/** Eight letters that people can read out, as in order numbers. */
const requestId = (): string => orderNumber(eightBytes()).slice(3).replace("-", "")

const requestOf = (request: Request, secure: boolean): Request_ => ({
  id: requestId(),
  path: request.path,
  params: request.params,
  query: request.query,
  body: request.body,
  encoding: encodingOf(request),
  jar: openJar(request.headers.cookie, secure)
})

/**
 * Asks who it is, runs the handler, turns every end into a reply. A visitor adopted meanwhile is asked
 * again, as who they are now.
 */
const replyTo = Effect.fnUntraced(function* (route: Route, handler: Handler, request: Request_) {
  const site = yield* Site
  let caller: Caller = nobody
  const handled = Effect.gen(function* () {
    caller = route.knows ? yield* recognise(request.jar, request.path, route) : nobody
    return yield* handler({ ...request, caller })
  })
  const answered = handled.pipe(
    Effect.retry({ while: ({ _tag }) => _tag === "VisitorAdopted", times: 2 }),
    Effect.catch((refusal) => refused(route, request, refusal))
  )
  const render = (answer: typeof answered) =>
    Effect.map(answer, (found): Reply => reply(site, request, caller, found))
  return yield* render(answered).pipe(
    Effect.catchCause((cause) =>
      Cause.hasInterruptsOnly(cause) ? render(Effect.succeed(empty(499))) : render(broken(request.id, cause))
    ),
    Effect.catchCause(() => Effect.sync(() => reply(site, request, nobody, unavailable)))
  )
})

const write = (response: Response, { jar }: Request_, { body, headers, status }: Reply): void => {
  if (response.destroyed || response.headersSent) return
  response.status(status).set(headers)
  const cookies = jar.written()
  if (cookies.length > 0) response.append("Set-Cookie", [...cookies])
  if (body === null) response.end()
  else response.send(body)
}

const spanned = { kind: "server", root: true } as const

/**
 * The one bridge from Express's callbacks to the runtime. Whoever goes away while reading is no longer
 * worked for.
 */
export const makeBridge = (context: Context.Context<Services>, secure: boolean) => {
  const run = Effect.runForkWith(context)
  return (route: Route, handler: Handler): RequestHandler =>
    (incoming, response) => {
      const request = requestOf(incoming, secure)
      const program = Effect.gen(function* () {
        const begun = yield* Clock.monotonicTimeNanos
        const made = yield* replyTo(route, handler, request)
        const ms = Math.round(Number((yield* Clock.monotonicTimeNanos) - begun) / 1e6)
        yield* Effect.annotateLogs(Effect.logInfo("request"), { status: made.status, ms })
        return made
      }).pipe(
        Effect.scoped,
        Effect.annotateLogs({ route: route.path, method: incoming.method, request: request.id }),
        Effect.withSpan(`${incoming.method} ${route.path}`, spanned, { captureStackTrace: false })
      )
      const fiber = run(program)
      if (route.method === "get") response.once("close", () => fiber.interruptUnsafe())
      fiber.addObserver((exit) => {
        if (Exit.isSuccess(exit)) write(response, request, exit.value)
        else response.destroy()
      })
    }
}
export type Bridge = ReturnType<typeof makeBridge>
