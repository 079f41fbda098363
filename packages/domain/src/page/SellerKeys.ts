import { Context, type Effect, type Redacted, Schema } from "effect"
import type { CredentialId, PageId } from "../text/Ids.ts"
import { CredentialId as CredentialIdSchema } from "../text/Ids.ts"
import type { Seller } from "./PageConfig.ts"

/** One version of a page's key, opened for one call. */
export interface SellerKey {
  readonly credentialId: CredentialId
  readonly pageId: PageId
  readonly merchantCode: string
  readonly key: Redacted.Redacted
}

/** No such key version, or it can no longer be opened. */
export class SellerKeyLost extends Schema.TaggedError<SellerKeyLost>()("SellerKeyLost", {
  credentialId: CredentialIdSchema
}) {}

/** Port: sellers' provider keys, sealed at rest. Only the adapter that calls the provider asks for them. */
export class SellerKeys extends Context.Service<
  SellerKeys,
  {
    get(id: CredentialId): Effect.Effect<SellerKey, SellerKeyLost>
    /** The page's newest key of exactly this merchant: another merchant's is never an answer. */
    newest(pageId: PageId, merchantCode: string): Effect.Effect<SellerKey | null>
    /**
     * Seals the key as the page's newest version, and un-pauses the page. The same key of the same merchant
     * again is one version.
     */
    save(pageId: PageId, merchantCode: string, key: Redacted.Redacted): Effect.Effect<Seller>
  }
>()("@rose-ash/cart-domain/page/SellerKeys") {}
