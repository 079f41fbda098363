import { Context, Effect, Layer, Metric, Schema } from "effect"
import { Adoption } from "../cart/Adoption.ts"
import { second } from "../time/Instant.ts"
import { pause } from "./Backoff.ts"
import { UserLoggedIn } from "./Consumed.ts"
import { Inbox, type Received } from "./Inbox.ts"

const lease = 30 * second
/** How many messages one pass takes, one after the other. Even on a slow store it ends within the lease. */
export const consumingMost = 10

const handled = Metric.counter("cart_messages_handled_total", {
  description: "Messages of siblings, by kind and by what came of them",
  incremental: true
})
const counted = (type: string, outcome: string) =>
  Metric.update(Metric.withAttributes(handled, { type, outcome }), 1)

/** Kinds that nobody knows are counted as one: a sibling may make up as many as it likes. */
const kindOf = ({ message: { type } }: Received): string => (type === "user.logged_in" ? type : "other")

/** Use case: acts on what siblings told. A message that cannot be read is put aside, not tried for ever. */
export class Consuming extends Context.Service<Consuming>()("@rose-ash/cart-domain/event/Consuming", {
  make: Effect.gen(function* () {
    const inbox = yield* Inbox
    const adoption = yield* Adoption

    const act = Effect.fnUntraced(function* ({ message }: Received) {
      if (message.type !== "user.logged_in") return "not_for_us"
      const told = Schema.decodeUnknownOption(UserLoggedIn)(message.data)
      if (told._tag === "None") return "unreadable"
      return yield* adoption.loggedIn(told.value.user_id, told.value.session)
    })

    const handle = (received: Received): Effect.Effect<void> =>
      act(received).pipe(
        Effect.tap((outcome) => inbox.handled(received, outcome)),
        Effect.flatMap((outcome) => counted(kindOf(received), outcome)),
        Effect.catchCause((cause) =>
          Effect.gen(function* () {
            yield* Effect.logError("message not handled", { type: received.message.type }, cause)
            const after = yield* pause(received.tries)
            yield* inbox.failed(received, "defect", after)
            yield* counted(kindOf(received), after === null ? "dead" : "failed")
          })
        )
      )

    /** One pass. Returns how many messages were waiting. */
    const pass = Effect.fn("Consuming.pass")(function* () {
      const waiting = yield* inbox.claim(consumingMost, lease)
      yield* Effect.forEach(waiting, handle, { discard: true })
      return waiting.length
    })

    return { pass } as const
  })
}) {
  static readonly layer = Layer.effect(Consuming, Consuming.make)
}
