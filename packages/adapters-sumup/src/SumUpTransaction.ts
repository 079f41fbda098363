import { line } from "@rose-ash/cart-domain/text/Text"
import { Schema } from "effect"
import { Amount, CurrencyCode, maybe, SumUpId } from "./SumUpCheckout.ts"

/** What happened to a payment later. A checkout never shows it. */
const Event = Schema.Struct({
  event_type: Schema.Literals(["PAYOUT", "REFUND", "CHARGE_BACK", "PAYOUT_DEDUCTION"]),
  status: Schema.Literals([
    "FAILED",
    "PAID_OUT",
    "PENDING",
    "RECONCILED",
    "REFUNDED",
    "SCHEDULED",
    "SUCCESSFUL"
  ]),
  amount: Amount
})

const Status = Schema.Literals(["SUCCESSFUL", "CANCELLED", "FAILED", "PENDING", "REFUNDED"])
const Moment = Schema.String.check(
  Schema.isPattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/u)
)

/** One transaction with its later life. */
export const SumUpTransaction = Schema.Struct({
  id: SumUpId,
  amount: Amount,
  currency: CurrencyCode,
  status: Status,
  timestamp: maybe(Moment),
  merchant_code: maybe(line(64)),
  foreign_transaction_id: maybe(line(200)),
  client_transaction_id: maybe(line(200)),
  transaction_events: maybe(Schema.Array(Event))
})
export type SumUpTransaction = typeof SumUpTransaction.Type

/** A line of a merchant's history: payments, and refunds and chargebacks as lines of their own. */
const HistoryItem = Schema.Struct({
  transaction_id: SumUpId,
  amount: Amount,
  currency: CurrencyCode,
  status: Schema.Literals(["SUCCESSFUL", "CANCELLED", "FAILED", "PENDING", "REFUNDED", "CHARGE_BACK"]),
  type: Schema.Literals(["PAYMENT", "REFUND", "CHARGE_BACK"]),
  timestamp: maybe(Moment),
  client_transaction_id: maybe(line(200)),
  refunded_amount: maybe(Amount)
})

/** One page of it; the link called `next` is a bare query string. */
export const SumUpHistoryPage = Schema.Struct({
  items: Schema.Array(HistoryItem),
  links: maybe(Schema.Array(Schema.Struct({ rel: Schema.String, href: line(2000) })))
})
export type SumUpHistoryPage = typeof SumUpHistoryPage.Type

/** Whom a key belongs to. */
export const SumUpMerchant = Schema.Struct({
  merchant_code: line(64),
  country: line(2),
  default_currency: CurrencyCode,
  sandbox: maybe(Schema.Boolean)
})
export type SumUpMerchant = typeof SumUpMerchant.Type
