import { isPayable, type PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { Effect, Layer, Redacted } from "effect"
import type { Cooperative } from "./Settings.ts"

/** A page as it is to be; with an account, that account is who is paid. */
export interface Configured {
  readonly page: Omit<PageConfig, "seller" | "paused">
  readonly account: { readonly merchantCode: string; readonly key: Redacted.Redacted } | null
}

/**
 * Saves a page and seals its key. Saved again it stays what it is: paused stays paused until another key
 * comes.
 */
export const configure = Effect.fn("Sellers.configure")(function* ({ account, page }: Configured) {
  const pages = yield* PageConfigs
  const keys = yield* SellerKeys
  const known = yield* Effect.option(pages.get(page.id))
  const before = known._tag === "Some" ? known.value : { seller: null, paused: false }
  yield* pages.save({ ...page, seller: before.seller, paused: before.paused })
  if (account === null) return
  const newest = yield* keys.newest(page.id, account.merchantCode)
  const isKnown = newest !== null && Redacted.value(newest.key) === Redacted.value(account.key)
  if (!isKnown || before.seller?.credentialId !== newest.credentialId)
    yield* keys.save(page.id, account.merchantCode, account.key)
})

const configureCooperative = Effect.fn("Sellers.configureCooperative")(function* (
  cooperative: Cooperative,
  url: string
) {
  const { currency, merchantCode, name, page: id, sumUpKey } = cooperative
  const pages = yield* PageConfigs
  const known = yield* Effect.option(pages.get(id))
  const before =
    known._tag === "Some" ? known.value : { acceptsLate: true, refundsAlone: false, contact: null }
  const { acceptsLate, contact, refundsAlone } = before
  yield* configure({
    page: { id, name, currency, acceptsLate, refundsAlone, contact, url },
    account: merchantCode !== null && sumUpKey !== null ? { merchantCode, key: sumUpKey } : null
  })
  if (!isPayable(yield* Effect.orDie(pages.get(id))))
    yield* Effect.logWarning("the cooperative's own page takes no payments: it has no accepted key", {
      page: id
    })
})

/**
 * The page that sells whatever names no page, saved at every start. What was changed since it was made is
 * kept.
 */
export const layer = (cooperative: Cooperative, url: string) =>
  Layer.effectDiscard(configureCooperative(cooperative, url))
