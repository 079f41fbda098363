import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { CalendarEntries } from "../calendar/CalendarEntries.ts"
import type { Adoptions } from "../cart/Adoptions.ts"
import type { Carts } from "../cart/Carts.ts"
import type { Identities } from "../identity/Identities.ts"
import type { Orders } from "../order/Orders.ts"
import { order, put, someone } from "./acting.ts"
import { atOnce, held, type It } from "./contract.ts"
import type { Seeds } from "./Seeds.ts"
import { threshold } from "./threshold.ts"

type Needs = Adoptions | CalendarEntries | Carts | Identities | Orders | Seeds

/** Taking back what an adoption added. */
export const undoing = (it: It<Needs>): void => {
  it.effect("undo takes back what was added, and leaves what was there before", () =>
    Effect.gen(function* () {
      const { adoptions, customer, jam, page, carts, quantities, rye, seeds, visitor } = yield* threshold
      const slot = yield* seeds.slot({ pageId: page.id, capacity: 2 })
      const mine = yield* held({ slot, identity: customer })
      yield* held({ slot, identity: visitor })
      yield* put(customer, rye, 2)
      yield* put(visitor, rye, 5)
      yield* put(visitor, jam, 1)
      const moved = yield* adoptions.adopt(visitor, customer)
      assert.deepStrictEqual(yield* adoptions.latest(customer), moved)
      assert.isTrue(yield* adoptions.undo(customer))
      assert.deepStrictEqual(yield* quantities(customer), [2, 0])
      const left = (yield* carts.view(customer, page.id)).entries
      assert.deepStrictEqual(
        left.map(({ id }) => id),
        [mine.id]
      )
      // Its seat is for others again.
      yield* held({ slot, identity: yield* someone })
      assert.strictEqual(yield* adoptions.latest(customer), null)
      assert.isFalse(yield* adoptions.undo(customer))
      assert.deepStrictEqual(yield* quantities(customer), [2, 0])
    })
  )
  it.effect("undo keeps what was chosen since, and what an order has taken", () =>
    Effect.gen(function* () {
      const { adoptions, customer, jam, quantities, rye, visitor } = yield* threshold
      yield* put(customer, rye, 2)
      yield* put(visitor, rye, 5)
      yield* put(visitor, jam, 3)
      yield* adoptions.adopt(visitor, customer)
      yield* put(customer, rye, 6)
      yield* put(customer, jam, 1)
      assert.isTrue(yield* adoptions.undo(customer))
      assert.deepStrictEqual(yield* quantities(customer), [3, 0])
    })
  )
  it.effect("what was ordered meanwhile stays ordered", () =>
    Effect.gen(function* () {
      const { adoptions, customer, jam, quantities, rye, visitor } = yield* threshold
      yield* put(visitor, rye, 5)
      yield* adoptions.adopt(visitor, customer)
      const placed = yield* order(customer, jam)
      assert.strictEqual(placed.lines.length, 2)
      assert.isTrue(yield* adoptions.undo(customer))
      assert.deepStrictEqual(yield* quantities(customer), [0, 0])
    })
  )
  it.effect("many at once take it back once; the adoption before it comes next", () =>
    Effect.gen(function* () {
      const { adoptions, customer, jam, quantities, rye, visitor } = yield* threshold
      const second = yield* someone
      yield* put(visitor, rye, 1)
      yield* put(second, jam, 1)
      yield* adoptions.adopt(visitor, customer)
      yield* adoptions.adopt(second, customer)
      assert.isTrue(yield* adoptions.undo(customer))
      assert.deepStrictEqual(yield* quantities(customer), [1, 0])
      const undone = yield* atOnce(() => adoptions.undo(customer))
      assert.strictEqual(undone.filter(Boolean).length, 1)
      assert.deepStrictEqual(yield* quantities(customer), [0, 0])
    })
  )
  it.effect("an adoption that added nothing is not told, and is nobody else's to undo", () =>
    Effect.gen(function* () {
      const { adoptions, customer, rye, seeds, visitor } = yield* threshold
      const { customer: stranger } = yield* seeds.person()
      yield* put(visitor, rye, 1)
      yield* put(customer, rye, 2)
      yield* adoptions.adopt(visitor, customer)
      assert.strictEqual(yield* adoptions.latest(customer), null)
      const second = yield* someone
      yield* put(second, rye, 3)
      yield* adoptions.adopt(second, customer)
      assert.strictEqual(yield* adoptions.latest(stranger), null)
      assert.isFalse(yield* adoptions.undo(stranger))
      assert.strictEqual((yield* adoptions.latest(customer))?.lines, 1)
    })
  )
}
