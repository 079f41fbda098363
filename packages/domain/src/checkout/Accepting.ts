import { Effect, Schema } from "effect"
import type { PageConfig, Seller } from "../page/PageConfig.ts"
import { SellerKeys } from "../page/SellerKeys.ts"
import type { ProviderFailure } from "../payment/PaymentProvider.ts"
import { type Account, SellerProbe } from "../payment/SellerProbe.ts"
import { PageId } from "../text/Ids.ts"

/** A key that must not be kept, and why. `silent`: nobody could say; the same again later. */
export class KeyNotAccepted extends Schema.TaggedError<KeyNotAccepted>()("KeyNotAccepted", {
  pageId: PageId,
  why: Schema.Literals(["key", "merchant", "account", "sandbox", "currency", "silent"])
}) {}

const whyOf = (failure: ProviderFailure): KeyNotAccepted["why"] => {
  if (failure._tag === "PaymentProviderUnavailable")
    return failure.why === "not_found" ? "merchant" : "silent"
  return failure.why === "request" ? "merchant" : failure.why
}

/**
 * Use case: keeps a seller's key as the page's newest, after the provider said that it is this merchant's,
 * that it is paid in the page's currency and, where real money moves, that it is no sandbox.
 */
export const accept = Effect.fn("Accepting.accept")(function* (
  { currency, id: pageId }: Pick<PageConfig, "id" | "currency">,
  { key, merchantCode }: Omit<Account, "pageId">,
  live: boolean
): Effect.fn.Return<Seller, KeyNotAccepted, SellerKeys | SellerProbe> {
  const [keys, probe] = [yield* SellerKeys, yield* SellerProbe]
  const facts = yield* Effect.mapError(
    probe.look({ pageId, merchantCode, key }),
    (failure) => new KeyNotAccepted({ pageId, why: whyOf(failure) })
  )
  if (live && facts.sandbox) return yield* new KeyNotAccepted({ pageId, why: "sandbox" })
  if (facts.currency !== currency) return yield* new KeyNotAccepted({ pageId, why: "currency" })
  return yield* keys.save(pageId, merchantCode, key)
})
