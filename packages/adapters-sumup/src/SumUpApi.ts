import { second } from "@rose-ash/cart-domain/time/Instant"
import { type Effect, Schema } from "effect"
import type { Question } from "./Exchange.ts"
import type { Caller, SumUpCalls } from "./SumUpCalls.ts"
import { SumUpCheckout, type SumUpCheckoutRequest } from "./SumUpCheckout.ts"
import type { SumUpFailure } from "./SumUpFailure.ts"
import { SumUpHistoryPage, SumUpMerchant, SumUpTransaction } from "./SumUpTransaction.ts"

/** A call that may have been done unseen leaves time to look. */
const creatingMost = 3 * second
const deactivatingMost = 2.5 * second

type Answer<A> = Effect.Effect<A, SumUpFailure>

/** The operations of SumUp's document that are used, in its words. */
export interface SumUpApi {
  create(by: Caller, request: SumUpCheckoutRequest): Answer<SumUpCheckout>
  read(by: Caller, checkoutId: string): Answer<SumUpCheckout>
  list(by: Caller, reference: string): Answer<ReadonlyArray<SumUpCheckout>>
  /** What became of it a read tells, not this answer. */
  deactivate(by: Caller, checkoutId: string): Answer<unknown>
  /** The caller's own merchant; `not_found` when the key is not of it. */
  merchant(by: Caller): Answer<SumUpMerchant>
  transaction(by: Caller, transactionId: string): Answer<SumUpTransaction>
  /** Newest last. `since`: ISO 8601, or the query of the page before's `next` link. */
  history(by: Caller, from: { readonly since: string } | { readonly next: string }): Answer<SumUpHistoryPage>
  /** Not idempotent: never asked twice without looking. `amount` in major units; null: all that is left. */
  refund(by: Caller, transactionId: string, amount: number | null): Answer<unknown>
}

const checkout = Schema.fromJsonString(SumUpCheckout)
const checkouts = Schema.fromJsonString(Schema.Array(SumUpCheckout))
const merchant = Schema.fromJsonString(SumUpMerchant)
const transaction = Schema.fromJsonString(SumUpTransaction)
const historyPage = Schema.fromJsonString(SumUpHistoryPage)

const get = (call: string, path: string): Question => ({ call, method: "GET", path })
const checkoutPath = (id: string): string => `/v0.1/checkouts/${encodeURIComponent(id)}`
const merchantPath = (version: string, { merchantCode }: Caller): string =>
  `/${version}/merchants/${encodeURIComponent(merchantCode)}`

const historyPerPage = 100
/** SumUp's `next` link carries the whole query, ours included; only its parameters are taken over. */
const historyQuery = (from: { readonly since: string } | { readonly next: string }): string =>
  "next" in from
    ? new URLSearchParams(from.next).toString()
    : new URLSearchParams({
        changes_since: from.since,
        limit: String(historyPerPage),
        order: "ascending"
      }).toString()

const refundPath = (by: Caller, transactionId: string): string =>
  `${merchantPath("v1.0", by)}/payments/${encodeURIComponent(transactionId)}/refunds`

export const makeSumUpApi = ({ again, once }: SumUpCalls): SumUpApi => ({
  create: (by, request) =>
    once(
      by,
      { call: "open", method: "POST", path: "/v0.1/checkouts", body: { ...request } },
      checkout,
      creatingMost
    ),
  read: (by, id) => again(by, get("read", checkoutPath(id)), checkout),
  list: (by, reference) =>
    again(by, get("list", `/v0.1/checkouts?checkout_reference=${encodeURIComponent(reference)}`), checkouts),
  deactivate: (by, id) =>
    once(
      by,
      { call: "deactivate", method: "DELETE", path: checkoutPath(id) },
      Schema.String,
      deactivatingMost
    ),
  merchant: (by) => again(by, get("merchant", merchantPath("v1", by)), merchant),
  transaction: (by, id) =>
    again(
      by,
      get("transaction", `${merchantPath("v2.1", by)}/transactions?id=${encodeURIComponent(id)}`),
      transaction
    ),
  history: (by, from) =>
    again(
      by,
      get("history", `${merchantPath("v2.1", by)}/transactions/history?${historyQuery(from)}`),
      historyPage
    ),
  refund: (by, id, amount) =>
    once(
      by,
      {
        call: "refund",
        method: "POST",
        path: refundPath(by, id),
        ...(amount === null ? {} : { body: { amount } })
      },
      Schema.String
    )
})
