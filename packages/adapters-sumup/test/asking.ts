import { randomUUID } from "node:crypto"
import { money } from "@rose-ash/cart-domain/money/Money"
import type { SellerKey } from "@rose-ash/cart-domain/page/SellerKeys"
import type { Observation } from "@rose-ash/cart-domain/payment/Observation"
import type { PaymentAttempt } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import type { Asking } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { AttemptId, OrderNumber } from "@rose-ash/cart-domain/text/Ids"
import { Instant, minute } from "@rose-ash/cart-domain/time/Instant"

/** A question about a new attempt of this seller. */
export const askingOf = (seller: SellerKey, attempt: Partial<PaymentAttempt> = {}): Asking => ({
  pageId: seller.pageId,
  number: OrderNumber.make("RA-7K4M-Q2XD"),
  pageName: "Ash Bakery",
  attempt: {
    id: AttemptId.make(randomUUID()),
    number: 1,
    amount: money(1240, "GBP"),
    merchantCode: seller.merchantCode,
    credentialId: seller.credentialId,
    state: "created",
    providerId: null,
    payUrl: null,
    createdAt: Instant.make(Date.now()),
    validUntil: Instant.make(Date.now() + 30 * minute),
    lastRead: null,
    lastReadAt: null,
    unprovenSince: null,
    closedAt: null,
    ...attempt
  }
})

/** The same attempt, once its page is known. */
export const opened = (asking: Asking, seen: Observation): Asking => ({
  ...asking,
  attempt: { ...asking.attempt, state: "open", providerId: seen.providerId, payUrl: seen.payUrl }
})
