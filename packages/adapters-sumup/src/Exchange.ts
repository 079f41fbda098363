import { createHash } from "node:crypto"
import { second } from "@rose-ash/cart-domain/time/Instant"
import { Cause, Clock, Effect, Exit, Metric, Option, Redacted, Schema, Stream } from "effect"
import { FetchHttpClient, HttpClient, HttpClientRequest, type HttpClientResponse } from "effect/http"
import { failure, type SumUpFailure } from "./SumUpFailure.ts"
import { hasWords, statusFailure } from "./statusFailure.ts"

/** No answer is longer, counted after decompression. */
const bodyMost = 256_000
/** What a key may consist of: anything else is no header, and `fetch` would say it aloud in its error. */
const keyShape = /^[\x21-\x7e]{1,500}$/u

/** One question to SumUp. */
export interface Question {
  /** What the log and the metrics call it. */
  readonly call: string
  readonly method: "GET" | "POST" | "DELETE"
  /** From the root, ids encoded, no trailing slash. */
  readonly path: string
  readonly body?: Schema.Json
}

/** An answer that cannot be read, by call and reason. */
const unreadable = Metric.counter("sumup_unreadable_answers_total", {
  description: "Answers of SumUp that could not be read or made no sense; nothing was concluded from them",
  incremental: true
})

/** How long calls take, in seconds, by call and by what came of them. */
const duration = Metric.histogram("sumup_call_duration_seconds", {
  description: "Time from asking SumUp to its answer",
  boundaries: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
})

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex").slice(0, 16)

/** Counts it and leaves a trace of it that tells two bodies apart, and nothing of what they say. */
export const garbled = Effect.fnUntraced(function* (call: string, why: string, bytes?: Uint8Array) {
  yield* Metric.update(Metric.withAttributes(unreadable, { call, why }), 1)
  yield* Effect.logWarning("SumUp's answer cannot be read", {
    call,
    why,
    ...(bytes === undefined ? {} : { bytes: bytes.length, digest: digest(bytes) })
  })
  return yield* failure("garbled")
})

interface Body {
  readonly bytes: Uint8Array
  readonly flaw: "oversize" | "cut" | null
}

const nothing: Body = { bytes: new Uint8Array(), flaw: null }
const textOf = ({ bytes }: Body): string => Buffer.from(bytes).toString("utf8")

/** The body, as far as it came and no further than the limit. */
const bodyOf = Effect.fnUntraced(function* ({ stream }: HttpClientResponse.HttpClientResponse) {
  const chunks: Array<Uint8Array> = []
  let size = 0
  const flaw = yield* Stream.runForEach(stream, (chunk) => {
    chunks.push(chunk)
    size += chunk.byteLength
    return size > bodyMost ? Effect.fail("oversize" as const) : Effect.void
  }).pipe(
    Effect.as(null),
    Effect.catch((error) => {
      if (error === "oversize") return Effect.succeed(error)
      return Effect.succeed(error.reason._tag === "EmptyBodyError" ? null : ("cut" as const))
    })
  )
  const body: Body = { bytes: Buffer.concat(chunks), flaw }
  return body
})

const requestOf = (baseUrl: string, { body, method, path }: Question) => {
  const request = HttpClientRequest.make(method)(`${baseUrl}${path}`).pipe(
    HttpClientRequest.accept("application/problem+json, application/json")
  )
  return body === undefined
    ? request
    : HttpClientRequest.bodyText(request, JSON.stringify(body), "application/json")
}

/**
 * The key travels beside the request, not in it: spans and errors hold requests.
 * A redirect is an answer like any other, and no good one: followed, it would take the key along.
 */
const withKey =
  (key: Redacted.Redacted) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    effect.pipe(
      Effect.provideService(FetchHttpClient.RequestInit, {
        redirect: "manual",
        headers: { authorization: `Bearer ${Redacted.value(key)}` }
      }),
      Effect.provideService(HttpClient.TracerPropagationEnabled, false)
    )

/** A body decoded by a schema of texts. Nothing of it, and nothing a schema says about it, is kept. */
const decoded = <A>(call: string, schema: Schema.Codec<A, string>, body: Body) => {
  const { bytes, flaw } = body
  if (flaw !== null) return garbled(call, flaw, bytes)
  const read = Schema.decodeOption(schema)(textOf(body))
  return Option.isSome(read) ? Effect.succeed(read.value) : garbled(call, "shape", bytes)
}

const troubleIn = (cause: Cause.Cause<SumUpFailure>): string =>
  Option.match(Cause.findErrorOption(cause), {
    onNone: () => "interrupted",
    onSome: ({ trouble }) => trouble
  })

/** The status of an answer, once there is one. */
interface Heard {
  status: number | null
}

/** How long a call took and how it ended; of failures only what kind they were. */
const observed =
  (call: string, heard: Heard) =>
  <A, R>(asked: Effect.Effect<A, SumUpFailure, R>): Effect.Effect<A, SumUpFailure, R> =>
    Effect.flatMap(Clock.currentTimeMillis, (startedAt) =>
      Effect.onExit(asked, (exit) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          const outcome = Exit.isSuccess(exit) ? "answered" : troubleIn(exit.cause)
          const took = now - startedAt
          return Effect.andThen(
            Metric.update(Metric.withAttributes(duration, { call, outcome }), took / second),
            Effect.logDebug("SumUp was asked", { call, outcome, ms: took, ...heard })
          )
        })
      )
    )

/**
 * Asks once. Fails with what the status means, and with `silent` when headers and body have not come within
 * so many milliseconds. The answer's schema is one of texts: `Schema.String` where the status says it all.
 */
export type Exchange = <A>(
  question: Question,
  answer: Schema.Codec<A, string>,
  by: { readonly key: Redacted.Redacted; readonly within: number }
) => Effect.Effect<A, SumUpFailure>

/** `baseUrl` without a trailing slash. */
export const makeExchange = (baseUrl: string): Effect.Effect<Exchange, never, HttpClient.HttpClient> =>
  Effect.map(HttpClient.HttpClient, (client) => {
    // Its scope closed, a call is over: whatever is still on the way is cut off.
    const scoped = HttpClient.withScope(client)
    const ask = Effect.fnUntraced(function* <A>(
      question: Question,
      answer: Schema.Codec<A, string>,
      key: Redacted.Redacted,
      heard: Heard
    ) {
      const { call } = question
      if (!keyShape.test(Redacted.value(key))) return yield* failure("key")
      const response = yield* scoped.execute(requestOf(baseUrl, question)).pipe(
        withKey(key),
        Effect.mapError(() => failure("silent"))
      )
      const { status } = response
      heard.status = status
      if (status >= 200 && status < 300) return yield* decoded(call, answer, yield* bodyOf(response))
      const words = hasWords(status) ? yield* bodyOf(response) : nothing
      const error = statusFailure(response, textOf(words), yield* Clock.currentTimeMillis)
      return yield* error.trouble === "garbled" ? garbled(call, "status") : error
    }, Effect.scoped)
    return (question, answer, { key, within }) =>
      Effect.suspend(() => {
        const heard: Heard = { status: null }
        return ask(question, answer, key, heard).pipe(
          Effect.timeoutOrElse({ duration: within, orElse: () => Effect.fail(failure("silent")) }),
          observed(question.call, heard)
        )
      })
  })
