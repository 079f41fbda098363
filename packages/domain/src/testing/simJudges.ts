import { HashMap } from "effect"
import type { Break } from "../health/Audits.ts"
import { isLive } from "../payment/PaymentAttempt.ts"
import { compare } from "./Invariants.ts"
import type { SimHouse } from "./simHouse.ts"
import { consumers } from "./simPorts.ts"

const broken = (invariant: string, subject: string, detail: string): Break => ({ invariant, subject, detail })

/** What had to come to its end and did not, an hour and some after the last fault. */
export const unended = (house: SimHouse): ReadonlyArray<Break> =>
  house
    .orders()
    .filter(({ state }) => state === "awaiting_payment")
    .map(({ number }) => broken("L2", number, "it still waits for a payment"))

/** What had to come to its end and did not, days after the last fault. */
export const left = (house: SimHouse): ReadonlyArray<Break> => {
  const { state } = house
  const open = house.orders().filter(({ attempts }) => attempts.some(isLive))
  const untold = HashMap.toValues(state.deliveries).filter(({ dueAt }) => dueAt !== null)
  return [
    ...compare(state, house.outside(house.scripted.books)),
    ...open.map(({ number }) => broken("L1", number, "its page was never closed")),
    ...untold.map(({ consumer, event }) => broken("L3", event.id, `${consumer} was never told`)),
    ...disordered(house)
  ]
}

/** Of each order every consumer heard everything, first things first. */
const disordered = ({ told, state }: SimHouse): ReadonlyArray<Break> =>
  HashMap.toValues(state.orders).flatMap(({ events, order }) =>
    consumers.flatMap((consumer) => {
      const heard = [...new Set(told.get(`${consumer} ${order.id}`))]
      const dead = HashMap.some(
        state.deliveries,
        (row) => row.consumer === consumer && row.event.stream === order.id
      )
      const right =
        heard.every((sequence, n) => sequence === n + 1) && (dead || heard.length === events.length)
      return right ? [] : [broken("S10", order.number, `${consumer} heard ${heard.join(", ")}`)]
    })
  )
