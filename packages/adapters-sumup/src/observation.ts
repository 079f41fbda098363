import { type Captured, isAbout, type Observation } from "@rose-ash/cart-domain/payment/Observation"
import type { Asking } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Url } from "@rose-ash/cart-domain/text/Text"
import { Result, Schema } from "effect"
import type { SuccessfulTransaction, SumUpCheckout } from "./SumUpCheckout.ts"
import { minorOf } from "./wireMoney.ts"

/** Why an answer that decodes is still none: it contradicts itself, or it is about something else. */
export type Nonsense = "amount" | "transactions" | "facts" | "pay page"

const isUrl = Schema.is(Url)

/**
 * Whether buyers may be sent to an address: it is of one of these origins. `https://*.sumup.com` stands for
 * every host below, as in a Content-Security-Policy.
 */
const isPayPage =
  (origins: ReadonlyArray<string>) =>
  (text: string): boolean => {
    const url = isUrl(text) ? URL.parse(text) : null
    if (url === null || url.username !== "" || url.password !== "") return false
    return origins.some((origin) =>
      origin.startsWith("https://*.")
        ? url.protocol === "https:" && url.port === "" && url.hostname.endsWith(origin.slice(9))
        : url.origin === origin
    )
  }

const capturedOf = ({ amount, currency, id }: SuccessfulTransaction): Result.Result<Captured, Nonsense> => {
  const minor = minorOf(amount, currency)
  return minor === undefined ? Result.fail("amount") : Result.succeed({ transactionId: id, minor, currency })
}

/** Every successful transaction once; the same one told in two ways is nonsense. */
const allCaptured = ({ transactions }: SumUpCheckout): Result.Result<ReadonlyArray<Captured>, Nonsense> => {
  const byId = new Map<string, Captured>()
  for (const transaction of transactions ?? []) {
    if (transaction.status !== "SUCCESSFUL") continue
    const captured = capturedOf(transaction)
    if (Result.isFailure(captured)) return Result.fail(captured.failure)
    const { currency, minor, transactionId } = captured.success
    const known = byId.get(transactionId)
    if (known !== undefined && (known.minor !== minor || known.currency !== currency)) {
      return Result.fail("transactions")
    }
    byId.set(transactionId, captured.success)
  }
  return Result.succeed([...byId.values()])
}

/**
 * SumUp's checkout in our words, as it was told. Money that differs from what was asked is told too; a
 * checkout that differs without being paid says nothing about the attempt. An address buyers must not be
 * sent to is left out.
 */
export const observation = (
  asking: Asking,
  via: Observation["via"],
  checkout: SumUpCheckout,
  payOrigins: ReadonlyArray<string>
): Result.Result<Observation, Nonsense> => {
  const minor = minorOf(checkout.amount, checkout.currency)
  const captured = allCaptured(checkout)
  if (minor === undefined) return Result.fail("amount")
  if (Result.isFailure(captured)) return Result.fail(captured.failure)
  const url = checkout.hosted_checkout_url ?? null
  const seen: Observation = {
    attemptId: asking.attempt.id,
    via,
    status: checkout.status,
    reference: checkout.checkout_reference,
    providerId: checkout.id,
    merchantCode: checkout.merchant_code,
    minor,
    currency: checkout.currency,
    transactionId: checkout.transaction_id ?? null,
    captured: captured.success,
    payUrl: url !== null && isPayPage(payOrigins)(url) ? url : null
  }
  return seen.status === "PAID" || isAbout(asking.attempt, seen) ? Result.succeed(seen) : Result.fail("facts")
}
