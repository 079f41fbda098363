import { sign } from "@rose-ash/cart-client/events/Signature"
import { CloudEvent, cloudEvent, type Told } from "@rose-ash/cart-domain/event/CloudEvent"
import { SubscriberFailed, Subscribers } from "@rose-ash/cart-domain/event/Subscribers"
import { Clock, Duration, Effect, Layer, type Redacted, Schema, Stream } from "effect"
import {
  FetchHttpClient,
  HttpClient,
  type HttpClientError,
  HttpClientRequest,
  type HttpClientResponse
} from "effect/http"

/**
 * A service elsewhere that is told of everything, and the keys it knows: two while one replaces the other.
 */
export interface Subscriber {
  readonly name: string
  readonly url: string
  readonly keys: ReadonlyArray<Redacted.Redacted>
}

/** A whole delivery, answer included. */
const patience = Duration.seconds(5)
/** An answer says it all by its status; whoever says more is not listened to. */
const answerMost = 65_536

const failed = (reason: string) => new SubscriberFailed({ reason })
const encode = Schema.encodeSync(Schema.fromJsonString(CloudEvent))

const isEmpty = (error: SubscriberFailed | HttpClientError.HttpClientError): boolean =>
  error._tag === "HttpClientError" && error.reason._tag === "EmptyBodyError"

/** Takes the answer in, so that its connection is free again. */
const drained = (response: HttpClientResponse.HttpClientResponse) => {
  let size = 0
  return Stream.runForEach(response.stream, (chunk) => {
    size += chunk.byteLength
    return size > answerMost ? Effect.fail(failed("answered too much")) : Effect.void
  }).pipe(
    Effect.catchIf(isEmpty, () => Effect.void),
    Effect.mapError((error) => (error._tag === "SubscriberFailed" ? error : failed("answer broke off")))
  )
}

/** Over HTTP: CloudEvents 1.0 as JSON, signed as Standard Webhooks say. Nobody is followed elsewhere. */
export const layer = (
  publicUrl: string,
  subscribers: ReadonlyArray<Subscriber>,
  within: Duration.Duration = patience
): Layer.Layer<Subscribers> =>
  Layer.effect(
    Subscribers,
    Effect.map(HttpClient.HttpClient, (client) => {
      // Its scope closed, a delivery is over: whatever is still on the way is cut off.
      const scoped = HttpClient.withScope(client)
      const known = new Map(subscribers.map((one) => [one.name, one]))

      const post = Effect.fnUntraced(function* ({ keys, url }: Subscriber, event: Told) {
        const body = encode(cloudEvent(publicUrl, event))
        const timestamp = Math.floor((yield* Clock.currentTimeMillis) / 1000)
        const request = HttpClientRequest.post(url).pipe(
          HttpClientRequest.setHeaders(sign(keys, { id: event.id, timestamp, body })),
          HttpClientRequest.bodyText(body, "application/cloudevents+json")
        )
        const response = yield* Effect.mapError(scoped.execute(request), () => failed("not reachable"))
        yield* drained(response)
        if (response.status < 200 || response.status > 299)
          return yield* failed(`answered ${response.status}`)
      }, Effect.scoped)

      return Subscribers.of({
        names: subscribers.map(({ name }) => name),
        deliver: (name, event) => {
          const subscriber = known.get(name)
          if (subscriber === undefined) return Effect.fail(failed("no such subscriber"))
          return post(subscriber, event).pipe(
            Effect.timeoutOrElse({ duration: within, orElse: () => Effect.fail(failed("took too long")) }),
            Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" })
          )
        }
      })
    })
  ).pipe(Layer.provide(FetchHttpClient.layer))
