import { SellerProbe } from "@rose-ash/cart-domain/payment/SellerProbe"
import { second } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Effect } from "effect"
import { makeExchange } from "./Exchange.ts"
import { makeSellers } from "./Sellers.ts"
import { makeSumUpApi } from "./SumUpApi.ts"
import { makeSumUpCalls } from "./SumUpCalls.ts"
import { type SumUpConfig, withoutSlash } from "./SumUpConfig.ts"
import { toPort } from "./SumUpFailure.ts"

const lookMost = 5 * second

/** Whose a key is, by SumUp's own word. */
export const makeSellerProbe = Effect.fnUntraced(function* ({ baseUrl }: Pick<SumUpConfig, "baseUrl">) {
  const api = makeSumUpApi(makeSumUpCalls(yield* makeExchange(withoutSlash(baseUrl)), yield* makeSellers))
  return SellerProbe.of({
    look: ({ key, merchantCode, pageId }) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        api.merchant({ merchantCode, key, until: now + lookMost })
      ).pipe(
        Effect.map(({ default_currency: currency, sandbox }) => ({ currency, sandbox: sandbox ?? false })),
        Effect.mapError(toPort(pageId)),
        Effect.withSpan("SellerProbe.look")
      )
  })
})
