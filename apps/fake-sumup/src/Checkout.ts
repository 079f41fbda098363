import { wireTime } from "./Clock.ts"
import type { JsonObject } from "./json.ts"
import { type Merchant, payToEmail, userId } from "./Merchants.ts"
import { type Currency, toMajor } from "./money.ts"
import type { Transaction } from "./Transaction.ts"
import { transactionInCheckout } from "./transactionBodies.ts"

type CheckoutStatus = "PENDING" | "FAILED" | "PAID" | "EXPIRED"

/** How a checkout stood from a moment on: its status and how many transactions it had. */
export interface Standing {
  readonly at: number
  readonly status: CheckoutStatus
  readonly transactions: number
}

/** What a merchant asked to be paid; amount in minor units, times in ms of the provider's clock. */
export interface Checkout {
  readonly id: string
  readonly merchantCode: string
  readonly reference: string
  readonly amount: number
  readonly currency: Currency
  readonly description: string | undefined
  readonly returnUrl: string | undefined
  readonly redirectUrl: string | undefined
  readonly validUntil: number | undefined
  readonly customerId: string | undefined
  readonly purpose: string
  readonly hosted: boolean
  readonly createdAt: number
  /** How wrong the provider's clock was when it was created (a fault), ms. */
  readonly skewMs: number
  readonly status: CheckoutStatus
  /** Ended by the merchant's own DELETE. */
  readonly deactivated: boolean
  readonly transactionIds: ReadonlyArray<string>
  readonly standings: ReadonlyArray<Standing>
}

/** Half an hour after it was created the hosted page takes no more cards. */
const pageSessionMs = 30 * 60_000

export const pageSessionEndsAt = (checkout: Checkout): number => checkout.createdAt + pageSessionMs

/** How it stood at a time; before its creation, as it was created. */
export const standingAt = (checkout: Checkout, time: number): Standing | undefined =>
  checkout.standings.findLast(({ at }) => at <= time) ?? checkout.standings[0]

/** The checkout moved on at this time. */
export const moved = (
  checkout: Checkout,
  at: number,
  change: Partial<Pick<Checkout, "status" | "deactivated" | "transactionIds">>
): Checkout => {
  const next = { ...checkout, ...change }
  const standing = { at, status: next.status, transactions: next.transactionIds.length }
  return { ...next, standings: [...checkout.standings, standing] }
}

export interface CheckoutView {
  readonly checkout: Checkout
  readonly merchant: Merchant
  readonly transactions: ReadonlyArray<Transaction>
  readonly publicUrl: string
}

/** The address of the page where it is paid. */
export const pagePath = (checkoutId: string): string => `/pay/c-${checkoutId}`

const paidWith = (transactions: ReadonlyArray<Transaction>): JsonObject => {
  const paying = transactions.find(({ status }) => status === "SUCCESSFUL")
  return paying === undefined ? {} : { transaction_code: paying.code, transaction_id: paying.id }
}

const optional = ({ checkout, publicUrl }: CheckoutView): JsonObject => ({
  customer_id: checkout.customerId,
  description: checkout.description,
  hosted_checkout: checkout.hosted ? { enabled: true } : undefined,
  hosted_checkout_url: checkout.hosted ? `${publicUrl}${pagePath(checkout.id)}` : undefined,
  redirect_url: checkout.redirectUrl,
  return_url: checkout.returnUrl,
  valid_until: checkout.validUntil === undefined ? undefined : wireTime(checkout.validUntil)
})

/** A checkout as the API answers it, now or as it once stood. */
export const checkoutBody = (view: CheckoutView, standing?: Standing): JsonObject => {
  const { checkout, merchant } = view
  const status = standing?.status ?? checkout.status
  const transactions = view.transactions.slice(0, standing?.transactions ?? view.transactions.length)
  return {
    ...optional(view),
    ...(status === "PAID" ? paidWith(transactions) : {}),
    amount: toMajor(checkout.amount, checkout.currency),
    checkout_reference: checkout.reference,
    checkout_type: "checkout",
    currency: checkout.currency,
    date: wireTime(checkout.createdAt + checkout.skewMs),
    id: checkout.id,
    merchant_code: checkout.merchantCode,
    merchant_country: merchant.country,
    merchant_name: merchant.name,
    merchant_sandbox: merchant.sandbox ? true : undefined,
    pay_to_email: payToEmail(merchant),
    purpose: checkout.purpose,
    status,
    transactions: transactions.map(transactionInCheckout),
    user_id: userId(merchant)
  }
}
