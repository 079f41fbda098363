import { Effect, Exit } from "effect"
import { type Identity, owns } from "../identity/Identity.ts"
import type { Order } from "../order/Order.ts"
import type { Item } from "../page/Item.ts"
import type { PageConfig } from "../page/PageConfig.ts"
import type { PaymentAttempt } from "../payment/PaymentAttempt.ts"
import type { AttemptId } from "../text/Ids.ts"
import { second } from "../time/Instant.ts"
import type { SimHouse } from "./simHouse.ts"
import type { Served } from "./simPorts.ts"

/** A page, what it sells, and times with places. */
export interface SimShop {
  readonly page: PageConfig
  readonly items: readonly [Item, Item]
  readonly slot: string
}
/** Somebody who buys on a page, and the order that came of it. */
export interface Buyer {
  readonly house: SimHouse
  readonly shop: SimShop
  identity: Identity
  order: Order | undefined
}

/** The order as it is stored now. */
export const orderNow = ({ house, identity, order }: Buyer): Order | undefined =>
  order === undefined ? house.orders().find(({ owner }) => owns(identity, owner)) : house.order(order.id)
export const attemptNow = (buyer: Buyer): PaymentAttempt | undefined => orderNow(buyer)?.attempts.at(-1)
export const byOf = ({ identity }: Buyer) => ({ identity, links: [] })

/** Up to so many milliseconds go by. */
export const waits = ({ house }: Buyer, most: number): Effect.Effect<void> =>
  Effect.suspend(() => house.time.sleep(house.dice.below(most)))

/** Asks as browsers do, again when nothing comes back; undefined for a refusal, or when nothing ever came. */
export const asks = <A, E>(buyer: Buyer, effect: Effect.Effect<A, E, Served>, tries = 3) =>
  Effect.gen(function* () {
    const about = (): AttemptId | undefined => attemptNow(buyer)?.id
    for (let n = 0; n < tries; n += 1) {
      const exit = yield* buyer.house.ask(effect, about)
      if (exit !== null && Exit.isSuccess(exit)) return exit.value
      if (exit !== null && Exit.hasFails(exit)) return undefined
      yield* waits(buyer, 5 * second)
    }
    return undefined
  })
