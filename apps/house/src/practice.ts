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

const siblings = ["blog", "market", "events"] as const
const callerKey = (name: string) => `practice-key-of-the-${name}-for-the-cart`
const eventKey = "practice-key-of-events-of-the-cart"

/**
 * How the siblings show themselves to the cart, and how the cart signs what it tells the blog: its side of
 * it.
 */
export const cartSide = (blog: string) => ({
  INTERNAL_KEYS: siblings.map((name) => `${name}=${callerKey(name)}`).join(" "),
  EVENT_SUBSCRIBERS: `blog=${blog}/cart/events`,
  EVENT_KEYS: `blog=${eventKey}`
})
/** And the siblings' side of it. */
export const siblingSide = {
  CART_KEY_BLOG: callerKey("blog"),
  CART_KEY_MARKET: callerKey("market"),
  CART_KEY_EVENTS: callerKey("events"),
  CART_EVENT_KEY: eventKey
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
