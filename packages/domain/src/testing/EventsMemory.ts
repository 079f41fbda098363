import { Effect, HashMap, Layer } from "effect"
import { type DeadDelivery, Events } from "../event/Events.ts"
import { Instant, plus } from "../time/Instant.ts"
import { heads, put, replayed, settled } from "./outbox.ts"
import type { DeliveryRow, State } from "./State.ts"
import { at, World, wrote } from "./World.ts"

const claimMost = 100
const deadMost = 1000

const buried = (state: State): ReadonlyArray<DeliveryRow> =>
  HashMap.toValues(state.deliveries)
    .filter(({ dueAt }) => dueAt === null)
    .sort((a, b) => (a.failed?.at ?? 0) - (b.failed?.at ?? 0))

const deadOf = ({ consumer, event, failed, tries }: DeliveryRow): DeadDelivery => ({
  consumer,
  eventId: event.id,
  type: event.data._tag,
  stream: event.stream,
  pageId: event.pageId,
  tries,
  reason: failed?.reason ?? "",
  since: failed?.at ?? Instant.make(event.at)
})

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
      enlist: (consumers) =>
        world.step("Events.enlist", (state) => {
          const names = consumers.map(({ name }) => name)
          const others = state.consumers.filter((name) => !names.includes(name))
          return wrote(others, { ...state, consumers: [...others, ...names] })
        }),
      retire: (consumer) =>
        world.step("Events.retire", (state) => {
          const deliveries = HashMap.filter(state.deliveries, (row) => row.consumer !== consumer)
          const dropped = HashMap.size(state.deliveries) - HashMap.size(deliveries)
          const consumers = state.consumers.filter((name) => name !== consumer)
          return wrote(dropped, { ...state, consumers, deliveries })
        }),
      claim: (consumer, limit, lease) =>
        world.step("Events.claim", (state, now) => {
          const rows = heads(state, consumer)
            .filter(({ dueAt }) => dueAt !== null && dueAt <= now)
            .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
            .slice(0, Math.min(limit, claimMost))
            .map((row) => handOut(row, now, lease))
          return wrote(
            rows.map(({ event, lease: token, tries }) => ({ consumer, event, lease: token ?? "", tries })),
            put(state, rows)
          )
        }),
      delivered: (delivery) =>
        world.step("Events.delivered", (state) => wrote(undefined, settled(state, delivery, null))),
      failed: (delivery, reason, after) =>
        world.step("Events.failed", (state, now) => {
          const next = { dueAt: after === null ? null : plus(now, after), failed: { reason, at: now } }
          return wrote(undefined, settled(state, delivery, next))
        }),
      dead: world.look("Events.dead", (state) => buried(state).slice(0, deadMost).map(deadOf)),
      redrive: (consumer) =>
        world.step("Events.redrive", (state, now) => {
          const rows = buried(state).filter((row) => consumer === null || row.consumer === consumer)
          return wrote(
            rows.length,
            put(
              state,
              rows.map((row) => ({ ...row, tries: 0, dueAt: now }))
            )
          )
        }),
      replay: (of) =>
        world.step("Events.replay", (state, now) => {
          const rows = replayed(state, of, now)
          return wrote(rows.length, put(state, rows))
        })
    })
  })
)
