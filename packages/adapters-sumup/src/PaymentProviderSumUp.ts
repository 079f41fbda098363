import { type Asking, PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { second } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Effect } from "effect"
import { type Conversation, makeConversation } from "./Conversation.ts"
import { checkoutRequest } from "./checkoutRequest.ts"
import { makeExchange } from "./Exchange.ts"
import { makeHintTokens } from "./HintToken.ts"
import { makeKeys } from "./Keys.ts"
import { makeSellers } from "./Sellers.ts"
import { makeSumUpApi } from "./SumUpApi.ts"
import type { Caller } from "./SumUpCalls.ts"
import { makeSumUpCalls } from "./SumUpCalls.ts"
import { type SumUpConfig, withoutSlash } from "./SumUpConfig.ts"
import { type SumUpFailure, toPort } from "./SumUpFailure.ts"

/** Everything that is asked of SumUp for one use of the port, repeats included. */
const usesMost = 5 * second

/** The port, spoken by SumUp: each use with the key of the attempt's own page and merchant. */
export const makePaymentProvider = Effect.fnUntraced(function* (config: SumUpConfig) {
  const exchange = yield* makeExchange(withoutSlash(config.baseUrl))
  const api = makeSumUpApi(makeSumUpCalls(exchange, yield* makeSellers))
  const hints = makeHintTokens(config.hintKey, config.previousHintKey)
  const conversation = makeConversation(config, api, (asking) => checkoutRequest(config, hints, asking))
  const keys = yield* makeKeys

  const using = <A>(
    what: keyof Conversation,
    asking: Asking,
    ask: (by: Caller) => Effect.Effect<A, SumUpFailure>
  ) => {
    const attempt = asking.attempt.id
    return Effect.flatMap(Clock.currentTimeMillis, (now) =>
      keys.with(asking, ({ key, merchantCode }) => ask({ merchantCode, key, until: now + usesMost }))
    ).pipe(
      Effect.mapError(toPort(asking.pageId)),
      Effect.tapErrorTag("PaymentProviderRefused", ({ pageId, why }) =>
        Effect.logWarning("SumUp refuses to work for this page", { page: pageId, what, why })
      ),
      Effect.annotateLogs({ attempt }),
      Effect.withSpan(`PaymentProvider.${what}`, { attributes: { attempt } })
    )
  }
  const use = (what: "open" | "read" | "deactivate") => (asking: Asking) =>
    using(what, asking, (by) => conversation[what](by, asking))

  return PaymentProvider.of({
    open: use("open"),
    read: use("read"),
    deactivate: use("deactivate"),
    transaction: (taken) => using("transaction", taken.asking, (by) => conversation.transaction(by, taken)),
    refund: (taken, amount) => using("refund", taken.asking, (by) => conversation.refund(by, taken, amount)),
    hint: hints.read
  })
})
