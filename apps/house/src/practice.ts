import { cooperative, groups } from "@rose-ash/demo-coop/pages"

/**
 * Whose money goes where, all of it made up. The Print Workshop has no account, so nothing can be paid
 * there.
 */
const accounts: ReadonlyMap<string, string> = new Map([
  [cooperative.id, "MROSEASH"],
  ["ash-bakery", "MASHBAKERY"],
  ["rose-farm", "MROSEFARM"],
  ["mill-choir", "MMILLCHOIR"]
])
const currency = "GBP"
const keyOf = (page: string) => `practice-key-${page}`

/** The cooperative's own page and account, as the cart service's settings say it. */
export const own = {
  COOPERATIVE_PAGE: cooperative.id,
  COOPERATIVE_NAME: cooperative.title,
  COOPERATIVE_MERCHANT_CODE: accounts.get(cooperative.id) ?? "",
  COOPERATIVE_CURRENCY: currency,
  COOPERATIVE_SUMUP_KEY: keyOf(cooperative.id)
}

/** The accounts, as the practice provider is told. */
export const merchants = [cooperative, ...groups].flatMap(({ id, title }) => {
  const merchant_code = accounts.get(id)
  if (merchant_code === undefined) return []
  const api_key = keyOf(id)
  return [{ api_key, merchant_code, country: "GB", default_currency: currency, sandbox: true, name: title }]
})

/** The groups' pages, as the cart service is told; the cooperative's own is in its settings. */
export const pages = (market: string) =>
  groups.map(({ contact, id, title }) => {
    const merchantCode = accounts.get(id)
    const account = merchantCode === undefined ? {} : { merchantCode, apiKey: keyOf(id) }
    const url = `${market}/${id}`
    return { id, name: title, currency, ...account, acceptsLate: true, refundsAlone: false, contact, url }
  })
