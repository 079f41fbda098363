import { Context, type Effect } from "effect"
import type { CredentialId, PageId } from "../text/Ids.ts"
import type { PageConfig, PageNotFound } from "./PageConfig.ts"

/** Port: what the cart knows of each page. */
export class PageConfigs extends Context.Service<
  PageConfigs,
  {
    get(id: PageId): Effect.Effect<PageConfig, PageNotFound>
    /** Every page, by name; at most 1,000. */
    list: Effect.Effect<ReadonlyArray<PageConfig>>
    /** Creates or replaces everything but the seller. */
    save(page: PageConfig): Effect.Effect<void>
    /**
     * This key was rejected by the provider: no new payments until a good one is saved. Twice is once; for a
     * page that has another key by now nothing changes.
     */
    pause(id: PageId, credentialId: CredentialId): Effect.Effect<void>
  }
>()("@rose-ash/cart-domain/page/PageConfigs") {}
