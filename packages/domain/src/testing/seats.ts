import { HashMap, Result } from "effect"
import type { Claim } from "../calendar/CalendarEntries.ts"
import { EntryTaken, isHeld } from "../calendar/CalendarEntry.ts"
import { owns } from "../identity/Identity.ts"
import type { Order } from "../order/Order.ts"
import type { OrderId } from "../text/Ids.ts"
import { type Instant, latest } from "../time/Instant.ts"
import type { EntryRow, State } from "./State.ts"
import { at } from "./World.ts"

const byId = (a: EntryRow, b: EntryRow): number => (a.entry.id < b.entry.id ? -1 : 1)

export const entriesWhere = (state: State, holds: (row: EntryRow) => boolean): ReadonlyArray<EntryRow> =>
  HashMap.toValues(state.entries).filter(holds).sort(byId)

/**
 * A pending entry sits on its seat while it is held; whatever an order has taken sits there whatever the
 * time.
 */
const isLiving = ({ entry }: EntryRow, now: Instant): boolean =>
  isHeld(entry, now) || ["ordered", "provisional", "confirmed"].includes(entry.state)

/** How many seats of a slot nobody sits on. */
export const seatsFree = (state: State, slot: string, now: Instant): number =>
  (at(state.slots, slot)?.capacity ?? 0) -
  entriesWhere(state, (row) => row.slot === slot && isLiving(row, now)).length

export const put = (state: State, rows: ReadonlyArray<EntryRow>): State => ({
  ...state,
  entries: HashMap.setMany(
    state.entries,
    rows.map((row) => [row.entry.id, row] as const)
  )
})

const ofOrder = (state: State, orderId: OrderId): ReadonlyArray<EntryRow> =>
  entriesWhere(state, ({ entry }) => entry.orderId === orderId)

const moved = (row: EntryRow, entry: Partial<EntryRow["entry"]>): EntryRow => ({
  ...row,
  entry: { ...row.entry, ...entry }
})

/** pending → ordered for all of them, or the ones that cannot be had. */
export const claim = (state: State, of: Claim, now: Instant): Result.Result<State, EntryTaken> => {
  const rows = of.entries.map((id) => ({ id, row: at(state.entries, id) }))
  const taken = rows.flatMap(({ id, row }) => {
    const theirs = row !== undefined && row.entry.state === "ordered" && row.entry.orderId === of.orderId
    const free = row !== undefined && isHeld(row.entry, now) && owns(of.identity, row.owner)
    return theirs || free ? [] : [id]
  })
  if (taken.length > 0) return Result.fail(new EntryTaken({ entries: taken }))
  const ordered = rows.flatMap(({ row }) =>
    row === undefined
      ? []
      : moved(row, {
          state: "ordered",
          orderId: of.orderId,
          heldUntil: latest(of.until, row.entry.heldUntil ?? of.until)
        })
  )
  return Result.succeed(put(state, ordered))
}

/** The order's own entries are held at least until then; one that is no longer ordered is taken from it. */
export const holdLonger = (state: State, of: Order, until: Instant): Result.Result<State, EntryTaken> => {
  const mine = ofOrder(state, of.id).filter(({ entry }) => entry.state === "ordered")
  const ids = new Set(mine.map(({ entry }) => entry.id))
  const gone = of.lines.flatMap(({ entryId }) => (entryId === null || ids.has(entryId) ? [] : [entryId]))
  if (gone.length > 0) return Result.fail(new EntryTaken({ entries: gone }))
  const held = mine.map((row) => moved(row, { heldUntil: latest(until, row.entry.heldUntil ?? until) }))
  return Result.succeed(put(state, held))
}

const move =
  (from: ReadonlyArray<string>, to: EntryRow["entry"]["state"]) =>
  (state: State, orderId: OrderId): State =>
    put(
      state,
      ofOrder(state, orderId)
        .filter(({ entry }) => from.includes(entry.state))
        .map((row) => moved(row, { state: to, heldUntil: null }))
    )

export const confirm = move(["ordered"], "provisional")
export const release = move(["ordered"], "released")
export const cancel = move(["provisional", "confirmed"], "cancelled")

/** Every released entry of the order back on a seat, or null when there is none left for one of them. */
export const reclaim = (state: State, orderId: OrderId, now: Instant): State | null => {
  let next = state
  for (const row of ofOrder(state, orderId)) {
    if (["provisional", "confirmed"].includes(row.entry.state)) continue
    if (row.entry.state !== "released" || seatsFree(next, row.slot, now) < 1) return null
    next = put(next, [moved(row, { state: "provisional", heldUntil: null })])
  }
  return next
}
