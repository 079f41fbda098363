import { accept, type KeyNotAccepted } from "@rose-ash/cart-domain/checkout/Accepting"
import { isPayable, type PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { Effect, Layer, Redacted, Schedule } from "effect"
import type { Cooperative } from "./Settings.ts"

/** A page as it is to be; with an account, that account is who is paid. */
export interface Configured {
  readonly page: Omit<PageConfig, "seller" | "paused">
  readonly account: { readonly merchantCode: string; readonly key: Redacted.Redacted } | null
}

/** A provider that starts at the same time may need a moment; milliseconds between tries. */
const againAfter = 200
const triesMost = 25

/** What is wrong with a key, and what to do. */
export const notAccepted = ({ pageId, why }: KeyNotAccepted): string => {
  const says = {
    key: "SumUp does not know this key: copy it again, or make a new one at SumUp.",
    merchant: "this key belongs to another SumUp account than the merchant code says: check both.",
    account: "SumUp does not let this account take payments yet: finish its verification at SumUp.",
    sandbox: "this is a sandbox account, and real money is to be taken: use the key of the real account.",
    currency: "this SumUp account is paid in another currency than the page: correct the page's currency.",
    silent: "SumUp did not answer, so nothing was changed: try again in a minute."
  } as const
  return `${pageId}: ${says[why]}`
}

/**
 * Saves a page, and its key once the provider says whose it is. Saved again it stays what it is: paused stays
 * paused until another key comes. A key that is not accepted leaves the one before in place.
 */
export const configure = Effect.fn("Sellers.configure")(function* (
  { account, page }: Configured,
  live: boolean
) {
  const pages = yield* PageConfigs
  const keys = yield* SellerKeys
  const known = yield* Effect.option(pages.get(page.id))
  const before = known._tag === "Some" ? known.value : { seller: null, paused: false }
  yield* pages.save({ ...page, seller: before.seller, paused: before.paused })
  if (account === null) return
  const newest = yield* keys.newest(page.id, account.merchantCode)
  const isKnown = newest !== null && Redacted.value(newest.key) === Redacted.value(account.key)
  if (isKnown && before.seller?.credentialId === newest.credentialId) return
  yield* Effect.retry(accept(page, account, live), {
    while: ({ why }) => why === "silent",
    schedule: Schedule.spaced(againAfter),
    times: triesMost
  })
})

const configureCooperative = Effect.fn("Sellers.configureCooperative")(function* (
  cooperative: Cooperative,
  url: string,
  live: boolean
) {
  const { currency, merchantCode, name, page: id, sumUpKey } = cooperative
  const pages = yield* PageConfigs
  const known = yield* Effect.option(pages.get(id))
  const before =
    known._tag === "Some" ? known.value : { acceptsLate: true, refundsAlone: false, contact: null }
  const { acceptsLate, contact, refundsAlone } = before
  const account = merchantCode !== null && sumUpKey !== null ? { merchantCode, key: sumUpKey } : null
  yield* Effect.catch(
    configure({ page: { id, name, currency, acceptsLate, refundsAlone, contact, url }, account }, live),
    (refusal) => Effect.logWarning(notAccepted(refusal))
  )
  if (!isPayable(yield* Effect.orDie(pages.get(id))))
    yield* Effect.logWarning("the cooperative's own page takes no payments: it has no accepted key", {
      page: id
    })
})

/**
 * The page that sells whatever names no page, saved at every start. What was changed since it was made is
 * kept.
 */
export const layer = (cooperative: Cooperative, url: string, live: boolean) =>
  Layer.effectDiscard(configureCooperative(cooperative, url, live))
