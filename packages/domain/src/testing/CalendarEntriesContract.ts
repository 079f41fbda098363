import { assert, layer } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import type { CalendarEntries } from "../calendar/CalendarEntries.ts"
import type { Identities } from "../identity/Identities.ts"
import type { Identity } from "../identity/Identity.ts"
import { EntryId, OrderId } from "../text/Ids.ts"
import { hour, plus } from "../time/Instant.ts"
import { fresh, someone } from "./acting.ts"
import { held, type It, idsOf, refusal, type SuiteOptions } from "./contract.ts"
import { calendar, owners } from "./EntryOwnersContract.ts"
import { seatRaces } from "./SeatsContract.ts"
import type { Seeds } from "./Seeds.ts"

type Needs = CalendarEntries | Identities | Seeds

const unclaimed = (entries: CalendarEntries["Service"], identity: Identity) =>
  Effect.map(entries.pending(identity), idsOf<EntryId>)

const looking = (it: It<Needs>): void => {
  it.effect("pending entries are this person's, by id, of one page or of all, lapsed ones included", () =>
    Effect.gen(function* () {
      const { both, entries, identity, page, seeds, slot } = yield* calendar
      yield* held({ slot, identity: yield* someone })
      const elsewhere = yield* held({
        slot: yield* seeds.slot({ pageId: (yield* seeds.page()).id, capacity: 1 }),
        identity
      })
      const here = (yield* entries.pending(identity, page.id)).map(({ id }) => id)
      assert.deepStrictEqual(here, [...both].sort())
      const everywhere = (yield* entries.pending(identity)).map(({ id }) => id)
      assert.deepStrictEqual(everywhere, [...both, elsewhere.id].sort())
      yield* seeds.lapse(elsewhere.id)
      assert.strictEqual((yield* entries.pending(identity)).length, 3)
      assert.deepStrictEqual(yield* entries.pending((yield* seeds.person()).customer), [])
    })
  )
  it.effect("an entry is what was asked for", () =>
    Effect.gen(function* () {
      const { entries, first, identity, page } = yield* calendar
      const found = (yield* entries.pending(identity)).find(({ id }) => id === first.id)
      assert.deepStrictEqual(found, first)
      assert.deepStrictEqual([first.pageId, first.state, first.orderId], [page.id, "pending", null])
      assert.isTrue(first.endsAt > first.startsAt)
    })
  )
}

const claiming = (it: It<Needs>): void => {
  it.effect("a claim orders all its entries and holds them until then; again it changes nothing", () =>
    Effect.gen(function* () {
      const { both, claim, entries, identity, orderId } = yield* calendar
      yield* entries.claim(claim)
      const claimed = yield* entries.ofOrder(orderId)
      assert.deepStrictEqual(
        claimed.map(({ id }) => id),
        [...both].sort()
      )
      for (const { heldUntil, orderId: of, state } of claimed) {
        assert.deepStrictEqual([state, of, heldUntil], ["ordered", orderId, claim.until])
      }
      assert.deepStrictEqual(yield* entries.pending(identity), [])
      yield* entries.claim(claim)
      assert.deepStrictEqual(yield* entries.ofOrder(orderId), claimed)
    })
  )
  it.effect("claimed again it is held longer, never shorter", () =>
    Effect.gen(function* () {
      const { claim, entries, orderId } = yield* calendar
      yield* entries.claim(claim)
      yield* entries.claim({ ...claim, until: plus(claim.until, hour) })
      yield* entries.claim({ ...claim, until: plus(claim.until, -hour) })
      const until = (yield* entries.ofOrder(orderId)).map(({ heldUntil }) => heldUntil)
      assert.deepStrictEqual(until, [plus(claim.until, hour), plus(claim.until, hour)])
    })
  )
  it.effect("one entry that cannot be had, and none is claimed", () =>
    Effect.gen(function* () {
      const { both, claim, entries, first, identity, orderId, seeds, slot } = yield* calendar
      const stranger = yield* held({ slot, identity: yield* someone })
      const lapsed = yield* held({ slot, identity })
      yield* seeds.lapse(lapsed.id)
      const unknown = EntryId.make("no-such-entry")
      for (const bad of [stranger.id, lapsed.id, unknown]) {
        const of = { ...claim, entries: [...both, bad] }
        assert.strictEqual(yield* refusal(entries.claim(of)), "EntryTaken")
        assert.deepStrictEqual(yield* entries.ofOrder(orderId), [])
      }
      yield* entries.claim({ ...claim, orderId: OrderId.make(yield* fresh), entries: [first.id] })
      assert.strictEqual(yield* refusal(entries.claim(claim)), "EntryTaken")
      assert.deepStrictEqual(yield* unclaimed(entries, identity), idsOf([{ id: both[1] ?? unknown }, lapsed]))
    })
  )
}

const moving = (it: It<Needs>): void => {
  it.effect("ordered, paid, called off: each move happens once, and only from its state", () =>
    Effect.gen(function* () {
      const { claim, entries, identity, orderId, states } = yield* calendar
      for (const move of [entries.confirm, entries.release, entries.cancel]) yield* move(orderId)
      assert.strictEqual((yield* entries.pending(identity)).length, 2)
      yield* entries.claim(claim)
      yield* entries.cancel(orderId)
      assert.deepStrictEqual(yield* states, ["ordered", "ordered"])
      yield* entries.confirm(orderId)
      yield* entries.confirm(orderId)
      yield* entries.release(orderId)
      assert.deepStrictEqual(yield* states, ["provisional", "provisional"])
      assert.isTrue((yield* entries.ofOrder(orderId)).every(({ heldUntil }) => heldUntil === null))
      yield* entries.cancel(orderId)
      yield* entries.cancel(orderId)
      yield* entries.confirm(orderId)
      assert.deepStrictEqual(yield* states, ["cancelled", "cancelled"])
    })
  )
  it.effect("released entries come back for late money, and a confirmed one can be cancelled", () =>
    Effect.gen(function* () {
      const { claim, entries, first, orderId, seeds, states } = yield* calendar
      yield* entries.claim(claim)
      yield* entries.release(orderId)
      yield* entries.release(orderId)
      yield* entries.confirm(orderId)
      assert.deepStrictEqual(yield* states, ["released", "released"])
      assert.isTrue(yield* entries.reclaim(orderId))
      assert.isTrue(yield* entries.reclaim(orderId))
      assert.deepStrictEqual(yield* states, ["provisional", "provisional"])
      yield* seeds.organise(first.id, "confirmed")
      yield* entries.cancel(orderId)
      assert.deepStrictEqual(yield* states, ["cancelled", "cancelled"])
    })
  )
  it.effect("an order without entries is claimed, moved and reclaimed without any", () =>
    Effect.gen(function* () {
      const { claim, entries } = yield* calendar
      const orderId = OrderId.make(yield* fresh)
      yield* entries.claim({ ...claim, orderId, entries: [] })
      yield* entries.confirm(orderId)
      assert.isTrue(yield* entries.reclaim(orderId))
      assert.deepStrictEqual(yield* entries.ofOrder(orderId), [])
    })
  )
}

/** What every adapter of `CalendarEntries` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`CalendarEntries: ${name}`, (it) => {
    looking(it)
    claiming(it)
    moving(it)
    owners(it)
    seatRaces(it)
  })

// Not asserted: that a change runs in the transaction of the order it names (`OrdersContract` does), and when
// the events app sweeps lapsed holds away.
