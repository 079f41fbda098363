import type { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Layer } from "effect"
import { FetchHttpClient } from "effect/http"
import { makePaymentProvider } from "./PaymentProviderSumUp.ts"
import type { SumUpConfig } from "./SumUpConfig.ts"

export type { SumUpConfig } from "./SumUpConfig.ts"

/** The payment provider SumUp, called with the keys that `SellerKeys` hands out. */
export const layer = (config: SumUpConfig): Layer.Layer<PaymentProvider, never, SellerKeys> =>
  Layer.effect(PaymentProvider, makePaymentProvider(config)).pipe(Layer.provide(FetchHttpClient.layer))
