import {
  PaymentProviderRefused,
  PaymentProviderUnavailable,
  type ProviderFailure
} from "@rose-ash/cart-domain/payment/PaymentProvider"
import type { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Data } from "effect"

/**
 * Why a call brought nothing.
 * `silent`: no answer in time, or the connection broke. `failed`: 5xx. `garbled`: an answer nobody can read.
 * After these three the call may have been done all the same; after any other it was not.
 * `busy`: asked too often, or blocked on the way. `held`: not sent, this seller's calls are held back.
 * `key`, `account`, `request`: refused for good. `conflict`: 409, what it means depends on the call.
 */
export type Trouble =
  | "silent"
  | "failed"
  | "garbled"
  | "busy"
  | "held"
  | "key"
  | "account"
  | "request"
  | "not_found"
  | "conflict"

/** One call that brought nothing. `retryAfter`: milliseconds to wait at least, when SumUp said so. */
export class SumUpFailure extends Data.TaggedError("SumUpFailure")<{
  readonly trouble: Trouble
  readonly retryAfter: number | null
}> {}

export const failure = (trouble: Trouble, retryAfter: number | null = null): SumUpFailure =>
  new SumUpFailure({ trouble, retryAfter })

/** Whether the call may have been done although nothing came back. */
export const isUnknown = ({ trouble }: SumUpFailure): boolean =>
  trouble === "silent" || trouble === "failed" || trouble === "garbled"

/** Whether the same question may well be answered a moment later. */
export const isPassing = ({ trouble }: SumUpFailure): boolean =>
  trouble === "silent" || trouble === "failed" || trouble === "busy"

const unavailable = {
  silent: "silent",
  failed: "busy",
  busy: "busy",
  held: "busy",
  garbled: "unreadable",
  conflict: "unreadable",
  not_found: "not_found"
} as const

/** The failure in the words of the port. */
export const toPort =
  (pageId: PageId) =>
  ({ retryAfter, trouble }: SumUpFailure): ProviderFailure =>
    trouble === "key" || trouble === "account" || trouble === "request"
      ? new PaymentProviderRefused({ pageId, why: trouble })
      : new PaymentProviderUnavailable({
          why: unavailable[trouble],
          retryAfter: retryAfter === null ? null : Math.ceil(retryAfter)
        })
