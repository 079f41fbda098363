import { Effect, Layer, Result } from "effect"
import { CalendarEntries } from "../calendar/CalendarEntries.ts"
import { owns } from "../identity/Identity.ts"
import * as seats from "./seats.ts"
import { at, World, wrote } from "./World.ts"

const living = ["pending", "ordered", "provisional", "confirmed"]

/** Calendar entries in memory. */
export const layer = Layer.effect(
  CalendarEntries,
  Effect.map(World, (world) =>
    CalendarEntries.of({
      pending: (identity, pageId) =>
        world.look("CalendarEntries.pending", (state) =>
          seats
            .entriesWhere(
              state,
              ({ entry, owner }) =>
                entry.state === "pending" &&
                owns(identity, owner) &&
                (pageId === undefined || entry.pageId === pageId)
            )
            .map(({ entry }) => entry)
        ),
      ofOrder: (orderId) =>
        world.look("CalendarEntries.ofOrder", (state) =>
          seats.entriesWhere(state, ({ entry }) => entry.orderId === orderId).map(({ entry }) => entry)
        ),
      claim: (of) =>
        world.step("CalendarEntries.claim", (state, now) =>
          Result.map(seats.claim(state, of, now), (next) => [undefined, next] as const)
        ),
      confirm: (orderId) =>
        world.step("CalendarEntries.confirm", (state) => wrote(undefined, seats.confirm(state, orderId))),
      release: (orderId) =>
        world.step("CalendarEntries.release", (state) => wrote(undefined, seats.release(state, orderId))),
      reclaim: (orderId) =>
        world.step("CalendarEntries.reclaim", (state, now) => {
          const next = seats.reclaim(state, orderId, now)
          return wrote(next !== null, next ?? state)
        }),
      cancel: (orderId) =>
        world.step("CalendarEntries.cancel", (state) => wrote(undefined, seats.cancel(state, orderId))),
      giveBack: (identity, id) =>
        world.step("CalendarEntries.giveBack", (state) => {
          const row = at(state.entries, id)
          if (row === undefined || row.entry.state !== "pending" || !owns(identity, row.owner)) {
            return wrote(undefined, state)
          }
          const entry = { ...row.entry, state: "released" as const, heldUntil: null }
          return wrote(undefined, seats.put(state, [{ ...row, entry }]))
        }),
      adopt: (visitor, customer) =>
        world.step("CalendarEntries.adopt", (state) => {
          const rows = seats.entriesWhere(
            state,
            ({ entry, owner }) =>
              owner.visitorId === visitor.id && owner.customerId === null && living.includes(entry.state)
          )
          const adopted = rows.map((row) => ({ ...row, owner: { ...row.owner, customerId: customer.id } }))
          return wrote(
            rows.map(({ entry }) => entry.id),
            seats.put(state, adopted)
          )
        })
    })
  )
)
