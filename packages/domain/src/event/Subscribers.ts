import { Context, type Effect, Schema } from "effect"
import type { Told } from "./CloudEvent.ts"

/** The subscriber did not take the event: it is told again later. */
export class SubscriberFailed extends Schema.TaggedError<SubscriberFailed>()("SubscriberFailed", {
  /** For the operator, at most 500 characters, nothing of the subscriber's body in it. */
  reason: Schema.String
}) {}

/** Port: who is told by us, over whatever wire they listen on. Telling twice must do no harm to them. */
export class Subscribers extends Context.Service<
  Subscribers,
  {
    /** Their names in the outbox. */
    readonly names: ReadonlyArray<string>
    /** Within 5 seconds. */
    deliver(name: string, event: Told): Effect.Effect<void, SubscriberFailed>
  }
>()("@rose-ash/cart-domain/event/Subscribers") {}
