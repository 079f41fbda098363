import { Effect, HashMap, Layer } from "effect"
import { type Backlog, Readiness } from "../health/Readiness.ts"
import { openCases } from "../order/Order.ts"
import { isMoving } from "../payment/Refund.ts"
import { type Instant, minute } from "../time/Instant.ts"
import type { State } from "./State.ts"
import { World } from "./World.ts"

const counted = <A>(of: Iterable<A>, is: (one: A) => boolean): number => [...of].filter(is).length

const backlogOf = (state: State, now: Instant): Backlog => {
  const deliveries = HashMap.toValues(state.deliveries)
  const messages = HashMap.toValues(state.inbox).filter(({ outcome }) => outcome === null)
  const orders = HashMap.toValues(state.orders).map(({ order }) => order)
  const isDue = ({ dueAt }: { readonly dueAt: Instant | null }) => dueAt !== null && dueAt <= now
  return {
    events_due: counted(deliveries, isDue),
    events_dead: counted(deliveries, ({ dueAt }) => dueAt === null),
    messages_due: counted(messages, isDue),
    messages_dead: counted(messages, ({ dueAt }) => dueAt === null),
    orders_overdue: counted(orders, ({ dueAt }) => dueAt !== null && dueAt <= now - minute),
    cases_open: orders.reduce((sum, order) => sum + openCases(order).length, 0),
    refunds_moving: orders.reduce((sum, { refunds }) => sum + counted(refunds, isMoving), 0)
  }
}

/** In memory nothing is ever missing. */
export const layer = Layer.effect(
  Readiness,
  Effect.map(World, (world) =>
    Readiness.of({ missing: Effect.succeed([]), backlog: world.look("Readiness.backlog", backlogOf) })
  )
)
