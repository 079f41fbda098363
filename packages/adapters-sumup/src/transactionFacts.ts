import type { TransactionFacts } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Schema } from "effect"
import type { SumUpTransaction } from "./SumUpTransaction.ts"
import { minorOf } from "./wireMoney.ts"

const isInstant = Schema.is(Instant)

/** Refunds count once they are through: pending and failed ones have moved nothing. */
const through = { REFUND: ["REFUNDED", "SUCCESSFUL", "PAID_OUT", "RECONCILED"] } as const

type Event = NonNullable<SumUpTransaction["transaction_events"]>[number]

const isRefund = ({ event_type, status }: Event): boolean =>
  event_type === "REFUND" && through.REFUND.some((good) => good === status)
const isChargeback = ({ event_type, status }: Event): boolean =>
  event_type === "CHARGE_BACK" && status !== "FAILED"

/** Minor units of what these events moved; undefined when one of them is no exact amount. */
const sum = (events: ReadonlyArray<Event>, currency: string): number | undefined => {
  const amounts = events.map(({ amount }) => minorOf(amount, currency))
  let total = 0
  for (const amount of amounts) {
    if (amount === undefined) return undefined
    total += amount
  }
  return total
}

/** The ledger's word on a transaction, events included; undefined without exact amounts and a time. */
export const transactionFacts = (transaction: SumUpTransaction): TransactionFacts | undefined => {
  const { amount, client_transaction_id, currency, foreign_transaction_id, id, timestamp } = transaction
  const events = transaction.transaction_events ?? []
  const minor = minorOf(amount, currency)
  const refunded = sum(events.filter(isRefund), currency)
  const chargedBack = sum(events.filter(isChargeback), currency)
  const at = Date.parse(timestamp ?? "")
  if (minor === undefined || refunded === undefined || chargedBack === undefined || !isInstant(at)) {
    return undefined
  }
  const reference = foreign_transaction_id ?? client_transaction_id ?? null
  return { transactionId: id, reference, minor, currency, refunded, chargedBack, at }
}
