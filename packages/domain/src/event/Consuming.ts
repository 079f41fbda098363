import { Context, Effect, Layer, Metric, Option, Schema } from "effect"
import type { EntryAnswer } from "../calendar/CalendarEntry.ts"
import { Adoption } from "../cart/Adoption.ts"
import { Forgetting } from "../checkout/Forgetting.ts"
import { Orders } from "../order/Orders.ts"
import { decide } from "../order/Transitions.ts"
import { hour, second } from "../time/Instant.ts"
import { pause } from "./Backoff.ts"
import { type ConsumedType, consumed, EntryTold, UserDeleted, UserLoggedIn } from "./Consumed.ts"
import { Inbox, type Received } from "./Inbox.ts"
import { Letters } from "./Letters.ts"

const lease = 30 * second
/** How many messages one pass takes, one after the other. Even on a slow store it ends within the lease. */
export const consumingMost = 10
/** When a person is forgotten who could not be yet: money of an order is open, and that may take days. */
const forgetAgain = hour

const handled = Metric.counter("cart_messages_handled_total", {
  description: "Messages of siblings, by kind and by what came of them",
  incremental: true
})
const counted = (type: string, outcome: string) =>
  Metric.update(Metric.withAttributes(handled, { type, outcome }), 1)

const isKnown = (type: string): type is ConsumedType => Object.hasOwn(consumed, type)
/** Kinds that nobody knows are counted as one: a sibling may make up as many as it likes. */
const kindOf = ({ message: { type } }: Received): string => (isKnown(type) ? type : "other")

/** What came of a message; with `again`, that it is to be acted on once more after so many milliseconds. */
interface Acted {
  readonly outcome: string
  readonly again?: number
}
type Acts = { readonly [T in ConsumedType]: (data: unknown) => Effect.Effect<Acted> }

const unreadable: Acted = { outcome: "unreadable" }
const reading =
  <A>(schema: Schema.Codec<A, unknown>, act: (told: A) => Effect.Effect<Acted>) =>
  (data: unknown): Effect.Effect<Acted> =>
    Option.match(Schema.decodeUnknownOption(schema)(data), {
      onNone: () => Effect.succeed(unreadable),
      onSome: act
    })

const acts = Effect.gen(function* () {
  const [adoption, forgetting, letters, orders] = [
    yield* Adoption,
    yield* Forgetting,
    yield* Letters,
    yield* Orders
  ]
  const answered = (answer: EntryAnswer) =>
    reading(EntryTold, ({ entry_id: entryId, order_id }) =>
      orders.modify(order_id, decide({ _tag: "EntryAnswered", entryId, answer })).pipe(
        // A letter that nobody takes is tried again with the message.
        Effect.tap((order) => Effect.orDie(letters.ofAnswer(order, entryId))),
        Effect.as({ outcome: "answered" }),
        // Nothing to do about either: an order or a place that was never ours.
        Effect.catchTag("OrderNotFound", () => Effect.succeed({ outcome: "order_unknown" })),
        Effect.catch(() => Effect.succeed({ outcome: "entry_unknown" }))
      )
    )
  const by: Acts = {
    "user.logged_in": reading(UserLoggedIn, ({ session, user_id }) =>
      Effect.map(adoption.loggedIn(user_id, session), (outcome) => ({ outcome }))
    ),
    "user.deleted": reading(UserDeleted, ({ user_id }) =>
      Effect.map(forgetting.forget(user_id), (waiting) =>
        waiting === 0 ? { outcome: "forgotten" } : { outcome: "money_open", again: forgetAgain }
      )
    ),
    "entry.confirmed": answered("confirmed"),
    "entry.declined": answered("declined"),
    "entry.cancelled": answered("cancelled")
  }
  return by
})

/** Use case: acts on what siblings told. A message that cannot be read is put aside, not tried for ever. */
export class Consuming extends Context.Service<Consuming>()("@rose-ash/cart-domain/event/Consuming", {
  make: Effect.gen(function* () {
    const inbox = yield* Inbox
    const by = yield* acts

    const act = ({ message: { data, type } }: Received): Effect.Effect<Acted> =>
      isKnown(type) ? by[type](data) : Effect.succeed({ outcome: "not_for_us" })

    const handle = (received: Received): Effect.Effect<void> =>
      act(received).pipe(
        Effect.tap(({ again, outcome }) =>
          again === undefined ? inbox.handled(received, outcome) : inbox.later(received, again)
        ),
        Effect.flatMap(({ outcome }) => counted(kindOf(received), outcome)),
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
