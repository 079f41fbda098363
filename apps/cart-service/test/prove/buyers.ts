import { Carts } from "@rose-ash/cart-domain/cart/Carts"
import { Checkout } from "@rose-ash/cart-domain/checkout/Checkout"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Orders, type Principal } from "@rose-ash/cart-domain/order/Orders"
import { decide } from "@rose-ash/cart-domain/order/Transitions"
import type { Item } from "@rose-ash/cart-domain/page/Item"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { put, seenOf, someone } from "@rose-ash/cart-domain/testing/acting"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import type { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Cause, Effect } from "effect"
import type { Dice } from "./dice.ts"
import type { Fake } from "./FakeProcess.ts"

/** A page, what it sells, one thing of which is for nothing, and times with places. */
export interface Shop {
  readonly pageId: PageId
  readonly merchant: string
  readonly items: readonly [Item, ...ReadonlyArray<Item>]
  readonly free: Item
  readonly slot: string
}
interface Buying {
  readonly fake: Fake
  readonly dice: Dice
  readonly identity: Identity
  readonly shop: Shop
  /** Counts what was refused, and what broke. */
  readonly count: (what: string) => void
}

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
  "late"
] as const
type Script = (typeof scripts)[number]

/** A refusal is an answer; a defect is counted, and the buyer goes on. Null: it did not come to it. */
const answered = <A, E, R>({ count }: Buying, what: string, act: Effect.Effect<A, E, R>) =>
  Effect.catchCause(act, (cause) =>
    Effect.sync(() => {
      const [first] = cause.reasons
      const error: unknown = first?._tag === "Fail" ? first.error : undefined
      const tag = typeof error === "object" && error !== null ? Reflect.get(error, "_tag") : undefined
      count(tag === undefined ? `defect in ${what}: ${Cause.pretty(cause).split("\n")[0]}` : String(tag))
      return null
    })
  )

const principal = ({ identity }: Buying): Principal => ({ identity, links: [] })

const order = Effect.fnUntraced(function* (buying: Buying, script: Script) {
  const { dice, identity, shop } = buying
  const [carts, checkout] = [yield* Carts, yield* Checkout]
  if (script === "nothing to pay") yield* put(identity, shop.free)
  else
    for (let n = 1 + dice.below(3); n > 0; n--) yield* put(identity, dice.one(shop.items), 1 + dice.below(3))
  if (dice.chance(0.2)) yield* (yield* Seeds).hold({ slot: shop.slot, identity })
  const seen = seenOf(yield* carts.view(identity, shop.pageId))
  const of = { identity, pageId: shop.pageId, seen, email: "wren@rose-ash.example", visit: null }
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
  if (script !== "pay and stay away")
    yield* answered(buying, "recheck", checkout.recheck(placed.number, principal(buying)))
})

/** Somebody comes, and buys on a page. */
export const arrive = Effect.fnUntraced(function* (of: Omit<Buying, "identity">) {
  const identity = yield* someone
  yield* buy({ ...of, identity }, of.dice.one(scripts))
})
