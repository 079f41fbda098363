import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { CalendarEntries } from "../calendar/CalendarEntries.ts"
import type { CalendarEntry } from "../calendar/CalendarEntry.ts"
import type { Identities } from "../identity/Identities.ts"
import { EntryId, OrderId } from "../text/Ids.ts"
import { hour, plus } from "../time/Instant.ts"
import { fresh, someone } from "./acting.ts"
import { held, type It } from "./contract.ts"
import { Seeds } from "./Seeds.ts"

/** Two pending entries of one person on one page, and an order to claim them. */
export const calendar = Effect.gen(function* () {
  const entries = yield* CalendarEntries
  const seeds = yield* Seeds
  const page = yield* seeds.page()
  const slot = yield* seeds.slot({ pageId: page.id, capacity: 4 })
  const identity = yield* someone
  const first = yield* held({ slot, identity })
  const second = yield* held({ slot, identity })
  const orderId = OrderId.make(yield* fresh)
  const both = [first.id, second.id]
  const until = plus(first.heldUntil ?? first.startsAt, hour)
  const states = Effect.map(entries.ofOrder(orderId), (of) => of.map(({ state }) => state))
  return {
    both,
    claim: { orderId, identity, entries: both, until },
    entries,
    first,
    identity,
    orderId,
    page,
    seeds,
    slot,
    states
  }
})

/** Whose an entry is: who may give it back, and who adopts it. */
export const owners = (it: It<CalendarEntries | Identities | Seeds>): void => {
  it.effect("only its owner gives a pending entry back, and only while it is pending", () =>
    Effect.gen(function* () {
      const { claim, entries, first, identity, states } = yield* calendar
      yield* entries.giveBack(yield* someone, first.id)
      assert.strictEqual((yield* entries.pending(identity)).length, 2)
      yield* entries.giveBack(identity, EntryId.make("no-such-entry"))
      yield* entries.giveBack(identity, first.id)
      yield* entries.giveBack(identity, first.id)
      const left = (yield* entries.pending(identity)).map(({ id }) => id)
      assert.deepStrictEqual(
        left,
        claim.entries.filter((id) => id !== first.id)
      )
      yield* entries.claim({ ...claim, entries: left })
      for (const id of left) yield* entries.giveBack(identity, id)
      assert.deepStrictEqual(yield* states, ["ordered"])
    })
  )
  it.effect("adopted entries are the customer's, as they were; nobody else's move, and twice is once", () =>
    Effect.gen(function* () {
      const { claim, entries, first, identity, orderId, seeds, slot } = yield* calendar
      const { customer } = yield* seeds.person()
      const stranger = yield* someone
      const theirs = yield* held({ slot, identity: stranger })
      const before = yield* entries.pending(identity)
      yield* entries.claim({ ...claim, entries: [first.id] })
      const moved = yield* entries.adopt(identity, customer)
      assert.deepStrictEqual([...moved].sort(), [...claim.entries].sort())
      const kept: ReadonlyArray<CalendarEntry> = before.filter(({ id }) => id !== first.id)
      assert.deepStrictEqual(yield* entries.pending(customer), kept)
      assert.deepStrictEqual(yield* entries.pending(identity), [])
      assert.deepStrictEqual(yield* entries.pending(stranger), [theirs])
      assert.deepStrictEqual(
        (yield* entries.ofOrder(orderId)).map(({ state }) => state),
        ["ordered"]
      )
      assert.deepStrictEqual(yield* entries.adopt(identity, (yield* seeds.person()).customer), [])
      assert.deepStrictEqual(yield* entries.pending(customer), kept)
    })
  )
}
