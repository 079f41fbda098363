import { ProviderStatus } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { line } from "@rose-ash/cart-domain/text/Text"
import { Schema } from "effect"

/** SumUp's ids, as we put them into paths again. */
export const SumUpId = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-][A-Za-z0-9._:-]{0,99}$/u))
/** Major units. */
export const Amount = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))
/** An ISO 4217 code, of our list or not. */
export const CurrencyCode = Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/u))

/** What may be left out, or be there without a value. */
export const maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

/** Money that came. */
const Successful = Schema.Struct({
  status: Schema.Literal("SUCCESSFUL"),
  id: SumUpId,
  amount: Amount,
  currency: CurrencyCode
})
/** Tries that brought no money. */
const Other = Schema.Struct({ status: Schema.Literals(["CANCELLED", "FAILED", "PENDING", "REFUNDED"]) })

/**
 * SumUp's checkout as we insist on it: its document lets every key be absent. Other keys are ignored.
 * `transactions` may be absent: then nothing proves a payment, which the order takes for "not yet".
 */
export const SumUpCheckout = Schema.Struct({
  id: SumUpId,
  checkout_reference: line(90),
  amount: Amount,
  currency: CurrencyCode,
  merchant_code: line(64),
  status: ProviderStatus,
  transactions: maybe(Schema.Array(Schema.Union([Successful, Other]))),
  transaction_id: maybe(SumUpId),
  hosted_checkout_url: maybe(Schema.String),
  merchant_sandbox: maybe(Schema.Boolean)
})
export type SumUpCheckout = typeof SumUpCheckout.Type
export type SuccessfulTransaction = typeof Successful.Type

/** What a checkout is made with. Exactly these keys are sent. */
export interface SumUpCheckoutRequest {
  readonly checkout_reference: string
  /** Major units. */
  readonly amount: number
  readonly currency: string
  readonly merchant_code: string
  readonly description: string
  /** Where SumUp calls when something happened. */
  readonly return_url: string
  /** Where the buyer goes back to. */
  readonly redirect_url: string
  /** ISO 8601 in UTC. */
  readonly valid_until: string
  readonly hosted_checkout: { readonly enabled: true }
}
