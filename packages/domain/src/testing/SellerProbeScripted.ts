import { Effect, Layer, Redacted } from "effect"
import { PaymentProviderRefused, PaymentProviderUnavailable } from "../payment/PaymentProvider.ts"
import { SellerProbe } from "../payment/SellerProbe.ts"
import { rejectedMerchant } from "./Scripted.ts"

const prefix = "practice-key-of-"

/** The key that the scripted provider takes for a merchant. */
export const keyOf = (merchantCode: string): Redacted.Redacted => Redacted.make(`${prefix}${merchantCode}`)

/** Whose a key is by the scripted provider: a key names its merchant, all are paid in pounds in a sandbox. */
export const layer = Layer.succeed(SellerProbe, {
  look: ({ key, merchantCode, pageId }) => {
    const text = Redacted.value(key)
    if (!text.startsWith(prefix) || text.startsWith(`${prefix}${rejectedMerchant}`))
      return Effect.fail(new PaymentProviderRefused({ pageId, why: "key" }))
    return text === Redacted.value(keyOf(merchantCode))
      ? Effect.succeed({ currency: "GBP", sandbox: true })
      : Effect.fail(new PaymentProviderUnavailable({ why: "not_found", retryAfter: null }))
  }
})
