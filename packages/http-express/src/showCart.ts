import { type Contents, isEmpty } from "@rose-ash/cart-domain/cart/Contents"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { Catalogue } from "@rose-ash/cart-domain/page/Catalogue"
import { Effect } from "effect"
import { page, see } from "./Answer.ts"
import type { Caller } from "./Asked.ts"
import { path } from "./Href.ts"
import type { Notice } from "./Notice.ts"
import { sayingOfCart } from "./notices.ts"
import { noFacts } from "./problems.ts"
import { Site, type SiteShape } from "./Site.ts"
import type { Refused } from "./views/CartLines.ts"
import { cartModel } from "./views/CartView.ts"
import { reviewModel } from "./views/ReviewView.ts"

/** The item of a notice that the cart no longer has, so that it can be named. */
const goneItem = Effect.fnUntraced(function* (contents: Contents, notice: Notice | null) {
  const id = notice?.item
  if (id === undefined || contents.items.some((item) => item.id === id)) return null
  const catalogue = yield* Catalogue
  return yield* Effect.orElseSucceed(catalogue.get(id), () => null)
})

/** Orders of the cart's page that wait to be paid. */
const waitingFor = Effect.fnUntraced(function* (identity: Identity | null, contents: Contents) {
  if (identity === null) return []
  const orders = yield* Orders
  const waiting = yield* orders.waiting(identity)
  return waiting.filter(({ pageId }) => pageId === contents.page.id)
})

const refusedBy = (site: SiteShape, notice: Notice | null): Refused | null => {
  if (notice?.code !== "QuantityTooHigh") return null
  const { kept = null, most = null } = notice
  return { notice, text: site.words.problems.QuantityTooHigh({ ...noFacts, kept, most }) }
}

/**
 * The cart's own page. Whether an order waits is asked only when the cart is empty: that is when people
 * look for it.
 */
export const showCart = Effect.fnUntraced(function* (contents: Contents, { identity, notice }: Caller) {
  const site = yield* Site
  const waiting = isEmpty(contents) ? yield* waitingFor(identity, contents) : []
  const saying = sayingOfCart(site, contents, notice, yield* goneItem(contents, notice))
  const title = site.words.views.cart.title(contents.page.name)
  return page("cart", cartModel(site, contents, { waiting, refused: refusedBy(site, notice) }), {
    title,
    ...saying
  })
})

/** The e-mail that is known already: the customer's, or the one of this visit's last order. */
const knownEmail = Effect.fnUntraced(function* ({ identity, visit }: Caller) {
  if (identity?._tag === "Customer" && identity.email !== null) return identity.email
  if (identity === null || visit === null) return ""
  const orders = yield* Orders
  const list = yield* orders.list({ identity, pageId: null, year: null, cursor: null, limit: 1 })
  return list.orders.find((order) => order.visit === visit)?.email ?? ""
})

/** The review; a cart that cannot be ordered as it is says so on its own page. */
export const showReview = Effect.fnUntraced(function* (contents: Contents, caller: Caller) {
  const site = yield* Site
  const { notice } = caller
  const isRefused = notice?.code === "EmailMalformed"
  const email = isRefused ? (notice.typed ?? "") : yield* knownEmail(caller)
  const emailError = isRefused ? site.words.problems.EmailMalformed() : null
  const waiting = yield* waitingFor(caller.identity, contents)
  // The notice of a risen price tells the same changes.
  const told = notice?.code === "PriceRose"
  const model = reviewModel(site, contents, { email, emailError, waiting, told })
  if (model === null) return see(path`/p/${contents.page.id}`, notice)
  const title = site.words.views.review.title(contents.page.name)
  return page("review", model, { title, ...sayingOfCart(site, contents, notice, null) })
})
