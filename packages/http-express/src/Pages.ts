import type { PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import type { PageId } from "@rose-ash/cart-domain/text/Ids"
import { minute } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Context, Effect, Layer } from "effect"

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
      let known: { readonly until: number; readonly all: ReadonlyArray<PageConfig> } | null = null
      const list = Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        if (known !== null && now < known.until) return known.all
        const all = yield* pages.list
        known = { until: now + minute, all }
        return all
      })
      const find = (id: PageId) => Effect.map(list, (all) => all.find((page) => page.id === id) ?? null)
      return { list, find }
    })
  )
}
