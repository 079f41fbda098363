import { assert } from "@effect/vitest"
import { Effect, Result } from "effect"
import { unchanged } from "../order/Decision.ts"
import { Orders } from "../order/Orders.ts"
import { decide } from "../order/Transitions.ts"
import { AttemptId, type OrderId } from "../text/Ids.ts"
import { hour, plus, second } from "../time/Instant.ts"
import { fresh } from "./acting.ts"
import { atOnce, type It } from "./contract.ts"
import { waiting } from "./OrdersModifyContract.ts"
import type { Needs } from "./PlacingRefusalsContract.ts"

/** More than any test leaves due. */
const limit = 1000

/** This order, as often as one caller is handed it. */
const handed = Effect.fnUntraced(function* (id: OrderId, lease: number = hour) {
  const orders = yield* Orders
  return (yield* orders.claimDue(limit, lease)).filter(({ order }) => order.id === id)
})

/** An order that is due since a moment ago, by decision. */
const due = Effect.gen(function* () {
  const { apply, attempt, orders, placed, seeds } = yield* waiting
  const look = (after: number) =>
    orders.modify(placed.id, (current, now) =>
      Result.succeed(unchanged({ ...current, dueAt: plus(now, after) }))
    )
  yield* look(0)
  const unreadable = apply({ _tag: "Unreadable", attemptId: attempt.id })
  return { attempt, look, orders, placed, seeds, unreadable }
})

const handing = (it: It<Needs>): void => {
  it.effect("an order is handed out when it is due, as it is, with the store's time", () =>
    Effect.gen(function* () {
      const { placed: early } = yield* waiting
      assert.isAtLeast(early.dueAt ?? 0, early.placedAt + second)
      assert.deepStrictEqual(yield* handed(early.id), [])
      const { orders, placed } = yield* due
      const [one] = yield* handed(placed.id)
      assert.deepStrictEqual(
        { ...one?.order, dueAt: null },
        { ...(yield* orders.get(placed.id)), dueAt: null }
      )
      assert.isAtLeast(one?.now ?? 0, placed.placedAt)
    })
  )
  it.effect("a due order is handed to one of many callers, and not again during its lease", () =>
    Effect.gen(function* () {
      const { placed } = yield* due
      const all = yield* atOnce(() => handed(placed.id))
      assert.strictEqual(all.flat().length, 1)
      assert.deepStrictEqual(yield* handed(placed.id), [])
    })
  )
  it.effect("it is due again when its lease has run out, unless a decision says otherwise", () =>
    Effect.gen(function* () {
      const { look, placed, seeds, unreadable } = yield* due
      assert.strictEqual((yield* handed(placed.id, 50)).length, 1)
      yield* seeds.wait(120)
      assert.strictEqual((yield* handed(placed.id, 50)).length, 1)
      yield* unreadable
      yield* seeds.wait(120)
      assert.deepStrictEqual(yield* handed(placed.id), [])
      yield* look(0)
      assert.strictEqual((yield* handed(placed.id)).length, 1)
    })
  )
  it.effect("the longest due comes first, and no more than were asked for", () =>
    Effect.gen(function* () {
      const first = yield* due
      yield* first.seeds.wait(5)
      const second = yield* due
      const mine = [first.placed.id, second.placed.id]
      const claimed = (yield* first.orders.claimDue(limit, hour)).map(({ order }) => order.id)
      assert.deepStrictEqual(
        claimed.filter((id) => mine.includes(id)),
        mine
      )
      yield* first.look(0)
      yield* second.look(0)
      assert.isAtMost((yield* first.orders.claimDue(1, hour)).length, 1)
    })
  )
}

const hinting = (it: It<Needs>): void => {
  it.effect("a hint makes its order due now; a hint for an unknown attempt does nothing", () =>
    Effect.gen(function* () {
      const { attempt, orders, placed } = yield* waiting
      yield* orders.wake(AttemptId.make(yield* fresh))
      assert.deepStrictEqual(yield* handed(placed.id), [])
      yield* atOnce(() => orders.wake(attempt.id))
      assert.strictEqual((yield* handed(placed.id)).length, 1)
      assert.deepStrictEqual(yield* handed(placed.id), [])
    })
  )
  it.effect("a hint that comes while an order is in somebody's hands is not lost", () =>
    Effect.gen(function* () {
      const { attempt, orders, placed, unreadable } = yield* due
      assert.strictEqual((yield* handed(placed.id)).length, 1)
      yield* orders.wake(attempt.id)
      yield* unreadable
      assert.strictEqual((yield* handed(placed.id)).length, 1)
      yield* unreadable
      assert.deepStrictEqual(yield* handed(placed.id), [])
    })
  )
  it.effect("a hint that comes before a decision of somebody else is not lost", () =>
    Effect.gen(function* () {
      const { attempt, orders, placed } = yield* waiting
      yield* orders.wake(attempt.id)
      const written = yield* orders.modify(placed.id, decide({ _tag: "Unreadable", attemptId: attempt.id }))
      assert.deepStrictEqual(yield* orders.get(placed.id), written)
      assert.strictEqual((yield* handed(placed.id)).length, 1)
    })
  )
  it.effect("hints and decisions at once: the order is handed out afterwards", () =>
    Effect.gen(function* () {
      const { attempt, orders, placed, unreadable } = yield* due
      yield* handed(placed.id)
      const race = atOnce((index) => (index % 2 === 0 ? unreadable : orders.wake(attempt.id)))
      yield* race
      assert.strictEqual((yield* handed(placed.id)).length, 1)
    })
  )
}

/** What the work queue promises. */
export const queue = (it: It<Needs>): void => {
  handing(it)
  hinting(it)
}
