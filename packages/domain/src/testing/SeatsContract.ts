import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { CalendarEntries } from "../calendar/CalendarEntries.ts"
import type { Identities } from "../identity/Identities.ts"
import { OrderId } from "../text/Ids.ts"
import { hour, plus } from "../time/Instant.ts"
import { fresh, someone } from "./acting.ts"
import { atOnce, held, type It, many, refusal } from "./contract.ts"
import { Seeds } from "./Seeds.ts"

/** An order whose one entry was claimed and released again; its seat is free. */
const releasedOn = Effect.fnUntraced(function* (slot: string) {
  const entries = yield* CalendarEntries
  const identity = yield* someone
  const { heldUntil, id, startsAt } = yield* held({ slot, identity })
  const orderId = OrderId.make(yield* fresh)
  yield* entries.claim({ orderId, identity, entries: [id], until: plus(heldUntil ?? startsAt, hour) })
  yield* entries.release(orderId)
  return orderId
})

/** Seats are never more than a slot has, whoever asks at once. */
export const seatRaces = (it: It<CalendarEntries | Identities | Seeds>): void => {
  for (const capacity of [1, 3]) {
    it.effect(`${capacity} free seats of many late orders go to exactly ${capacity} of them`, () =>
      Effect.gen(function* () {
        const entries = yield* CalendarEntries
        const seeds = yield* Seeds
        const slot = yield* seeds.slot({ pageId: (yield* seeds.page()).id, capacity })
        const orders = yield* Effect.forEach(Array.from({ length: many }), () => releasedOn(slot))
        const won = yield* Effect.forEach(orders, (orderId) => entries.reclaim(orderId), {
          concurrency: "unbounded"
        })
        assert.strictEqual(won.filter((yes) => yes).length, capacity)
        const states = yield* Effect.forEach(orders, (orderId) => entries.ofOrder(orderId))
        const seated = states.flat().filter(({ state }) => state === "provisional")
        assert.strictEqual(seated.length, capacity)
        assert.strictEqual(yield* seeds.hold({ slot, identity: yield* someone }), null)
      })
    )
  }
  it.effect("an order takes all its released seats again, or none", () =>
    Effect.gen(function* () {
      const entries = yield* CalendarEntries
      const seeds = yield* Seeds
      const pageId = (yield* seeds.page()).id
      const [wide, narrow] = [
        yield* seeds.slot({ pageId, capacity: 2 }),
        yield* seeds.slot({ pageId, capacity: 1 })
      ]
      const identity = yield* someone
      const mine = [yield* held({ slot: wide, identity }), yield* held({ slot: narrow, identity })]
      const orderId = OrderId.make(yield* fresh)
      const until = plus(mine[0]?.startsAt ?? (yield* Effect.die("no entry")), hour)
      yield* entries.claim({ orderId, identity, entries: mine.map(({ id }) => id), until })
      yield* entries.release(orderId)
      const taker = yield* someone
      const taken = yield* held({ slot: narrow, identity: taker })
      assert.isFalse(yield* entries.reclaim(orderId))
      const states = (yield* entries.ofOrder(orderId)).map(({ state }) => state)
      assert.deepStrictEqual(states, ["released", "released"])
      yield* entries.giveBack(taker, taken.id)
      assert.isTrue(yield* entries.reclaim(orderId))
    })
  )
  it.effect("one entry claimed for many orders at once is one order's", () =>
    Effect.gen(function* () {
      const entries = yield* CalendarEntries
      const seeds = yield* Seeds
      const identity = yield* someone
      const slot = yield* seeds.slot({ pageId: (yield* seeds.page()).id, capacity: 1 })
      const { heldUntil, id, startsAt } = yield* held({ slot, identity })
      const until = plus(heldUntil ?? startsAt, hour)
      const answers = yield* atOnce(() =>
        Effect.gen(function* () {
          const claim = { orderId: OrderId.make(yield* fresh), identity, entries: [id], until }
          return yield* Effect.match(entries.claim(claim), { onFailure: () => 0, onSuccess: () => 1 })
        })
      )
      assert.strictEqual(
        answers.reduce((sum, won) => sum + won, 0),
        1
      )
      const again = { orderId: OrderId.make(yield* fresh), identity, entries: [id], until }
      assert.strictEqual(yield* refusal(entries.claim(again)), "EntryTaken")
    })
  )
}
