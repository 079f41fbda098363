import type { PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import type { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Context, Effect, Layer } from "effect"

/** What pages are called and whom to ask, remembered for a minute: nothing is decided by it. */
export class Pages extends Context.Service<
  Pages,
  {
    readonly list: Effect.Effect<ReadonlyArray<PageConfig>>
    find(id: PageId): Effect.Effect<PageConfig | null>
  }
>()("@rose-ash/cart-http-express/Pages") {
  static readonly layer = Layer.effect(
    Pages,
    Effect.gen(function* () {
      const pages = yield* PageConfigs
      const list = yield* Effect.cachedWithTTL(pages.list, "1 minute")
      const find = (id: PageId) => Effect.map(list, (all) => all.find((page) => page.id === id) ?? null)
      return { list, find }
    })
  )
}
