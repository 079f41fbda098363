import { Effect, Equal, Hash } from "effect"
import type { Input } from "../order/Input.ts"
import type { Order } from "../order/Order.ts"
import type { Observation } from "../payment/Observation.ts"
import type { PaymentAttempt } from "../payment/PaymentAttempt.ts"
import type { Asking, PaymentProvider, ProviderFailure } from "../payment/PaymentProvider.ts"

/** What the provider is asked with. */
export const asking = (order: Order, attempt: PaymentAttempt): Asking => ({
  attempt,
  pageId: order.pageId,
  number: order.number,
  pageName: order.pageName
})

/** Two questions about the same attempt are one. */
export class ReadKey implements Equal.Equal {
  readonly asking: Asking
  constructor(asked: Asking) {
    this.asking = asked
  }
  [Equal.symbol](that: Equal.Equal): boolean {
    return that instanceof ReadKey && that.asking.attempt.id === this.asking.attempt.id
  }
  [Hash.symbol](): number {
    return Hash.string(this.asking.attempt.id)
  }
}

/** The provider knows no page of an attempt that never learned of one. */
const isUnmade = ({ providerId }: PaymentAttempt, failure: ProviderFailure): boolean =>
  providerId === null && failure._tag === "PaymentProviderUnavailable" && failure.why === "not_found"

/** No answer changes nothing, but for an attempt of which nobody can ever have seen a page. */
export const unanswered = (attempt: PaymentAttempt, failure: ProviderFailure): Input => ({
  _tag: isUnmade(attempt, failure) ? "NeverMade" : "Unreadable",
  attemptId: attempt.id
})

/**
 * Closes a page. One that was never made is made first: only a page that is closed can surely not be paid.
 */
export const closePage = (
  provider: PaymentProvider["Service"],
  asked: Asking
): Effect.Effect<Observation, ProviderFailure> =>
  Effect.catchIf(
    provider.deactivate(asked),
    (failure) => isUnmade(asked.attempt, failure),
    (failure) =>
      Effect.flatMap(provider.open(asked), ({ providerId }) =>
        provider.deactivate({ ...asked, attempt: { ...asked.attempt, providerId } })
      ).pipe(Effect.mapError(() => failure))
  )
