import { Context, type Effect } from "effect"
import type { PageId } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import type { ProviderFailure, TransactionFacts } from "./PaymentProvider.ts"

/** Port: the provider's own books of one seller. */
export class ProviderLedger extends Context.Service<
  ProviderLedger,
  {
    /**
     * Every payment that succeeded, or changed, since then, each once, with all that went back of it: by the
     * page's newest key of that merchant. At most 2,000, within 60 seconds; more, or anything that cannot be
     * read, is `PaymentProviderUnavailable`: half a ledger says nothing.
     */
    since(
      seller: { readonly pageId: PageId; readonly merchantCode: string },
      since: Instant
    ): Effect.Effect<ReadonlyArray<TransactionFacts>, ProviderFailure>
  }
>()("@rose-ash/cart-domain/payment/ProviderLedger") {}
