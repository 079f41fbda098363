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

/** How many versions are sealed anew, and which can no longer be opened by anybody. */
export interface Resealed {
  readonly sealed: number
  readonly lost: ReadonlyArray<CredentialId>
}

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
    /**
     * Seals under the present secret whatever an earlier one sealed. Each version by itself: ended in the
     * middle and begun again it goes on. What nothing opens any more is named, and left as it is.
     */
    readonly reseal: Effect.Effect<Resealed>
  }
>()("@rose-ash/cart-domain/page/SellerKeys") {}
