import { Effect } from "effect"
import { Attending } from "../checkout/Attending.ts"
import { readEvery } from "../checkout/Settling.ts"
import type { Customer } from "../identity/Identity.ts"
import type { Order } from "../order/Order.ts"
import { CustomerId, RefundId } from "../text/Ids.ts"
import { asks, type Buyer, orderNow, waits } from "./simBuyer.ts"

const staff = { pages: [], treasurer: true }
const person: Customer = { _tag: "Customer", id: CustomerId.make("robin"), name: "Robin", email: null }

/** Some of it or all goes back: by a person who answers for the page, or by somebody at the provider. */
export const givenBack = Effect.fnUntraced(function* (buyer: Buyer, { number }: Order) {
  const { house } = buyer
  for (let n = 0; n < 4 && (orderNow(buyer)?.payments.length ?? 0) === 0; n += 1) {
    yield* asks(
      buyer,
      Attending.use((attending) => attending.check(staff, number))
    )
    yield* waits(buyer, 2 * readEvery)
  }
  const [payment] = orderNow(buyer)?.payments ?? []
  if (payment === undefined) return
  const minor = house.dice.chance(0.5) ? payment.minor : 1 + house.dice.below(payment.minor)
  if (house.dice.chance(0.25))
    return house.outside(house.scripted.payBack(payment.id.replace("sumup:", ""), minor))
  const refundId = RefundId.make(house.world.mint())
  const deed = { _tag: "Refund", refundId, paymentId: payment.id, minor, reason: "Burnt." } as const
  yield* asks(
    buyer,
    Attending.use((attending) => attending.act({ person, staff }, number, deed)),
    1
  )
})
