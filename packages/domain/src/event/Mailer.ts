import { Context, Effect, Layer, Schema } from "effect"

/** Nobody took the letter: it is sent again later. */
export class MailFailed extends Schema.TaggedError<MailFailed>()("MailFailed", {
  /** For the operator, at most 200 characters; no address and nothing of the letter in it. */
  reason: Schema.String
}) {}

/** A letter, ready to be sent. Both bodies say the same. */
export interface Mail {
  /** The same letter again has the same id: receivers that know it already may drop it. */
  readonly id: string
  readonly to: string
  /** Who answers; null: whoever sends. */
  readonly replyTo: string | null
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Port: whoever brings letters. Within 5 seconds; sent once more when nobody knows whether it was taken. */
export class Mailer extends Context.Service<Mailer, { send(mail: Mail): Effect.Effect<void, MailFailed> }>()(
  "@rose-ash/cart-domain/event/Mailer"
) {
  /** Where no letters are sent. */
  static readonly none = Layer.succeed(Mailer, { send: () => Effect.void })
}
