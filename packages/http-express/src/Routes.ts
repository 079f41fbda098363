/**
 * How often a route may be asked for: `limits.ts` says how. `misses` counts only answers of 400 and above.
 */
export type LimitClass = "reads" | "cart" | "pay" | "follow" | "misses"

export interface Route {
  readonly method: "get" | "post"
  readonly path: string
  /**
   * Staff: of the page it is about, or the treasurer. Holder: of the cart. Owner: of the order. Link: whoever
   * has a capability link to it.
   */
  readonly who: "anyone" | "holder" | "owner" | "owner or link" | "staff" | "provider"
  readonly limits: ReadonlyArray<LimitClass>
  /** Whose forms may be sent here; `any` for what believes nothing of what it is sent. */
  readonly forms: "own" | "siblings" | "any"
  /** Whether it looks at cookies to learn who asks. */
  readonly knows: boolean
}

const get = { method: "get", forms: "own", knows: true } as const
const post = { method: "post", forms: "own", knows: true } as const
const blind = { ...get, who: "anyone", limits: [], knows: false } as const

/** Every address of this service, as data: the application, the access matrix and the fuzzer read it. */
export const routes = {
  overview: { ...get, path: "/", who: "anyone", limits: ["reads"] },
  add: { ...post, path: "/cart/lines", who: "anyone", limits: ["cart"], forms: "siblings" },
  undoAdoption: { ...post, path: "/cart/adoption/undo", who: "holder", limits: ["cart"] },
  cart: { ...get, path: "/p/:page", who: "holder", limits: ["reads"] },
  setQuantity: { ...post, path: "/p/:page/lines/:item", who: "holder", limits: ["cart"] },
  giveBack: { ...post, path: "/p/:page/entries/:entry/release", who: "holder", limits: ["cart"] },
  review: { ...get, path: "/p/:page/checkout", who: "holder", limits: ["reads"] },
  start: { ...post, path: "/p/:page/checkout", who: "holder", limits: ["pay"] },
  orders: { ...get, path: "/orders", who: "holder", limits: ["reads"] },
  order: { ...get, path: "/orders/:number", who: "owner or link", limits: ["reads", "misses"] },
  returning: { ...get, path: "/orders/:number/return", who: "owner or link", limits: ["follow", "misses"] },
  pay: { ...post, path: "/orders/:number/pay", who: "owner or link", limits: ["pay", "misses"] },
  recheck: { ...post, path: "/orders/:number/recheck", who: "owner or link", limits: ["follow", "misses"] },
  cancel: { ...post, path: "/orders/:number/cancel", who: "owner", limits: ["pay", "misses"] },
  restore: { ...post, path: "/orders/:number/restore", who: "owner", limits: ["cart", "misses"] },
  openLink: { ...get, path: "/o/:token", who: "anyone", limits: ["reads", "misses"] },
  attention: { ...get, path: "/staff/attention", who: "staff", limits: ["reads", "misses"] },
  answerDifference: { ...post, path: "/staff/attention", who: "staff", limits: ["pay", "misses"] },
  staffOrder: { ...get, path: "/staff/orders/:number", who: "staff", limits: ["reads", "misses"] },
  attend: { ...post, path: "/staff/orders/:number", who: "staff", limits: ["pay", "misses"] },
  webhook: {
    ...post,
    path: "/webhooks/sumup/:token",
    who: "provider",
    limits: [],
    forms: "any",
    knows: false
  },
  help: { ...get, path: "/help", who: "anyone", limits: ["reads"] },
  live: { ...blind, path: "/livez" },
  ready: { ...blind, path: "/readyz" },
  robots: { ...blind, path: "/robots.txt" },
  asset: { ...blind, path: "/assets/:file" },
  schema: { ...blind, path: "/schemas/events/:file" }
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof routes
