import { wireTime } from "./Clock.ts"
import type { JsonObject } from "./json.ts"
import type { Merchant } from "./Merchants.ts"
import { exponentOf } from "./money.ts"
import type { Provider } from "./Provider.ts"
import { chargedBack, refunded, type Transaction } from "./Transaction.ts"

const words = new Map([
  ["reference", "checkout_reference"],
  ["code", "transaction_code"],
  ["amount", "amount_minor"]
])

/** What is kept, in the provider's own words: amounts in minor units, moments as it writes them. */
const entry = (kept: object): JsonObject =>
  Object.fromEntries(
    Object.entries(kept).map(([key, value]) => [
      words.get(key) ?? key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      /^at$|At$/.test(key) ? wireTime(value) : value
    ])
  )

/** What one merchant took and gave back, in minor units: captured − refunded − charged back = balance. */
const balance = (merchant: Merchant, all: ReadonlyArray<Transaction>): JsonObject => {
  const { default_currency: currency, merchant_code } = merchant
  const paid = all.filter((one) => one.status === "SUCCESSFUL" && one.merchantCode === merchant_code)
  const sum = (minor: (one: Transaction) => number) => paid.reduce((total, one) => total + minor(one), 0)
  const [captured_minor, refunded_minor] = [sum(({ amount }) => amount), sum(refunded)]
  const charged_back_minor = sum(chargedBack)
  const balance_minor = captured_minor - refunded_minor - charged_back_minor
  const sums = { captured_minor, refunded_minor, charged_back_minor, balance_minor }
  return { merchant_code, currency, exponent: exponentOf(currency), ...sums }
}

/** The provider's books, whole or one merchant's; the truth that invariants are held against. */
export const ledgerBody = ({ ledger, merchants }: Provider, merchantCode?: string) => {
  const isMeant = (code: string) => code === (merchantCode ?? code)
  const transactions = [...ledger.transactions()].filter((one) => isMeant(one.merchantCode))
  const refunds = transactions.flatMap(
    ({ currency, id: transactionId, merchantCode, movements, reference }) =>
      movements
        .filter(({ type }) => type !== "PAYOUT")
        .map((movement) => entry({ ...movement, transactionId, merchantCode, reference, currency }))
  )
  return {
    merchants: merchants
      .list()
      .filter(({ merchant_code }) => isMeant(merchant_code))
      .map((merchant) => balance(merchant, transactions)),
    checkouts: [...ledger.checkouts()]
      .filter((one) => isMeant(one.merchantCode))
      .map(({ before: _, ...checkout }) => entry(checkout)),
    transactions: transactions.map(({ movements: _, ...transaction }) => entry(transaction)),
    refunds
  }
}
