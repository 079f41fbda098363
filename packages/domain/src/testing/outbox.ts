import { HashMap } from "effect"
import type { Told } from "../event/CloudEvent.ts"
import type { Delivery, Replay } from "../event/Events.ts"
import type { Instant } from "../time/Instant.ts"
import type { DeliveryRow, State } from "./State.ts"
import { at } from "./World.ts"

const keyOf = (consumer: string, { id }: Pick<Told, "id">): string => `${consumer}|${id}`

/** An event that waits for a consumer. */
export const delivery = (consumer: string, event: Told, now: Instant): readonly [string, DeliveryRow] => [
  keyOf(consumer, event),
  { consumer, event, tries: 0, lease: null, dueAt: now, failed: null }
]

/** Of each order only the oldest delivery, given up or not: what comes after it waits. */
export const heads = (state: State, consumer: string): ReadonlyArray<DeliveryRow> => {
  const oldest = new Map<string, DeliveryRow>()
  for (const row of HashMap.values(state.deliveries)) {
    if (row.consumer !== consumer) continue
    const head = oldest.get(row.event.stream)
    if (head === undefined || row.event.sequence < head.event.sequence) oldest.set(row.event.stream, row)
  }
  return [...oldest.values()]
}

export const put = (state: State, rows: ReadonlyArray<DeliveryRow>): State => ({
  ...state,
  deliveries: HashMap.setMany(
    state.deliveries,
    rows.map((row) => [keyOf(row.consumer, row.event), row] as const)
  )
})

/** What its holder makes of a delivery; null takes it away. A lease that passed on changes nothing. */
export const settled = (
  state: State,
  { consumer, event, lease }: Delivery,
  next: Partial<DeliveryRow> | null
): State => {
  const key = keyOf(consumer, event)
  const row = at(state.deliveries, key)
  if (row === undefined || row.lease !== lease) return state
  return next === null
    ? { ...state, deliveries: HashMap.remove(state.deliveries, key) }
    : put(state, [{ ...row, ...next, lease: null }])
}

/** Everything that was ever told. */
const history = ({ adoptions, orders }: State): ReadonlyArray<Told> => [
  ...HashMap.toValues(orders).flatMap(({ events }) => events),
  ...adoptions.map(({ event }) => event)
]

/** What a replay adds to what waits already. */
export const replayed = (state: State, of: Replay, now: Instant): ReadonlyArray<DeliveryRow> =>
  history(state)
    .filter(({ stream }) => of.stream === null || stream === of.stream)
    .filter((event) => event.at >= of.since && event.at < of.until)
    .filter(
      (event) =>
        state.consumers.includes(of.consumer) && !HashMap.has(state.deliveries, keyOf(of.consumer, event))
    )
    .map((event) => delivery(of.consumer, event, now)[1])
