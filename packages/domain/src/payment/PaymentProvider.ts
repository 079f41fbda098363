import { Context, type Effect, type Option, Schema } from "effect"
import { type AttemptId, OrderNumber, PageId } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import type { Captured, Observation } from "./Observation.ts"
import type { PaymentAttempt } from "./PaymentAttempt.ts"

/** What the provider is told about an attempt. */
export interface Asking {
  readonly attempt: PaymentAttempt
  readonly pageId: PageId
  /** For the description the buyer reads, and the address the buyer comes back to. */
  readonly number: OrderNumber
  readonly pageName: string
}

/** The provider is silent, busy or unreadable: nothing is known, nothing may change. Worth asking again. */
export class PaymentProviderUnavailable extends Schema.TaggedError<PaymentProviderUnavailable>()(
  "PaymentProviderUnavailable",
  {
    /** `busy`: asked too often, or this seller's calls are held back. */
    why: Schema.Literals(["silent", "busy", "unreadable", "not_found"]),
    /** Milliseconds to wait at least, when the provider said so. */
    retryAfter: Schema.NullOr(Schema.Int),
    /** The order that stays saved all the same. */
    number: Schema.optionalKey(OrderNumber)
  }
) {}

/** The provider answered, and this seller cannot be paid as configured. Asking again changes nothing. */
export class PaymentProviderRefused extends Schema.TaggedError<PaymentProviderRefused>()(
  "PaymentProviderRefused",
  {
    pageId: PageId,
    /**
     * `key`: wrong, revoked or of another account. `account`: not allowed to take payments. `request`: not
     * accepted.
     */
    why: Schema.Literals(["key", "account", "request"]),
    /** The order that stays saved all the same. */
    number: Schema.optionalKey(OrderNumber)
  }
) {}

/** What the provider's ledger says of one transaction. Amounts in minor units. */
export interface TransactionFacts {
  readonly transactionId: string
  readonly reference: string | null
  readonly minor: number
  readonly currency: string
  readonly refunded: number
  readonly chargedBack: number
  readonly at: Instant
}

/** A transaction, and the attempt it came by: whose key opens it. */
export interface Taken {
  readonly asking: Asking
  readonly transactionId: string
}

export type ProviderFailure = PaymentProviderUnavailable | PaymentProviderRefused

/**
 * Port: whoever takes the money. Every call is made with the key of the attempt's own page and merchant,
 * outside any
 * transaction, within 5 seconds. Answers are facts; what follows from them is decided by the order.
 */
export class PaymentProvider extends Context.Service<
  PaymentProvider,
  {
    /**
     * Makes the payment page. Idempotent by the attempt's reference: asked again, the same page is found
     * again.
     */
    open(asking: Asking): Effect.Effect<Observation, ProviderFailure>
    /** What became of it. A live attempt whose page was never made is looked for by its reference. */
    read(asking: Asking): Effect.Effect<Observation, ProviderFailure>
    /** Closes the page, then reads: the answer may well be PAID. */
    deactivate(asking: Asking): Effect.Effect<Observation, ProviderFailure>
    /** What the ledger says of a transaction, with what was paid back of it. */
    transaction(taken: Taken): Effect.Effect<TransactionFacts, ProviderFailure>
    /**
     * Pays back that much of it, in its own currency. Not idempotent: after `PaymentProviderUnavailable` it
     * may have been done, and only `transaction` tells; after `PaymentProviderRefused` it was not.
     */
    refund(taken: Taken, amount: Pick<Captured, "minor" | "currency">): Effect.Effect<void, ProviderFailure>
    /** The attempt that a webhook's secret path speaks of; none for a path nobody was given. */
    hint(token: string): Option.Option<AttemptId>
  }
>()("@rose-ash/cart-domain/payment/PaymentProvider") {}
