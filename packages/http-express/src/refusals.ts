import type { Shopping } from "@rose-ash/cart-domain/cart/Shopping"
import type { Attending } from "@rose-ash/cart-domain/checkout/Attending"
import type { Checkout } from "@rose-ash/cart-domain/checkout/Checkout"
import type { Restoring } from "@rose-ash/cart-domain/checkout/Restoring"
import type { Orders } from "@rose-ash/cart-domain/order/Orders"
import type { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { type Context, type Effect, Schema } from "effect"

/** Nothing that a form of ours sends. */
export class BadRequest extends Schema.TaggedError<BadRequest>()("BadRequest", {}) {}
/** More bytes than any form of ours has. */
export class TooLarge extends Schema.TaggedError<TooLarge>()("TooLarge", {}) {}
/** A form of another origin. */
export class ForeignForm extends Schema.TaggedError<ForeignForm>()("ForeignForm", {}) {}
/** Asked too often; `seconds` until it may be tried again. */
export class TooMany extends Schema.TaggedError<TooMany>()("TooMany", { seconds: Schema.Int }) {}
/** No such address, or not with this method. */
export class NotFound extends Schema.TaggedError<NotFound>()("NotFound", {
  /** Methods that the address knows; none for an unknown address. */
  allow: Schema.Array(Schema.String)
}) {}
/** Not an e-mail address; `typed` is what it was. */
export class EmailMalformed extends Schema.TaggedError<EmailMalformed>()("EmailMalformed", {
  typed: Schema.String
}) {}
/** The provider did not say that the payment page is closed, so the order cannot end. */
export class NotCancelled extends Schema.TaggedError<NotCancelled>()("NotCancelled", {}) {}

/** The provider does not say what became of the money, so nothing is decided on it. */
export class NotRead extends Schema.TaggedError<NotRead>()("NotRead", {}) {}

type FailureOf<F> = F extends (...args: never) => Effect.Effect<unknown, infer E, unknown>
  ? E
  : F extends Effect.Effect<unknown, infer E, unknown>
    ? E
    : never
type FailuresOf<S> = { [K in keyof S]: FailureOf<S[K]> }[keyof S]
type Shape<S> = Context.Service.Shape<S>

/** Everything a route may be refused: whatever its use cases refuse, and what the web itself does. */
export type Refusal =
  | FailuresOf<Shape<typeof Shopping>>
  | FailuresOf<Shape<typeof Checkout>>
  | FailuresOf<Shape<typeof Attending>>
  | FailuresOf<Shape<typeof Restoring>>
  | FailuresOf<Pick<Shape<typeof Orders>, "find" | "list" | "waiting">>
  | FailuresOf<Pick<Shape<typeof PageConfigs>, "get">>
  | BadRequest
  | EmailMalformed
  | ForeignForm
  | NotCancelled
  | NotFound
  | NotRead
  | TooLarge
  | TooMany
