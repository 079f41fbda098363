import { toMajor } from "@rose-ash/cart-domain/money/Money"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import type { Asking } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { tidy } from "@rose-ash/cart-domain/text/Text"
import type { HintTokens } from "./HintToken.ts"
import type { SumUpCheckoutRequest } from "./SumUpCheckout.ts"
import { type SumUpConfig, withoutSlash } from "./SumUpConfig.ts"

/** SumUp's own limit is unknown; others cut at 128. */
const descriptionMost = 100

/** "Ash Bakery order RA-7K4M-Q2XD": a long name is cut, the number never, no character in half. */
const descriptionOf = ({ number, pageName }: Asking): string => {
  const order = ` order ${number}`
  return `${tidy(descriptionMost - order.length, pageName)}${order}`
}

/** What SumUp is asked to take: the same for an attempt every time. */
export const checkoutRequest = (
  { publicUrl }: SumUpConfig,
  hints: HintTokens,
  asking: Asking
): SumUpCheckoutRequest => {
  const { attempt, number } = asking
  const base = withoutSlash(publicUrl)
  return {
    checkout_reference: reference(attempt.id),
    amount: toMajor(attempt.amount),
    currency: attempt.amount.currency,
    merchant_code: attempt.merchantCode,
    description: descriptionOf(asking),
    return_url: `${base}/webhooks/sumup/${hints.of(attempt.id)}`,
    redirect_url: `${base}/orders/${encodeURIComponent(number)}/return`,
    valid_until: new Date(attempt.validUntil).toISOString(),
    hosted_checkout: { enabled: true }
  }
}
