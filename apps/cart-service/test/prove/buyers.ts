import { randomBytes, randomUUID } from "node:crypto"
import { Carts } from "@rose-ash/cart-domain/cart/Carts"
import { Checkout } from "@rose-ash/cart-domain/checkout/Checkout"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Orders, type Principal } from "@rose-ash/cart-domain/order/Orders"
import { decide } from "@rose-ash/cart-domain/order/Transitions"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { put, seenOf, someone } from "@rose-ash/cart-domain/testing/acting"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { VisitId } from "@rose-ash/cart-domain/text/Ids"
import { Effect } from "effect"
import { answered, type Buying, type Shop } from "./buying.ts"
import { givenBack } from "./givingBack.ts"

const scripts = [
  "pay",
  "pay",
  "pay",
  "pay and stay away",
  "decline, then pay",
  "two tabs",
  "cancel against payment",
  "cancel",
  "walk away",
  "nothing to pay",
  "cash",
  "late",
  "given back",
  "given back"
] as const
type Script = (typeof scripts)[number]

const principal = ({ identity }: Buying): Principal => ({ identity, links: [] })

const order = Effect.fnUntraced(function* (buying: Buying, script: Script) {
  const { dice, identity, shop, visit } = buying
  const [carts, checkout] = [yield* Carts, yield* Checkout]
  if (script === "nothing to pay") yield* put(identity, shop.free)
  else
    for (let n = 1 + dice.below(3); n > 0; n--) yield* put(identity, dice.one(shop.items), 1 + dice.below(3))
  if (dice.chance(0.2)) yield* (yield* Seeds).hold({ slot: shop.slot, identity })
  const seen = seenOf(yield* carts.view(identity, shop.pageId))
  const of = { identity, pageId: shop.pageId, seen, email: "wren@rose-ash.example", visit }
  const start = answered(buying, "start", checkout.start(of))
  yield* script === "two tabs" ? Effect.all([start, start], { concurrency: 2 }) : start
  const [placed] = yield* (yield* Orders).waiting(identity)
  return placed ?? null
})

const press = ({ fake }: Buying, of: Order, event: string) => {
  const attempt = of.attempts.at(-1)
  if (attempt === undefined) return Effect.void
  return Effect.asVoid(Effect.promise(() => fake.happen(reference(attempt.id), event)))
}

/** Whoever has no page to pay on presses the button again, some times; then pays, if there is one by now. */
const paid = Effect.fnUntraced(function* (buying: Buying, first: Order) {
  const [orders, checkout] = [yield* Orders, yield* Checkout]
  let current = first
  for (let n = 0; n < 3 && current.attempts.at(-1)?.payUrl === null; n++) {
    yield* answered(buying, "pay again", checkout.payAgain(first.number, principal(buying)))
    current = yield* orders.get(first.id)
  }
  if (current.attempts.at(-1)?.payUrl !== null) yield* press(buying, current, "pay")
})
const cash = Effect.fnUntraced(function* (buying: Buying, placed: Order) {
  const checkout = yield* Checkout
  const orders = yield* Orders
  // Nobody takes cash while a page is open.
  yield* press(buying, placed, "expire")
  yield* answered(buying, "recheck", checkout.recheck(placed.number, principal(buying)))
  const hand = decide({ _tag: "PaidByHand", name: "till", by: "robin", reason: "cash" })
  yield* answered(buying, "cash", orders.modify(placed.id, hand))
})

/** One purchase on one page, as its script says. */
const buy = Effect.fnUntraced(function* (buying: Buying, script: Script) {
  const checkout = yield* Checkout
  const placed = yield* order(buying, script)
  if (placed === null || script === "nothing to pay" || script === "walk away") return
  if (script === "late") return
  if (script === "cash") return yield* cash(buying, placed)
  if (script === "decline, then pay")
    for (let n = buying.dice.below(3); n >= 0; n--) yield* press(buying, placed, "decline")
  const cancel = answered(buying, "cancel", checkout.cancel(placed.number, principal(buying)))
  if (script === "cancel") return yield* cancel
  const pay = paid(buying, placed)
  if (script === "cancel against payment")
    return yield* Effect.all([pay, cancel], { concurrency: 2, discard: true })
  yield* pay
  if (script === "given back") return yield* givenBack(buying, placed.id)
  if (script !== "pay and stay away")
    yield* answered(buying, "recheck", checkout.recheck(placed.number, principal(buying)))
})

/** Calls that look like the provider's, for attempts that there are not. */
const forged = ({ cart, count, dice }: Buying) =>
  Effect.promise(async () => {
    const url = `${cart}/webhooks/sumup/${randomBytes(32).toString("base64url")}`
    const body = JSON.stringify({ event_type: "CHECKOUT_STATUS_CHANGED", id: `forged-${dice.below(1000)}` })
    const headers = { "content-type": "application/json" }
    const { status } = await fetch(url, { method: "POST", headers, body })
    count(status === 204 ? "forged calls" : `defect: a forged call is answered ${status}`)
  })

/** Somebody comes, and buys on a page; some go on to a second one. */
export const arrive = Effect.fnUntraced(function* (
  of: Pick<Buying, "cart" | "fake" | "dice" | "count">,
  shops: readonly [Shop, Shop]
) {
  const { dice } = of
  const [first, second] = shops
  const visit = VisitId.make(randomUUID())
  const buying = { ...of, identity: yield* someone, visit, shop: first }
  yield* buy(buying, dice.one(scripts))
  if (dice.chance(0.3)) yield* forged(buying)
  if (dice.chance(0.15)) yield* buy({ ...buying, shop: second }, dice.one(scripts))
})
