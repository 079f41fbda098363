import { randomUUID } from "node:crypto"
import { Attending, type Deed } from "@rose-ash/cart-domain/checkout/Attending"
import { readEvery } from "@rose-ash/cart-domain/checkout/Settling"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { CustomerId, type OrderId, RefundId } from "@rose-ash/cart-domain/text/Ids"
import { Effect } from "effect"
import { answered, type Buying } from "./buying.ts"

/** What strikes only money on its way back, and how. */
type Struck = { readonly fault: string; readonly with: object }
const wayBack: readonly [Struck, ...ReadonlyArray<Struck>] = [
  { fault: "transactions-404", with: { s: 20 } },
  { fault: "refund-pending", with: { s: 5 } },
  { fault: "refund-failed", with: {} },
  { fault: "refund-failed", with: { at_once: true } },
  { fault: "refund-done-but-timeout", with: {} }
]
export const refundFaults = new Set<string>(wayBack.map(({ fault }) => fault))

const treasurer = {
  person: { _tag: "Customer", id: CustomerId.make("robin"), name: "Robin", email: null },
  staff: { pages: [], treasurer: true }
} as const

/**
 * Money goes back: part or all of it, by a person or by the page's policy, or by somebody at the provider;
 * the way back has faults of its own.
 */
export const givenBack = Effect.fnUntraced(function* (buying: Buying, id: OrderId) {
  const { dice, fake } = buying
  const [attending, orders] = [yield* Attending, yield* Orders]
  const { number } = yield* orders.get(id)
  const check = answered(buying, "check", attending.check(treasurer.staff, number))
  let paid = yield* check
  for (let n = 0; n < 3 && paid?.payments.length === 0; n++) {
    yield* Effect.sleep(readEvery)
    paid = yield* check
  }
  const [payment] = paid?.payments ?? []
  if (payment?.attemptId == null) return
  const ref = reference(payment.attemptId)
  const struck = { ...dice.one(wayBack), match: { reference: ref } }
  if (dice.chance(0.6)) yield* Effect.promise(() => fake.addFault(struck))
  if (dice.chance(0.25)) return yield* Effect.promise(() => fake.happen(ref, "refund"))
  const refundId = RefundId.make(randomUUID())
  const minor = dice.chance(0.5) ? payment.minor : 1 + dice.below(payment.minor)
  const reason = "It was not what it said."
  const refund: Deed = { _tag: "Refund", refundId, paymentId: payment.id, minor, reason }
  const deed: Deed = dice.chance(0.3) ? { _tag: "Cancel", refundId, reason } : refund
  const act = answered(buying, deed._tag, attending.act(treasurer, number, deed))
  // Somebody presses the button twice.
  return yield* dice.chance(0.3) ? Effect.all([act, act], { concurrency: 2 }) : act
})
