import { Clock, Effect } from "effect"
import { money } from "../money/Money.ts"
import { newAttempt } from "../order/Order.ts"
import type { PaymentAttempt } from "../payment/PaymentAttempt.ts"
import { type Asking, PaymentProvider } from "../payment/PaymentProvider.ts"
import { AttemptId, OrderNumber } from "../text/Ids.ts"
import { Instant } from "../time/Instant.ts"
import { fresh } from "./acting.ts"
import { ProviderSeeds, type SellerSeed } from "./ProviderSeeds.ts"

/** What the contract of the payment port stands on. */
export type Needs = PaymentProvider | ProviderSeeds

/** An attempt that was written down a moment ago: the provider has not heard of it. */
export const asking = Effect.fnUntraced(function* ({ pageId, seller }: SellerSeed, minor = 1240) {
  const now = Instant.make(yield* Clock.currentTimeMillis)
  const { currency, minor: total } = money(minor, "GBP")
  const attempt = newAttempt(AttemptId.make(yield* fresh), 1, { order: { total, currency }, seller, now })
  const asked: Asking = { attempt, pageId, number: OrderNumber.make("RA-7K4M-Q2XD"), pageName: "Ash Bakery" }
  return asked
})

/** A provider, a seller and an attempt. */
export const counter = Effect.gen(function* () {
  const provider = yield* PaymentProvider
  const seeds = yield* ProviderSeeds
  return { provider, seeds, asked: yield* asking(yield* seeds.seller) }
})

/** The attempt as its order keeps it once its page is known. */
export const noted = (
  asked: Asking,
  { payUrl, providerId }: Pick<PaymentAttempt, "payUrl" | "providerId">
): Asking => ({
  ...asked,
  attempt: { ...asked.attempt, state: "open", payUrl, providerId }
})
