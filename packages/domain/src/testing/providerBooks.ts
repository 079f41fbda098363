import { HashMap } from "effect"
import type { Captured, Observation } from "../payment/Observation.ts"
import { type ProviderStatus, reference } from "../payment/PaymentAttempt.ts"
import type { Asking, TransactionFacts } from "../payment/PaymentProvider.ts"
import type { Instant } from "../time/Instant.ts"

/** A payment page as the provider keeps it, by its reference. It knows nothing of attempts. */
export interface PaymentPage {
  readonly id: string
  readonly reference: string
  readonly merchantCode: string
  readonly minor: number
  readonly currency: string
  readonly validUntil: Instant
  readonly status: ProviderStatus
  readonly payUrl: string
  readonly captured: ReadonlyArray<Captured>
}

/** The provider's own books: what it was asked for and what it took. */
export interface Books {
  readonly pages: HashMap.HashMap<string, PaymentPage>
  readonly transactions: ReadonlyArray<TransactionFacts & { readonly merchantCode: string }>
  readonly serial: number
}

export const blank: Books = { pages: HashMap.empty(), transactions: [], serial: 0 }

export const pageOf = (books: Books, of: string): PaymentPage | undefined => {
  const found = HashMap.get(books.pages, of)
  return found._tag === "Some" ? found.value : undefined
}

const put = (books: Books, page: PaymentPage): Books => ({
  ...books,
  pages: HashMap.set(books.pages, page.reference, page)
})

/** Makes the page of a reference, once: asked again, the first one stands. */
export const opened = (books: Books, { attempt }: Asking): Books => {
  const named = reference(attempt.id)
  if (pageOf(books, named) !== undefined) return books
  const serial = books.serial + 1
  const page: PaymentPage = {
    id: `checkout-${serial}`,
    reference: named,
    merchantCode: attempt.merchantCode,
    minor: attempt.amount.minor,
    currency: attempt.amount.currency,
    validUntil: attempt.validUntil,
    status: "PENDING",
    payUrl: `https://pay.example/c-${serial}`,
    captured: []
  }
  return put({ ...books, serial }, page)
}

/** EXPIRED, unless it was paid. */
export const closed = (books: Books, of: string): Books => {
  const page = pageOf(books, of)
  return page === undefined || page.status === "PAID" ? books : put(books, { ...page, status: "EXPIRED" })
}

/** The last card was refused; another may work. */
export const declined = (books: Books, of: string): Books => {
  const page = pageOf(books, of)
  return page?.status === "PENDING" ? put(books, { ...page, status: "FAILED" }) : books
}

export interface Money {
  readonly minor?: number
  readonly currency?: string
}

/** Takes money on a page, open or not; the transaction is in the ledger for ever. */
export const paid = (books: Books, page: PaymentPage, of: Money & { readonly at: Instant }): Books => {
  const serial = books.serial + 1
  const { currency = page.currency, minor = page.minor } = of
  const captured: Captured = { transactionId: `transaction-${serial}`, minor, currency }
  const facts = {
    ...captured,
    reference: page.reference,
    merchantCode: page.merchantCode,
    refunded: 0,
    chargedBack: 0,
    at: of.at
  }
  const next = { ...page, status: "PAID" as const, captured: [...page.captured, captured] }
  return put({ ...books, serial, transactions: [...books.transactions, facts] }, next)
}

/** What the provider says of a page when asked by that call. */
export const answer = (page: PaymentPage, { attempt }: Asking, via: Observation["via"]): Observation => ({
  attemptId: attempt.id,
  via,
  status: page.status,
  reference: page.reference,
  providerId: page.id,
  merchantCode: page.merchantCode,
  minor: page.minor,
  currency: page.currency,
  transactionId: page.captured[0]?.transactionId ?? null,
  captured: page.captured,
  payUrl: page.payUrl
})

export const transactionOf = ({ transactions }: Books, id: string) =>
  transactions.find(({ transactionId }) => transactionId === id)
/** Minor units that can still be paid back. */
export const leftOf = (books: Books, id: string): number => {
  const found = transactionOf(books, id)
  return found === undefined ? 0 : found.minor - found.refunded
}
export const refunded = (books: Books, id: string, minor: number): Books => ({
  ...books,
  transactions: books.transactions.map((one) =>
    one.transactionId === id ? { ...one, refunded: one.refunded + minor } : one
  )
})
