import { Shopping } from "@rose-ash/cart-domain/cart/Shopping"
import { Checkout } from "@rose-ash/cart-domain/checkout/Checkout"
import { CartEmpty } from "@rose-ash/cart-domain/order/Obstacle"
import { Effect } from "effect"
import { leave, see } from "./Answer.ts"
import { visitOf } from "./Asked.ts"
import { CheckoutForm, emailFrom, pageIn, read, revisionFrom } from "./forms.ts"
import type { Handler } from "./Handler.ts"
import { path } from "./Href.ts"
import { showReview } from "./showCart.ts"

const readCheckout = read(CheckoutForm)

export const review: Handler = Effect.fnUntraced(function* ({ caller, params }) {
  const { page: pageId } = yield* pageIn(params)
  const shopping = yield* Shopping
  return yield* showReview(yield* shopping.view(caller.identity, pageId), caller)
})

export const start: Handler = Effect.fnUntraced(function* (asked) {
  const { page: pageId } = yield* pageIn(asked.params)
  const { email: typed, revision, total } = yield* readCheckout(asked.body)
  const seen = { ...(yield* revisionFrom(revision)), total }
  const email = yield* emailFrom(typed)
  const { identity } = asked.caller
  if (identity === null) return yield* new CartEmpty({ pageId })
  const checkout = yield* Checkout
  const started = yield* checkout.start({ identity, pageId, seen, email, visit: yield* visitOf(asked) })
  return started.payUrl === null ? see(path`/orders/${started.order.number}/return`) : leave(started.payUrl)
})
