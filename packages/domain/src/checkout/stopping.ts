import { Effect } from "effect"
import type { Order } from "../order/Order.ts"
import type { PageConfigs } from "../page/PageConfigs.ts"
import type { PaymentAttempt } from "../payment/PaymentAttempt.ts"
import type { PaymentProvider, ProviderFailure } from "../payment/PaymentProvider.ts"
import { asking } from "./asking.ts"

const isOfKey = (failure: ProviderFailure): boolean =>
  failure._tag === "PaymentProviderRefused" && failure.why === "key"

/**
 * A page whose key is refused even for reading takes no more money, which nobody could follow. The attempt
 * may be older than the key that the page has by now: that one is tried as well.
 */
export const stopping = (pages: PageConfigs["Service"], provider: PaymentProvider["Service"]) =>
  Effect.fnUntraced(function* (order: Order, attempt: PaymentAttempt, failure: ProviderFailure) {
    if (!isOfKey(failure)) return
    const { seller } = yield* Effect.orDie(pages.get(order.pageId))
    if (seller?.merchantCode !== attempt.merchantCode) return
    const isNewer = seller.credentialId !== attempt.credentialId
    const again = isNewer ? yield* Effect.result(provider.read(asking(order, attempt))) : null
    if (again !== null && !(again._tag === "Failure" && isOfKey(again.failure))) return
    yield* pages.pause(order.pageId, seller.credentialId)
  })
