import { Context, Effect, Layer } from "effect"
import { second } from "../time/Instant.ts"
import { pause } from "./Backoff.ts"
import { cloudEvent } from "./CloudEvent.ts"
import { type Delivery, Events } from "./Events.ts"
import { type SubscriberFailed, Subscribers } from "./Subscribers.ts"

const atOnce = 8
const most = 100
const lease = 30 * second

/**
 * Use case: tells subscribers what the outbox holds, of each order in order. A slow subscriber holds up only
 * itself.
 */
export class Relay extends Context.Service<Relay>()("@rose-ash/cart-domain/event/Relay", {
  make: Effect.gen(function* () {
    const events = yield* Events
    const subscribers = yield* Subscribers

    const postponed = Effect.fnUntraced(function* (delivery: Delivery, { reason }: SubscriberFailed) {
      const after = yield* pause(delivery.tries)
      if (after === null) yield* Effect.logError("event is dead", { event: delivery.event.id })
      yield* events.failed(delivery, reason, after)
    })

    const tell = (delivery: Delivery): Effect.Effect<void> =>
      subscribers.deliver(delivery.consumer, cloudEvent(delivery.event)).pipe(
        Effect.andThen(events.delivered(delivery)),
        Effect.catchTag("SubscriberFailed", (failed) => postponed(delivery, failed))
      )

    /** One pass over every subscriber. Returns how many deliveries were due. */
    const pass = Effect.fn("Relay.pass")(function* () {
      const due = yield* Effect.forEach(
        subscribers.names,
        (name) =>
          Effect.tap(events.claim(name, most, lease), (deliveries) =>
            Effect.forEach(deliveries, tell, { concurrency: atOnce, discard: true })
          ),
        { concurrency: "unbounded" }
      )
      return due.reduce((sum, deliveries) => sum + deliveries.length, 0)
    })

    return { pass } as const
  })
}) {
  static readonly layer = Layer.effect(Relay, Relay.make)
}
