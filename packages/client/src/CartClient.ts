import { createHash } from "node:crypto"
import { Clock, Data, Duration, Effect, Predicate, Redacted } from "effect"
import { FetchHttpClient, HttpClient, HttpClientRequest, HttpClientResponse } from "effect/http"
import { HttpApiClient, HttpApiMiddleware } from "effect/http-api"
import { CartApi, Heard, ServiceKey } from "./contract/CartApi.ts"
import type { EntrySheet, OrderSheet } from "./contract/OrderSheet.ts"
import { Summary } from "./contract/Summary.ts"
import type { MessageName, messages, SiblingName } from "./events/SiblingMessage.ts"
import { sign } from "./events/Signature.ts"

/** How this service is known to the cart, and how the cart is found. Addresses without a last slash. */
export interface CartOptions {
  /** Where people find the cart. */
  readonly url: string
  /** Where this service calls it, when that is another address. */
  readonly internalUrl?: string
  /** This service's key: the newer one while two are alive. */
  readonly key: string
  /** Milliseconds for a whole call, answer included; 300 unless told otherwise. */
  readonly deadline?: number
  /** Who this service is when it tells the cart something, and the keys it signs with. */
  readonly tells?: { readonly as: SiblingName; readonly keys: ReadonlyArray<string> }
}

/** An answer, or why there is none. No call ever rejects. */
export type Answer<A> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly why: "not_found" | "refused" | "unavailable" }

/** For whom: the session cookie as the browser sent it, or who is logged in by the auth service's id. */
export interface Whose {
  readonly session?: string | undefined
  readonly customer?: string | undefined
}

/**
 * Something that happened here and that the cart should hear of: its name here, its kind, and what it says.
 */
export type Happening = {
  [T in MessageName]: { readonly id: string; readonly type: T; readonly data: (typeof messages)[T]["Type"] }
}[MessageName]

/** The cart service, as a sibling calls it. */
export interface Cart {
  /** Where people find it. */
  readonly url: string
  summary(of: Whose): Promise<Answer<Summary>>
  order(id: string): Promise<Answer<OrderSheet>>
  entries(orderId: string): Promise<Answer<ReadonlyArray<EntrySheet>>>
  /** `before`: it had been told. Whatever is not `ok` is to be told again later, under the same id. */
  tell(happening: Happening): Promise<Answer<"now" | "before">>
}

const usualDeadline = 300

/** What the cart knows a session cookie by: the cookie itself goes to nobody. */
export const sessionDigest = (cookie: string): string => createHash("sha256").update(cookie).digest("hex")

class Refused extends Data.TaggedError("Refused") {}
class Unavailable extends Data.TaggedError("Unavailable") {}

const whyOf = (error: unknown): Extract<Answer<never>, { readonly ok: false }>["why"] => {
  if (Predicate.isTagged(error, "NotFound")) return "not_found"
  const isRefusal = ["Refused", "Unauthorized", "Forbidden", "Malformed", "TooLarge"].some((tag) =>
    Predicate.isTagged(error, tag)
  )
  return isRefusal ? "refused" : "unavailable"
}

/** Ends within the deadline, whatever the cart, the network or the answer is like. */
const answered = <A, E>(deadline: number, call: Effect.Effect<A, E>): Promise<Answer<A>> =>
  Effect.runPromise(
    call.pipe(
      Effect.timeout(Duration.millis(deadline)),
      Effect.map((value): Answer<A> => ({ ok: true, value })),
      Effect.catch((error) => Effect.succeed<Answer<A>>({ ok: false, why: whyOf(error) })),
      Effect.catchCause(() => Effect.succeed<Answer<A>>({ ok: false, why: "unavailable" }))
    )
  )

/** A redirect is no answer: the key would go along to wherever it leads. */
const network = FetchHttpClient.layer

const headersOf = ({ customer, session }: Whose) => ({
  ...(session === undefined ? {} : { "cart-session": sessionDigest(session) }),
  ...(customer === undefined ? {} : { "cart-customer": customer })
})

const readSummary = HttpClientResponse.schemaBodyJson(Summary)
const readHeard = HttpClientResponse.schemaBodyJson(Heard)

/** What an answer says when it is one. */
const read = <A, E>(
  response: HttpClientResponse.HttpClientResponse,
  body: (response: HttpClientResponse.HttpClientResponse) => Effect.Effect<A, E>
): Effect.Effect<A, E | Refused | Unavailable> => {
  if (response.status === 200 || response.status === 202) return body(response)
  return response.status >= 400 && response.status < 500
    ? Effect.fail(new Refused())
    : Effect.fail(new Unavailable())
}

const telling = Effect.fnUntraced(function* ({ internalUrl, tells, url }: CartOptions, happening: Happening) {
  const http = yield* HttpClient.HttpClient
  const { id } = happening
  const source = `/${tells?.as ?? ""}`
  const body = JSON.stringify({
    specversion: "1.0",
    source,
    datacontenttype: "application/json",
    ...happening
  })
  const timestamp = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  const keys = (tells?.keys ?? []).map((key) => Redacted.make(key))
  const request = HttpClientRequest.post(`${internalUrl ?? url}/internal/events`).pipe(
    HttpClientRequest.setHeaders(sign(keys, { id, timestamp, body })),
    HttpClientRequest.bodyText(body, "application/cloudevents+json")
  )
  return (yield* read(yield* http.execute(request), readHeard)).heard
})

/** The cart service. Opens nothing: there is nothing to close. */
export const makeCart = (options: CartOptions): Cart => {
  const { deadline = usualDeadline, internalUrl, key, url } = options
  const withKey = HttpApiMiddleware.layerClient(ServiceKey, ({ next, request }) =>
    next(HttpClientRequest.bearerToken(request, key))
  )
  const api = HttpApiClient.make(CartApi, { baseUrl: internalUrl ?? url }).pipe(Effect.provide(withKey))
  const call = <A, E>(
    act: (client: Effect.Success<typeof api>) => Effect.Effect<A, E, HttpClient.HttpClient>
  ): Promise<Answer<A>> =>
    answered(
      deadline,
      Effect.flatMap(api, act).pipe(
        Effect.provide(network),
        Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" })
      )
    )
  return {
    url,
    summary: (of) =>
      call((client) =>
        Effect.flatMap(
          client.carts.summary({ headers: headersOf(of), responseMode: "response-only" }),
          (response) => read(response, readSummary)
        )
      ),
    order: (id) => call((client) => client.orders.order({ params: { id } })),
    entries: (id) => call((client) => client.orders.entries({ params: { id } })),
    tell: (happening) => call(() => telling(options, happening))
  }
}
