import { Effect, Redacted, Result } from "effect"
import * as Cart from "../cart/Cart.ts"
import { Carts } from "../cart/Carts.ts"
import { type Contents, totalsOf } from "../cart/Contents.ts"
import { Identities } from "../identity/Identities.ts"
import type { Identity } from "../identity/Identity.ts"
import type { Order } from "../order/Order.ts"
import { liveAttempt } from "../order/Order.ts"
import { Orders } from "../order/Orders.ts"
import * as Placing from "../order/Placing.ts"
import { decide } from "../order/Transitions.ts"
import type { Item } from "../page/Item.ts"
import type { Observation } from "../payment/Observation.ts"
import { type PaymentAttempt, reference } from "../payment/PaymentAttempt.ts"
import { AttemptId, CartLineId, Ids, OrderId, orderNumber, type PageId } from "../text/Ids.ts"

/** A name nobody had before. */
export const fresh = Ids.use(({ uuid }) => uuid).pipe(Effect.provide(Ids.layer))

/** A browser that comes for the first time. Siblings know it by a session of their own. */
export const someone = Effect.gen(function* () {
  const identities = yield* Identities
  const session = Redacted.make(`session-${yield* fresh}`)
  return (yield* identities.welcome({ token: null, session })).visitor
})

/** Exactly that many of an item, on its page. */
export const put = Effect.fnUntraced(function* (identity: Identity, item: Item, quantity = 1) {
  const carts = yield* Carts
  const lineId = CartLineId.make(yield* fresh)
  return yield* carts.modify({ identity, pageId: item.pageId }, ({ cart }) =>
    Cart.set(item, quantity, lineId)(cart)
  )
})

/** What a buyer who looks at this sends off with the button. */
export const seenOf = (contents: Contents): Placing.Seen => ({
  cartId: contents.cart.id,
  revision: contents.cart.revision,
  total: Result.match(totalsOf(contents), { onFailure: () => 0, onSuccess: ({ total }) => total })
})

export const mintedIds = Effect.gen(function* () {
  const ids = yield* Ids
  const order = OrderId.make(yield* ids.uuid)
  return { order, attempt: AttemptId.make(yield* ids.uuid), number: orderNumber(yield* ids.bytes(8)) }
}).pipe(Effect.provide(Ids.layer))

/** The decision that places what was seen, under new names. */
export const placing = Effect.fnUntraced(function* (identity: Identity, seen: Placing.Seen) {
  const ids = yield* mintedIds
  return Placing.place({ identity, seen, email: "wren@example.org", visit: null, least: 1, ids })
})

/** The buyer looks at the page's cart and presses the button. */
export const place = Effect.fnUntraced(function* (identity: Identity, pageId: PageId) {
  const carts = yield* Carts
  const orders = yield* Orders
  const seen = seenOf(yield* carts.view(identity, pageId))
  return yield* orders.place({ identity, pageId, seen }, yield* placing(identity, seen))
})

/** Puts so many of the item into the cart, and places it. */
export const order = Effect.fnUntraced(function* (identity: Identity, item: Item, quantity = 1) {
  yield* put(identity, item, quantity)
  return yield* place(identity, item.pageId)
})

/** The attempt of an order that waits for payment. */
export const attemptOf = (of: Order): PaymentAttempt => {
  const attempt = liveAttempt(of) ?? of.attempts.at(-1)
  if (attempt === undefined) throw new Error(`order ${of.number} has no attempt`)
  return attempt
}

/** An answer that agrees with the attempt in every fact: PENDING unless told otherwise. */
export const answering = (attempt: PaymentAttempt, change: Partial<Observation> = {}): Observation => {
  const transactionId = change.status === "PAID" ? `transaction-${attempt.id}` : null
  const { amount, id, merchantCode } = attempt
  return {
    attemptId: id,
    via: "read",
    status: "PENDING",
    reference: reference(id),
    providerId: attempt.providerId ?? `checkout-${id}`,
    merchantCode,
    ...amount,
    transactionId,
    captured: transactionId === null ? [] : [{ transactionId, ...amount }],
    payUrl: attempt.payUrl ?? `https://pay.example/${id}`,
    ...change
  }
}

/** The provider answered; the page accepts late money unless told otherwise. */
export const observe = Effect.fnUntraced(function* (of: Order, seen: Observation, acceptsLate = true) {
  const orders = yield* Orders
  return yield* Effect.orDie(orders.modify(of.id, decide({ _tag: "Observed", seen, acceptsLate })))
})
