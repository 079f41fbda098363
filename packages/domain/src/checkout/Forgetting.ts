import { Context, Effect, Layer, Result } from "effect"
import { CalendarEntries } from "../calendar/CalendarEntries.ts"
import { Carts } from "../cart/Carts.ts"
import type { Customer } from "../identity/Identity.ts"
import { Orders } from "../order/Orders.ts"
import { decide } from "../order/Transitions.ts"
import type { CustomerId } from "../text/Ids.ts"

const pageMost = 100

/**
 * Use case: forgets a person who is no longer a customer. Carts are emptied, places given back; orders keep
 * what is money.
 */
export class Forgetting extends Context.Service<Forgetting>()("@rose-ash/cart-domain/checkout/Forgetting", {
  make: Effect.gen(function* () {
    const calendar = yield* CalendarEntries
    const carts = yield* Carts
    const orders = yield* Orders

    const giveBack = Effect.fnUntraced(function* (identity: Customer) {
      const entries = yield* calendar.pending(identity)
      yield* Effect.forEach(entries, ({ id }) => calendar.giveBack(identity, id), { discard: true })
    })

    const emptyCarts = Effect.fnUntraced(function* (identity: Customer) {
      for (const { cart, page } of yield* carts.list(identity)) {
        if (cart.lines.length === 0) continue
        const of = { identity, pageId: page.id }
        yield* carts
          .modify(of, ({ cart }) => Result.succeed({ ...cart, revision: cart.revision + 1, lines: [] }))
          .pipe(Effect.ignore) // the page is gone, and its cart with it
      }
    })

    const eraseOrders = Effect.fnUntraced(function* (identity: Customer) {
      let waiting = 0
      let cursor: string | null = null
      do {
        const query = { identity, pageId: null, year: null, cursor, limit: pageMost }
        const page: Effect.Success<ReturnType<typeof orders.list>> = yield* orders.list(query)
        for (const { id } of page.orders) {
          const erased = yield* Effect.result(orders.modify(id, decide({ _tag: "Erase" })))
          if (Result.isFailure(erased)) waiting += 1
        }
        cursor = page.older
      } while (cursor !== null)
      return waiting
    })

    /** Idempotent. Returns how many orders wait, because money of them is not settled. */
    const forget = Effect.fn("Forgetting.forget")(function* (id: CustomerId) {
      const identity: Customer = { _tag: "Customer", id, name: "customer", email: null }
      yield* giveBack(identity)
      yield* emptyCarts(identity)
      return yield* eraseOrders(identity)
    })

    return { forget } as const
  })
}) {
  static readonly layer = Layer.effect(Forgetting, Forgetting.make)
}
