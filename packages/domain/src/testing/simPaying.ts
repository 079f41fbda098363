import { Effect } from "effect"
import { Orders } from "../order/Orders.ts"
import type { PaymentAttempt } from "../payment/PaymentAttempt.ts"
import { PaymentProvider } from "../payment/PaymentProvider.ts"
import { minute, second } from "../time/Instant.ts"
import { attemptNow, type Buyer, waits } from "./simBuyer.ts"
import type { SimHouse } from "./simHouse.ts"

/** A call that says: look at this attempt. A token that nobody gave out does nothing. */
const webhook = (house: SimHouse, token: string) =>
  house.ask(
    Effect.gen(function* () {
      const id = (yield* PaymentProvider).hint(token)
      if (id._tag === "Some") yield* (yield* Orders).wake(id.value)
    })
  )

/** The provider says that something happened: in time, or not, or more than once, or too early. */
const tells = (house: SimHouse, attempt: PaymentAttempt): void => {
  const call = (after: number) =>
    house.run(Effect.andThen(house.time.sleep(after), webhook(house, house.scripted.token(attempt))))
  if (house.faults.strikes("webhook.forged")) house.run(webhook(house, `hint-${house.world.mint()}`))
  if (house.faults.strikes("webhook.lost", attempt.id)) return
  call(house.faults.strikes("webhook.late", attempt.id) ? 10 * minute : second)
  if (house.faults.strikes("webhook.twice", attempt.id)) call(second)
}

/** Somebody pays on the page that is known, if it still can be paid on; sometimes in spite of that. */
export const paysOn = (buyer: Buyer, late?: "money.late"): Effect.Effect<void> =>
  Effect.gen(function* () {
    const { house } = buyer
    const attempt = attemptNow(buyer)
    if (attempt === undefined || attempt.payUrl === null) return
    if (house.faults.strikes("webhook.early", attempt.id))
      yield* webhook(house, house.scripted.token(attempt))
    yield* waits(buyer, 90 * second)
    const { faults, scripted } = house
    if (late !== undefined && faults.strikes(late, attempt.id)) house.outside(scripted.payAnyway(attempt))
    else if (faults.strikes("money.wrong-amount", attempt.id))
      house.outside(scripted.payAnyway(attempt, { minor: attempt.amount.minor + 7 }))
    else if (faults.strikes("money.wrong-currency", attempt.id))
      house.outside(scripted.payAnyway(attempt, { currency: "SEK" }))
    else if (!house.outside(scripted.pay(attempt))) return
    if (faults.strikes("money.twice", attempt.id)) house.outside(scripted.payAnyway(attempt))
    tells(house, attempt)
  })
