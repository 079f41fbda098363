import { Context, Effect, Layer } from "effect"
import type { Order } from "../order/Order.ts"
import type { EntryId } from "../text/Ids.ts"
import type { Told } from "./CloudEvent.ts"
import type { MailFailed } from "./Mailer.ts"

/** Port: what buyers are told by letter, in whatever words. What concerns nobody is nothing. */
export class Letters extends Context.Service<
  Letters,
  {
    /** Of what happened to an order: paid, paid back, late money, ended. */
    ofEvent(event: Told): Effect.Effect<void, MailFailed>
    /** Of the organiser's word on a place of theirs. */
    ofAnswer(order: Order, entryId: EntryId): Effect.Effect<void, MailFailed>
  }
>()("@rose-ash/cart-domain/event/Letters") {
  /** Where no letters are written. */
  static readonly none = Layer.succeed(Letters, { ofEvent: () => Effect.void, ofAnswer: () => Effect.void })
}
