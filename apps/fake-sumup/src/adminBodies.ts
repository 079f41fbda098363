import type { Checkout } from "./Checkout.ts"
import { wireTime } from "./Clock.ts"
import type { FaultRule } from "./Faults.ts"
import type { JsonObject } from "./json.ts"
import type { Merchant } from "./Merchants.ts"
import { exponentOf } from "./money.ts"
import type { Provider } from "./Provider.ts"
import { chargedBack, refunded, type Transaction } from "./Transaction.ts"
import type { Delivery } from "./Webhooks.ts"

/** What a merchant took and gave back, in minor units; `balance` = captured − refunded − charged back. */
export interface Balance {
  readonly merchant: Merchant
  readonly captured: number
  readonly refunded: number
  readonly chargedBack: number
  readonly balance: number
}

/** The balance of each merchant, from every transaction that succeeded. */
export const balances = ({ ledger, merchants }: Provider): ReadonlyArray<Balance> => {
  const sums = new Map<string, { captured: number; refunded: number; chargedBack: number }>()
  for (const transaction of ledger.transactions()) {
    if (transaction.status !== "SUCCESSFUL") continue
    const sum = sums.get(transaction.merchantCode) ?? { captured: 0, refunded: 0, chargedBack: 0 }
    sum.captured += transaction.amount
    sum.refunded += refunded(transaction)
    sum.chargedBack += chargedBack(transaction)
    sums.set(transaction.merchantCode, sum)
  }
  return merchants.list().map((merchant) => {
    const sum = sums.get(merchant.code) ?? { captured: 0, refunded: 0, chargedBack: 0 }
    return { merchant, ...sum, balance: sum.captured - sum.refunded - sum.chargedBack }
  })
}

const balanceBody = ({ merchant, captured, refunded, chargedBack, balance }: Balance): JsonObject => ({
  merchant_code: merchant.code,
  currency: merchant.currency,
  exponent: exponentOf(merchant.currency),
  captured_minor: captured,
  refunded_minor: refunded,
  charged_back_minor: chargedBack,
  balance_minor: balance
})

const checkoutEntry = (checkout: Checkout): JsonObject => ({
  id: checkout.id,
  merchant_code: checkout.merchantCode,
  checkout_reference: checkout.reference,
  amount_minor: checkout.amount,
  currency: checkout.currency,
  status: checkout.status,
  deactivated: checkout.deactivated,
  created_at: wireTime(checkout.createdAt),
  transaction_ids: checkout.transactionIds
})

const transactionEntry = (transaction: Transaction): JsonObject => ({
  id: transaction.id,
  transaction_code: transaction.code,
  checkout_id: transaction.checkoutId,
  merchant_code: transaction.merchantCode,
  checkout_reference: transaction.reference,
  amount_minor: transaction.amount,
  currency: transaction.currency,
  status: transaction.status,
  at: wireTime(transaction.at)
})

const refundEntries = (transaction: Transaction): ReadonlyArray<JsonObject> =>
  transaction.movements
    .filter(({ type }) => type !== "PAYOUT")
    .map((movement) => ({
      id: movement.id,
      transaction_id: transaction.id,
      merchant_code: transaction.merchantCode,
      checkout_reference: transaction.reference,
      type: movement.type,
      status: movement.status,
      amount_minor: movement.amount,
      currency: transaction.currency,
      by: movement.by,
      at: wireTime(movement.at)
    }))

/** The provider's books, whole or one merchant's; the truth that invariants are held against. */
export const ledgerBody = (provider: Provider, merchantCode: string | undefined): JsonObject => {
  const mine = (one: { readonly merchantCode: string }) =>
    merchantCode === undefined || one.merchantCode === merchantCode
  const checkouts = [...provider.ledger.checkouts()].filter(mine)
  const transactions = [...provider.ledger.transactions()].filter(mine)
  const sums = balances(provider).filter(({ merchant }) => mine({ merchantCode: merchant.code }))
  return {
    merchants: sums.map(balanceBody),
    checkouts: checkouts.map(checkoutEntry),
    transactions: transactions.map(transactionEntry),
    refunds: transactions.flatMap(refundEntries)
  }
}

export const ruleBody = ({ id, fault, match, with: given, times, fired }: FaultRule): JsonObject => ({
  id,
  fault,
  match: { ...match },
  with: given,
  times,
  fired
})

export const deliveryBody = (delivery: Delivery): JsonObject => ({
  id: delivery.id,
  checkout_id: delivery.checkoutId,
  merchant_code: delivery.merchant,
  checkout_reference: delivery.reference,
  url: delivery.url,
  body: delivery.body,
  state: delivery.state,
  faults: delivery.faults,
  tries: delivery.tries.map(({ at, ms, result }) => ({ at: wireTime(at), ms, result })),
  next_at: delivery.nextAt === undefined ? null : wireTime(delivery.nextAt)
})

/** A merchant without its keys: only how each ends. */
export const merchantEntry = ({ code, name, country, currency, sandbox, keys }: Merchant): JsonObject => ({
  merchant_code: code,
  name,
  country,
  default_currency: currency,
  sandbox,
  keys: keys.map((key) => `…${key.slice(-4)}`)
})

export const clockBody = ({ clock }: Provider): JsonObject => ({
  now: wireTime(clock.now()),
  offset_s: clock.offset() / 1000,
  scale: clock.scale()
})
