import type { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { ProviderLedger } from "@rose-ash/cart-domain/payment/ProviderLedger"
import { SellerProbe } from "@rose-ash/cart-domain/payment/SellerProbe"
import { Layer } from "effect"
import { FetchHttpClient } from "effect/http"
import { makePaymentProvider } from "./PaymentProviderSumUp.ts"
import { makeProviderLedger } from "./ProviderLedgerSumUp.ts"
import { makeSellerProbe } from "./SellerProbeSumUp.ts"
import type { SumUpConfig } from "./SumUpConfig.ts"

export type { SumUpConfig } from "./SumUpConfig.ts"

/** The payment provider SumUp, called with the keys that `SellerKeys` hands out; and whose a new key is. */
export const layer = (
  config: SumUpConfig
): Layer.Layer<PaymentProvider | ProviderLedger | SellerProbe, never, SellerKeys> =>
  Layer.mergeAll(
    Layer.effect(PaymentProvider, makePaymentProvider(config)),
    Layer.effect(ProviderLedger, makeProviderLedger(config)),
    Layer.effect(SellerProbe, makeSellerProbe(config))
  ).pipe(Layer.provide(FetchHttpClient.layer))
