import { assert } from "@effect/vitest"
import { Effect, Result } from "effect"
import { CalendarEntries } from "../calendar/CalendarEntries.ts"
import { Carts } from "../cart/Carts.ts"
import { money } from "../money/Money.ts"
import { Orders } from "../order/Orders.ts"
import { decide } from "../order/Transitions.ts"
import { AttemptId, RefundId } from "../text/Ids.ts"
import { plus } from "../time/Instant.ts"
import { answering, attemptOf, fresh, observe, place, placing, put, seenOf, someone } from "./acting.ts"
import { held, type It, refusal } from "./contract.ts"
import type { Needs } from "./PlacingRefusalsContract.ts"
import { Seeds } from "./Seeds.ts"

/** An order of one entry on the one seat of its slot. */
const seated = Effect.gen(function* () {
  const entries = yield* CalendarEntries
  const orders = yield* Orders
  const seeds = yield* Seeds
  const identity = yield* someone
  const page = yield* seeds.page()
  const slot = yield* seeds.slot({ pageId: page.id, capacity: 1 })
  const entry = yield* held({ slot, identity })
  const placed = yield* place(identity, page.id)
  const state = Effect.map(entries.ofOrder(placed.id), ([only]) => only?.state)
  const attempt = attemptOf(placed)
  const see = (change: Parameters<typeof answering>[1]) => observe(placed, answering(attempt, change))
  const cancel = Effect.andThen(
    see({ status: "EXPIRED", via: "deactivate" }),
    orders.modify(placed.id, decide({ _tag: "CancelByBuyer" }))
  )
  return { attempt, cancel, entries, entry, identity, orders, page, placed, see, seeds, slot, state }
})

const placedEntries = (it: It<Needs>): void => {
  it.effect("an entry of the cart is ordered with it, and held until the order's time is over", () =>
    Effect.gen(function* () {
      const { entries, entry, identity, placed } = yield* seated
      const [line] = placed.lines
      assert.deepStrictEqual(
        [line?.entryId, line?.cartLineId, line?.total],
        [entry.id, null, entry.price.minor]
      )
      const [claimed] = yield* entries.ofOrder(placed.id)
      const until = Math.max(placed.expiresAt, entry.heldUntil ?? 0)
      assert.deepStrictEqual(
        [claimed?.id, claimed?.state, Number(claimed?.heldUntil)],
        [entry.id, "ordered", until]
      )
      assert.deepStrictEqual(yield* entries.pending(identity), [])
    })
  )
  it.effect("the organiser's word is kept with the order, and moves no seat", () =>
    Effect.gen(function* () {
      const { entry, orders, placed, state } = yield* seated
      for (const answer of ["confirmed", "declined", "confirmed"] as const) {
        const told = decide({ _tag: "EntryAnswered", entryId: entry.id, answer })
        const written = yield* orders.modify(placed.id, told)
        assert.deepStrictEqual(yield* orders.get(placed.id), written)
      }
      const [answered, ...more] = (yield* orders.get(placed.id)).answers
      assert.deepStrictEqual([answered?.entryId, answered?.answer, more], [entry.id, "declined", []])
      assert.strictEqual(yield* state, "ordered")
    })
  )
  it.effect("a cart of entries alone is placed once, however often it is sent", () =>
    Effect.gen(function* () {
      const carts = yield* Carts
      const { orders, seeds } = yield* seated
      const identity = yield* someone
      const page = yield* seeds.page()
      yield* held({ slot: yield* seeds.slot({ pageId: page.id, capacity: 1 }), identity })
      const seen = seenOf(yield* carts.view(identity, page.id))
      assert.strictEqual(seen.revision, 0)
      const of = { identity, pageId: page.id, seen }
      const first = yield* orders.place(of, yield* placing(identity, seen))
      const again = yield* orders.place(of, yield* placing(identity, seen))
      assert.deepStrictEqual(again, first)
      assert.strictEqual((yield* carts.view(identity, page.id)).cart.revision, 1)
    })
  )
  it.effect("an entry that cannot be claimed refuses the whole order", () =>
    Effect.gen(function* () {
      const carts = yield* Carts
      const { entry, orders, page, seeds } = yield* seated
      const identity = yield* someone
      yield* put(identity, yield* seeds.item({ pageId: page.id }))
      const seen = seenOf(yield* carts.view(identity, page.id))
      const decision = yield* placing(identity, seen)
      const greedy = orders.place({ identity, pageId: page.id, seen }, (contents) =>
        Result.map(decision(contents), (placed) => ({ ...placed, claims: [...placed.claims, entry.id] }))
      )
      assert.strictEqual(yield* refusal(greedy), "EntryTaken")
      assert.deepStrictEqual(yield* orders.waiting(identity), [])
      const { cart } = yield* carts.view(identity, page.id)
      assert.deepStrictEqual([cart.revision, cart.lines.length], [seen.revision, 1])
    })
  )
  it.effect("an entry of an order with nothing to pay is provisional at once", () =>
    Effect.gen(function* () {
      const { entries, identity, seeds } = yield* seated
      const page = yield* seeds.page()
      yield* held({
        slot: yield* seeds.slot({ pageId: page.id, capacity: 1, price: money(0, "GBP") }),
        identity
      })
      const placed = yield* place(identity, page.id)
      assert.deepStrictEqual(
        (yield* entries.ofOrder(placed.id)).map(({ state }) => state),
        ["provisional"]
      )
    })
  )
}

const moves = (it: It<Needs>): void => {
  it.effect("paid: the entry is provisional; refunded in full: it is cancelled", () =>
    Effect.gen(function* () {
      const { attempt, orders, placed, see, state } = yield* seated
      yield* see({ status: "PAID" })
      assert.strictEqual(yield* state, "provisional")
      const paymentId = `sumup:transaction-${attempt.id}`
      const refunded = (minor: number) =>
        orders.modify(placed.id, decide({ _tag: "RefundsSeen", paymentId, refunded: minor, chargedBack: 0 }))
      yield* refunded(placed.total - 1)
      assert.strictEqual(yield* state, "provisional")
      yield* refunded(placed.total)
      assert.strictEqual(yield* state, "cancelled")
    })
  )
  it.effect("called off before it was paid: the entry is released; afterwards: cancelled", () =>
    Effect.gen(function* () {
      const unpaid = yield* seated
      yield* unpaid.cancel
      assert.strictEqual(yield* unpaid.state, "released")
      const { orders, placed, see, state } = yield* seated
      yield* see({ status: "PAID" })
      const refundId = RefundId.make(yield* fresh)
      const who = { by: "wren", reason: "no baker", refundsAlone: false, refundId }
      yield* orders.modify(placed.id, decide({ _tag: "CancelBySeller", ...who }))
      assert.strictEqual(yield* state, "cancelled")
    })
  )
  it.effect("paid for again: the entry is held as long as the new attempt can be paid", () =>
    Effect.gen(function* () {
      const { entries, orders, page, placed, see, seeds } = yield* seated
      yield* see({ status: "EXPIRED" })
      yield* seeds.wait(20)
      const seller = page.seller ?? (yield* Effect.die("not payable"))
      const attemptId = AttemptId.make(yield* fresh)
      const next = yield* orders.modify(placed.id, decide({ _tag: "PayAgain", attemptId, seller }))
      assert.isAtLeast(next.expiresAt, plus(placed.expiresAt, 20))
      const [claimed] = yield* entries.ofOrder(placed.id)
      assert.isAtLeast(claimed?.heldUntil ?? 0, next.expiresAt)
    })
  )
}

/** Ends the order without waiting for its time: by the decision that its deadline leads to. */
const expired = Effect.gen(function* () {
  const seat = yield* seated
  const { orders, placed, see } = seat
  yield* see({ status: "EXPIRED" })
  yield* orders.modify(placed.id, (current) => decide({ _tag: "Deadline" })(current, current.expiresAt))
  assert.strictEqual(yield* seat.state, "released")
  return seat
})

const lateMoney = (it: It<Needs>): void => {
  it.effect("late money takes a free seat again and pays the order", () =>
    Effect.gen(function* () {
      const { see, state } = yield* expired
      const paid = yield* see({ status: "PAID" })
      assert.deepStrictEqual([paid.state, yield* state, paid.cases], ["paid", "provisional", []])
    })
  )
  it.effect("late money for a seat that is taken is kept for a person, and the taker keeps the seat", () =>
    Effect.gen(function* () {
      const { entries, orders, placed, see, seeds, slot, state } = yield* expired
      const taker = yield* someone
      const taken = yield* held({ slot, identity: taker })
      assert.strictEqual(yield* seeds.hold({ slot, identity: taker }), null)
      const late = yield* see({ status: "PAID" })
      assert.deepStrictEqual(
        [late.state, late.paidBy, late.cases[0]?.reason],
        ["expired", null, "entry_lost"]
      )
      assert.deepStrictEqual(yield* orders.get(placed.id), late)
      assert.strictEqual(yield* state, "released")
      assert.deepStrictEqual(yield* entries.pending(taker), [taken])
    })
  )
}

/** What `Orders` promises about the entries of its orders: they move with the order or not at all. */
export const entryMoves = (it: It<Needs>): void => {
  placedEntries(it)
  moves(it)
  lateMoney(it)
}
