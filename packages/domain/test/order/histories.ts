import { Result } from "effect"
import * as fc from "fast-check"
import type { Decision } from "../../src/order/Decision.ts"
import type { Input } from "../../src/order/Input.ts"
import type { Order } from "../../src/order/Order.ts"
import { decide } from "../../src/order/Transitions.ts"
import type { Observation } from "../../src/payment/Observation.ts"
import * as arbitraries from "../../src/testing/arbitraries.ts"
import { start } from "../../src/testing/examples.ts"
import { type Happening, happenings } from "../../src/testing/happenings.ts"
import { law } from "../../src/testing/prop.ts"
import { plus } from "../../src/time/Instant.ts"

/** Something that happened, and everything the provider has answered until then. */
export interface Step {
  readonly before: Order
  readonly input: Input
  readonly decision: Decision
  readonly observations: ReadonlyArray<Observation>
}

/**
 * What is written when one thing happens after the other: refusals write nothing; places are there, or gone.
 */
const lived = (
  order: Order,
  happenings: ReadonlyArray<Happening>,
  seatsLeft: boolean
): ReadonlyArray<Step> => {
  const steps: Array<Step> = []
  let before = order
  let now = start
  let observations: ReadonlyArray<Observation> = []
  for (const { after, input: inputOf } of happenings) {
    now = plus(now, after)
    const input = inputOf(before)
    const answer = decide(input)(before, now)
    if (Result.isFailure(answer)) continue
    const { entries } = answer.success
    const decision = entries._tag === "Reclaim" && !seatsLeft ? entries.otherwise() : answer.success
    observations = decision.observed === null ? observations : [...observations, decision.observed]
    steps.push({ before, input, decision, observations })
    before = decision.order
  }
  return steps
}

/** A law about every step of every history. */
export const history = (name: string, holds: (step: Step, steps: ReadonlyArray<Step>) => void): void =>
  law(
    name,
    [arbitraries.waitingOrder, happenings, fc.boolean()],
    (order, happenings, seatsLeft) => {
      const steps = lived(order, happenings, seatsLeft)
      for (const step of steps) holds(step, steps)
    },
    { numRuns: 300 }
  )

export const credited = ({ paidBy, payments }: Order) => payments.filter(({ id }) => id === paidBy)
export const casesOf = ({ cases }: Order, paymentId: string) =>
  cases.filter((one) => one.paymentId === paymentId && one.reason !== "chargeback")
