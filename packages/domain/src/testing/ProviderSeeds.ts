import { Context, type Effect } from "effect"
import type { Seller } from "../page/PageConfig.ts"
import type { PaymentAttempt } from "../payment/PaymentAttempt.ts"
import type { Account } from "../payment/SellerProbe.ts"
import type { PageId } from "../text/Ids.ts"
import type { Call } from "./Scripted.ts"

/** Somebody the provider pays, and the page they sell on. */
export interface SellerSeed {
  readonly pageId: PageId
  readonly seller: Seller
}

/**
 * The provider's other side, which no port shows: who is paid, and what the buyer does on the payment page.
 */
export class ProviderSeeds extends Context.Service<
  ProviderSeeds,
  {
    /** Another seller each time, paid in GBP, with a key the provider takes. */
    readonly seller: Effect.Effect<SellerSeed>
    /** A seller whose key the provider refuses. */
    readonly rejected: Effect.Effect<SellerSeed>
    /** The seller's account, with the key that is kept for it: taken or refused. */
    account(of: SellerSeed): Effect.Effect<Account>
    /** The buyer pays on the attempt's page. */
    pay(attempt: PaymentAttempt): Effect.Effect<void>
    /** The buyer's card is refused on the attempt's page. */
    decline(attempt: PaymentAttempt): Effect.Effect<void>
    /** The next call of this kind gets no answer, before or after the provider did what it was asked. */
    silence(call: Call, when: "before" | "after"): Effect.Effect<void>
    /** The secret part of the webhook's address that the provider was given for the attempt. */
    token(attempt: PaymentAttempt): Effect.Effect<string>
  }
>()("@rose-ash/cart-domain/testing/ProviderSeeds") {}
