import { Effect, HashMap, Layer } from "effect"
import { type Delivery, Events } from "../event/Events.ts"
import { type Instant, plus } from "../time/Instant.ts"
import type { DeliveryRow, State } from "./State.ts"
import { at, World, wrote } from "./World.ts"

const claimMost = 100
const keyOf = (consumer: string, { id }: DeliveryRow["event"]): string => `${consumer}|${id}`

/** Of each order only the oldest delivery, given up or not: what comes after it waits. */
const heads = (state: State, consumer: string): ReadonlyArray<DeliveryRow> => {
  const oldest = new Map<string, DeliveryRow>()
  for (const row of HashMap.values(state.deliveries)) {
    if (row.consumer !== consumer) continue
    const head = oldest.get(row.event.stream)
    if (head === undefined || row.event.sequence < head.event.sequence) oldest.set(row.event.stream, row)
  }
  return [...oldest.values()]
}

const settled = (
  state: State,
  { consumer, event, lease }: Delivery,
  next: Partial<DeliveryRow> | null
): State => {
  const key = keyOf(consumer, event)
  const row = at(state.deliveries, key)
  if (row === undefined || row.lease !== lease) return state
  const deliveries =
    next === null
      ? HashMap.remove(state.deliveries, key)
      : HashMap.set(state.deliveries, key, { ...row, ...next, lease: null })
  return { ...state, deliveries }
}

/** The outbox in memory. */
export const layer = Layer.effect(
  Events,
  Effect.map(World, (world) => {
    const handOut = (row: DeliveryRow, now: Instant, lease: number): DeliveryRow => ({
      ...row,
      tries: row.tries + 1,
      lease: world.mint(),
      dueAt: plus(now, lease)
    })
    return Events.of({
      ofOrder: (id) => world.look("Events.ofOrder", (state) => at(state.orders, id)?.events ?? []),
      claim: (consumer, limit, lease) =>
        world.step("Events.claim", (state, now) => {
          const rows = heads(state, consumer)
            .filter(({ dueAt }) => dueAt !== null && dueAt <= now)
            .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
            .slice(0, Math.min(limit, claimMost))
            .map((row) => handOut(row, now, lease))
          const deliveries = HashMap.setMany(
            state.deliveries,
            rows.map((row) => [keyOf(consumer, row.event), row] as const)
          )
          return wrote(
            rows.map(({ event, lease: token, tries }) => ({ consumer, event, lease: token ?? "", tries })),
            { ...state, deliveries }
          )
        }),
      delivered: (delivery) =>
        world.step("Events.delivered", (state) => wrote(undefined, settled(state, delivery, null))),
      failed: (delivery, _reason, after) =>
        world.step("Events.failed", (state, now) =>
          wrote(undefined, settled(state, delivery, { dueAt: after === null ? null : plus(now, after) }))
        )
    })
  })
)
