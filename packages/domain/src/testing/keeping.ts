import { HashMap, Result } from "effect"
import type { EntryTaken } from "../calendar/CalendarEntry.ts"
import type { Told } from "../event/CloudEvent.ts"
import type { Decision } from "../order/Decision.ts"
import type { Order } from "../order/Order.ts"
import type { OrderEvent } from "../order/OrderEvent.ts"
import type { Observation } from "../payment/Observation.ts"
import { earliest, type Instant } from "../time/Instant.ts"
import { delivery } from "./outbox.ts"
import type { OrderRow, State } from "./State.ts"
import * as seats from "./seats.ts"
import { at } from "./World.ts"

const fresh: Omit<OrderRow, "order"> = {
  hinted: false,
  events: [],
  observations: [],
  audit: [],
  grants: HashMap.empty()
}

/** The outbox: one delivery per consumer that listens now. */
export const told = (state: State, events: ReadonlyArray<Told>, now: Instant): State => ({
  ...state,
  deliveries: HashMap.setMany(
    state.deliveries,
    events.flatMap((event) => state.consumers.map((consumer) => delivery(consumer, event, now)))
  )
})

/** An event as the outbox keeps it. */
const toldOf = ({ at, data, id, orderId, pageId, sequence }: OrderEvent): Told => ({
  id,
  stream: orderId,
  pageId,
  sequence,
  at,
  data
})

const withObserved = (
  kept: ReadonlyArray<Observation>,
  seen: Observation | null
): ReadonlyArray<Observation> =>
  seen === null || kept.some((other) => JSON.stringify(other) === JSON.stringify(seen))
    ? kept
    : [...kept, seen]

/** A hint outlives the decision of whoever did not know of it. */
const due = (order: Order, hinted: boolean, now: Instant): Order =>
  hinted ? { ...order, dueAt: order.dueAt === null ? now : earliest(order.dueAt, now) } : order

/** What the decision does to the order's entries; null when seats it must have again are gone. */
const entriesMoved = (
  state: State,
  { entries, order }: Decision,
  now: Instant
): Result.Result<State | null, EntryTaken> => {
  switch (entries._tag) {
    case "Keep":
      return Result.succeed(state)
    case "Claim":
      return seats.holdLonger(state, order, entries.until)
    case "Confirm":
      return Result.succeed(seats.confirm(state, order.id))
    case "Release":
      return Result.succeed(seats.release(state, order.id))
    case "Cancel":
      return Result.succeed(seats.cancel(state, order.id))
    case "Reclaim":
      return Result.succeed(seats.reclaim(state, order.id, now))
  }
}

const written = (state: State, decision: Decision, now: Instant): readonly [Order, State] => {
  const row = at(state.orders, decision.order.id) ?? { ...fresh, order: decision.order }
  const order = due(decision.order, row.hinted, now)
  const { audit, observed } = decision
  const events = decision.events.map(toldOf)
  const next: OrderRow = {
    ...row,
    order,
    events: [...row.events, ...events],
    observations: withObserved(row.observations, observed),
    audit: audit === null ? row.audit : [...row.audit, { ...audit, at: now }]
  }
  return [order, told({ ...state, orders: HashMap.set(state.orders, order.id, next) }, events, now)]
}

/** Writes a decision as a whole: the order, what it tells, what was observed and noted, and its entries. */
export const keep = (
  state: State,
  decision: Decision,
  now: Instant
): Result.Result<readonly [Order, State], EntryTaken> =>
  Result.flatMap(entriesMoved(state, decision, now), (moved) => {
    if (moved !== null) return Result.succeed(written(moved, decision, now))
    const { entries } = decision
    return entries._tag === "Reclaim"
      ? keep(state, entries.otherwise(), now)
      : Result.succeed([decision.order, state] as const)
  })
