import { Context, Effect, Layer } from "effect"
import type { Identity } from "../identity/Identity.ts"
import { LeastTotal } from "../money/LeastTotal.ts"
import { CartChanged } from "../order/Obstacle.ts"
import { liveAttempt, type Order } from "../order/Order.ts"
import { Orders, type Principal } from "../order/Orders.ts"
import * as Placing from "../order/Placing.ts"
import { decide } from "../order/Transitions.ts"
import { isPayable, notPayable } from "../page/PageConfig.ts"
import { PageConfigs } from "../page/PageConfigs.ts"
import {
  PaymentProvider,
  PaymentProviderRefused,
  PaymentProviderUnavailable,
  type ProviderFailure
} from "../payment/PaymentProvider.ts"
import {
  AttemptId,
  Ids,
  OrderId,
  type OrderNumber,
  orderNumber,
  type PageId,
  type VisitId
} from "../text/Ids.ts"
import { asking } from "./asking.ts"
import { Settling } from "./Settling.ts"

/** What a buyer sends off with the button. */
export interface Start {
  readonly identity: Identity
  readonly pageId: PageId
  readonly seen: Placing.Seen
  readonly email: string
  readonly visit: VisitId | null
}

/** An order, and the page to pay it on; null when there is nothing to pay. */
export interface Started {
  readonly order: Order
  readonly payUrl: string | null
}

/** Says which order stays saved although its payment page could not be made. */
const saved =
  (number: OrderNumber) =>
  (failure: ProviderFailure): ProviderFailure =>
    failure._tag === "PaymentProviderRefused"
      ? new PaymentProviderRefused({ pageId: failure.pageId, why: failure.why, number })
      : new PaymentProviderUnavailable({ why: failure.why, retryAfter: failure.retryAfter, number })

/**
 * Use cases: from the cart to the paid order. Every step is committed before the next one and can be
 * repeated.
 */
export class Checkout extends Context.Service<Checkout>()("@rose-ash/cart-domain/checkout/Checkout", {
  make: Effect.gen(function* () {
    const orders = yield* Orders
    const pages = yield* PageConfigs
    const provider = yield* PaymentProvider
    const settling = yield* Settling
    const ids = yield* Ids
    const least = yield* LeastTotal

    const minted = Effect.gen(function* () {
      const order = OrderId.make(yield* ids.uuid)
      const attempt = AttemptId.make(yield* ids.uuid)
      return { order, attempt, number: orderNumber(yield* ids.bytes(8)) }
    })

    /** Asks for the payment page of the live attempt, unless it is known already, and notes it. */
    const reach = Effect.fnUntraced(function* (order: Order) {
      const attempt = liveAttempt(order)
      if (attempt === undefined || attempt.payUrl !== null) return { order, payUrl: attempt?.payUrl ?? null }
      const opened = yield* provider
        .open(asking(order, attempt))
        .pipe(
          Effect.tapErrorTag("PaymentProviderRefused", ({ why }) =>
            why === "request" ? Effect.void : pages.pause(order.pageId, attempt.credentialId)
          )
        )
      const noted = yield* settling.note(order, opened)
      return { order: noted, payUrl: liveAttempt(noted)?.payUrl ?? null }
    })

    /**
     * The live attempt while its page is good, else a new one once the old one is dead by the provider's word
     * (T3).
     */
    const renew = Effect.fnUntraced(function* (order: Order) {
      const page = yield* Effect.orDie(pages.get(order.pageId))
      const { seller } = page
      if (seller === null || !isPayable(page)) return yield* notPayable(page)
      const again = Effect.flatMap(ids.uuid, (id) =>
        orders.modify(order.id, decide({ _tag: "PayAgain", attemptId: AttemptId.make(id), seller }))
      )
      // While nobody can say that the old page is closed it may still be paid on.
      return yield* Effect.catchTag(again, "AttemptStillAlive", (alive) =>
        Effect.andThen(
          Effect.mapError(settling.closeAll(order), () => alive),
          again
        )
      )
    })

    const pay = (order: Order) =>
      Effect.flatMap(renew(order), reach).pipe(
        Effect.catchTag(["PaymentProviderRefused", "PaymentProviderUnavailable"], (failure) =>
          Effect.fail(saved(order.number)(failure))
        )
      )

    /** Places exactly what was seen and opens a payment page. Sent twice it is one order and one page. */
    const start = Effect.fn("Checkout.start")(function* (of: Start) {
      const { email, identity, pageId, seen, visit } = of
      const place = Effect.flatMap(minted, (fresh) =>
        Effect.map(
          orders.place(of, Placing.place({ identity, seen, email, visit, least, ids: fresh })),
          (order) => ({ order, isNew: order.id === fresh.order })
        )
      )
      const { isNew, order } = yield* Effect.retry(place, {
        while: (error) => error._tag === "OrderNumberTaken",
        times: 3
      }).pipe(Effect.catchTag("OrderNumberTaken", Effect.die))
      if (isNew) return yield* Effect.mapError(reach(order), saved(order.number))
      // The order of an older form: it is the one meant only if it can still be what the buyer looked at.
      const over = order.state === "expired" || order.state === "cancelled"
      if (over || order.total > seen.total) return yield* new CartChanged({ pageId })
      return order.state === "paid" ? { order, payUrl: null } : yield* pay(order)
    })

    /** The order's payment page, the old one or a new one. */
    const payAgain = Effect.fn("Checkout.payAgain")(function* (number: OrderNumber, principal: Principal) {
      return yield* pay(yield* orders.find(number, principal))
    })

    /** The buyer calls it off (T7): the page is closed at the provider first, and a payment wins (T7b). */
    const cancel = Effect.fn("Checkout.cancel")(function* (number: OrderNumber, principal: Principal) {
      const found = yield* orders.find(number, principal)
      const order = yield* Effect.mapError(settling.closeAll(found), saved(number))
      return yield* orders.modify(order.id, decide({ _tag: "CancelByBuyer" }))
    })

    /** Asks the provider about every attempt that may have changed; an unreadable answer changes nothing. */
    const recheck = Effect.fn("Checkout.recheck")(function* (number: OrderNumber, principal: Principal) {
      return yield* settling.settle(yield* orders.find(number, principal))
    })

    return { cancel, payAgain, recheck, start } as const
  })
}) {
  static readonly layer = Layer.effect(Checkout, Checkout.make)
}
