import { second } from "@rose-ash/cart-domain/time/Instant"
import { Option, Schema } from "effect"
import { failure, type SumUpFailure, type Trouble } from "./SumUpFailure.ts"

/** Longer waits than this are not believed: the sweep asks again anyway. */
const retryAfterMost = 60 * second

/** The two shapes of a refusal that decide something; others exist and say nothing more than their status. */
const Refusal = Schema.fromJsonString(
  Schema.Struct({ error_code: Schema.optionalKey(Schema.String), type: Schema.optionalKey(Schema.String) })
)
const decodeRefusal = Schema.decodeUnknownOption(Refusal)

/** A 403 of the account itself, and not of a firewall on the way, which is none of the account's fault. */
const isOfAccount = (text: string): boolean =>
  Option.match(decodeRefusal(text), {
    onNone: () => false,
    onSome: ({ error_code, type }) =>
      error_code === "FORBIDDEN" || type?.endsWith("/problem/forbidden") === true
  })

const troubles: { readonly [status: number]: Trouble } = {
  401: "key",
  404: "not_found",
  408: "failed",
  409: "conflict",
  425: "busy",
  429: "busy"
}

const troubleOf = (status: number, text: string): Trouble => {
  if (status >= 500) return "failed"
  if (status < 400) return "garbled"
  if (status === 403) return isOfAccount(text) ? "account" : "busy"
  return troubles[status] ?? "request"
}

export interface Head {
  readonly status: number
  readonly headers: { readonly [name: string]: string | undefined }
}

/** Milliseconds that `Retry-After` asks for. A date is measured by the sender's own clock, right or wrong. */
const retryAfterOf = ({ headers }: Head, now: number): number | null => {
  const text = headers["retry-after"]?.trim()
  if (text === undefined) return null
  const sentAt = Date.parse(headers["date"] ?? "")
  const wait = /^\d{1,9}$/u.test(text)
    ? Number(text) * second
    : Date.parse(text) - (Number.isNaN(sentAt) ? now : sentAt)
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), retryAfterMost)
}

/** Whether the body of this status is looked at: only where it decides something. */
export const hasWords = (status: number): boolean => status === 403

/** What an answer that is no success means: the status first, then the body. */
export const statusFailure = (head: Head, text: string, now: number): SumUpFailure => {
  const trouble = troubleOf(head.status, text)
  return failure(trouble, trouble === "busy" || trouble === "failed" ? retryAfterOf(head, now) : null)
}
