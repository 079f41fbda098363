import { Context, type Effect, type Redacted } from "effect"
import type { PageId } from "../text/Ids.ts"
import type { ProviderFailure } from "./PaymentProvider.ts"

/** An account at the provider, and a key that is said to open it. */
export interface Account {
  readonly pageId: PageId
  readonly merchantCode: string
  readonly key: Redacted.Redacted
}

/** What the provider says of an account to whoever shows its key. */
export interface AccountFacts {
  /** What it is paid in, as the provider names it. */
  readonly currency: string
  /** No real money moves there. */
  readonly sandbox: boolean
}

/** Port: asks the provider whose a key is, before it is kept. Within 5 seconds. */
export class SellerProbe extends Context.Service<
  SellerProbe,
  {
    /** `not_found`: the key is good, and another merchant's. */
    look(account: Account): Effect.Effect<AccountFacts, ProviderFailure>
  }
>()("@rose-ash/cart-domain/payment/SellerProbe") {}
