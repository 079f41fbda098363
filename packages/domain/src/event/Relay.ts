import { Context, Effect, Layer, Metric } from "effect"
import { second } from "../time/Instant.ts"
import { pause } from "./Backoff.ts"
import { type Delivery, Events } from "./Events.ts"
import { Subscribers } from "./Subscribers.ts"

const atOnce = 8
/** How much one pass takes. Even when every delivery waits its 5 seconds, it ends within the lease. */
export const relayMost = 32
const lease = 30 * second

const told = Metric.counter("cart_events_told_total", {
  description: "Tries to tell a subscriber of an event, by subscriber and by what came of it",
  incremental: true
})
const counted = (consumer: string, outcome: "delivered" | "failed" | "dead") =>
  Metric.update(Metric.withAttributes(told, { consumer, outcome }), 1)

/** Use case: tells subscribers what the outbox holds, of each order in order. */
export class Relay extends Context.Service<Relay>()("@rose-ash/cart-domain/event/Relay", {
  make: Effect.gen(function* () {
    const events = yield* Events
    const subscribers = yield* Subscribers

    const postponed = Effect.fnUntraced(function* (delivery: Delivery, reason: string) {
      const { consumer, event, tries } = delivery
      const after = yield* pause(tries)
      yield* events.failed(delivery, reason, after)
      yield* counted(consumer, after === null ? "dead" : "failed")
      if (after === null) yield* Effect.logError("event is dead", { event: event.id, consumer })
      return false
    })

    const tell = (delivery: Delivery): Effect.Effect<boolean> =>
      subscribers.deliver(delivery.consumer, delivery.event).pipe(
        Effect.map(() => null),
        Effect.catchTag("SubscriberFailed", ({ reason }) => Effect.succeed(reason)),
        Effect.catchDefect((defect) =>
          Effect.as(Effect.logError("event not told", { event: delivery.event.id }, defect), "our own fault")
        ),
        Effect.flatMap((reason) =>
          reason === null
            ? Effect.as(
                Effect.andThen(events.delivered(delivery), counted(delivery.consumer, "delivered")),
                true
              )
            : postponed(delivery, reason)
        )
      )

    /**
     * One pass for one subscriber: a slow one holds up only itself. Returns how many events it took; one that
     * takes nothing is left alone for a while, however much waits for it.
     */
    const pass = Effect.fn("Relay.pass")(function* (name: string) {
      const due = yield* events.claim(name, relayMost, lease)
      const taken = yield* Effect.forEach(due, tell, { concurrency: atOnce })
      return taken.filter((one) => one).length
    })

    return { names: subscribers.names, pass } as const
  })
}) {
  static readonly layer = Layer.effect(Relay, Relay.make)
}
