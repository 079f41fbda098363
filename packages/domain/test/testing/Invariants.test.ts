import { assert, describe, it } from "@effect/vitest"
import { Effect, HashMap, Layer } from "effect"
import { Minor } from "../../src/money/Money.ts"
import type { Order } from "../../src/order/Order.ts"
import { attemptOf, put } from "../../src/testing/acting.ts"
import { held } from "../../src/testing/contract.ts"
import { uuid } from "../../src/testing/examples.ts"
import { check, compare } from "../../src/testing/Invariants.ts"
import type { OrderRow, State } from "../../src/testing/State.ts"
import { World } from "../../src/testing/World.ts"
import { OrderId } from "../../src/text/Ids.ts"
import { bakery, layer } from "../checkout/shop.ts"

/** A world with one paid and one waiting order, the first with a place, and the provider's books. */
const world = Effect.gen(function* () {
  const { buyer, by, checkout, loaf, page, provider, seeds, start } = yield* bakery
  yield* held({ slot: yield* seeds.slot({ pageId: page.id, capacity: 1 }), identity: buyer })
  const { order: first } = yield* start
  yield* provider.pay(attemptOf(first))
  yield* seeds.wait(3000)
  const paid = yield* checkout.recheck(first.number, by)
  yield* put(buyer, loaf)
  const { order: waiting } = yield* start
  const { now, peek } = yield* World
  return { books: yield* provider.books, now: yield* now, paid, state: yield* peek, waiting }
}).pipe(Effect.provide(Layer.fresh(layer)))

const changed = (state: State, id: OrderId, change: (row: OrderRow) => OrderRow): State => ({
  ...state,
  orders: HashMap.modify(state.orders, id, change)
})
const withOrder = (state: State, of: Order, change: Partial<Order>): State =>
  changed(state, of.id, (row) => ({ ...row, order: { ...row.order, ...change } }))

type Built = Effect.Success<typeof world>
/** One break for each invariant, planted where nothing guards it. */
const planted: ReadonlyArray<readonly [string, (of: Built) => State]> = [
  ["S1", ({ paid, state }) => withOrder(state, paid, { paidBy: null })],
  ["S1", ({ paid, state }) => withOrder(state, paid, { paidBy: "sumup:another" })],
  ["S1", ({ paid, state }) => withOrder(state, paid, { state: "expired" })],
  ["S2", ({ state, waiting }) => withOrder(state, waiting, { total: Minor.make(1) })],
  [
    "S4",
    ({ paid, state }) =>
      withOrder(state, paid, {
        payments: [
          ...paid.payments,
          {
            id: "sumup:stray",
            attemptId: null,
            minor: 5,
            currency: "GBP",
            verdict: "paid",
            receivedAt: paid.placedAt
          }
        ]
      })
  ],
  [
    "S5",
    ({ paid, state, waiting }) => withOrder(state, waiting, { lines: [...waiting.lines, ...paid.lines] })
  ],
  [
    "S6",
    ({ state, waiting }) =>
      withOrder(state, waiting, { attempts: [...waiting.attempts, ...waiting.attempts] })
  ],
  [
    "S6",
    ({ paid, state, waiting }) =>
      withOrder(state, waiting, { cartId: paid.cartId, cartRevision: paid.cartRevision })
  ],
  ["S7", ({ paid, state }) => withOrder(state, paid, { state: "cancelled" })],
  [
    "S7",
    ({ state }) => ({ ...state, slots: HashMap.map(state.slots, (slot) => ({ ...slot, capacity: 0 })) })
  ],
  ["S10", ({ paid, state }) => changed(state, paid.id, (row) => ({ ...row, events: row.events.slice(1) }))],
  [
    "S10",
    ({ paid, state }) => changed(state, paid.id, (row) => ({ ...row, events: row.events.slice(0, 1) }))
  ],
  [
    "S18",
    ({ paid, state }) =>
      withOrder(state, paid, {
        refunds: [
          {
            id: uuid(1),
            paymentId: paid.paidBy ?? "",
            minor: Minor.make(paid.total + 1),
            state: "done",
            external: true,
            by: "x",
            reason: "x",
            askedAt: paid.placedAt,
            before: null,
            endedAt: paid.placedAt
          }
        ]
      })
  ],
  ["L1", ({ state, waiting }) => withOrder(state, waiting, { dueAt: null })]
]

describe("the invariants' own check", () => {
  it.effect("finds nothing where nothing is wrong", () =>
    Effect.map(world, ({ books, now, state }) => {
      assert.deepStrictEqual(check(state, now), [])
      assert.deepStrictEqual(compare(state, books), [])
    })
  )
  planted.forEach(([invariant, plant], index) => {
    it.effect(`finds planted break ${index + 1}, and calls it ${invariant}`, () =>
      Effect.map(world, (built) => {
        const found = check(plant(built), built.now).map((one) => one.invariant)
        assert.include(found, invariant)
      })
    )
  })
  it.effect("S9 finds money that nobody here knows of, and money that nobody there knows of", () =>
    Effect.map(world, ({ books, paid, state }) => {
      const lost = changed(state, paid.id, (row) => ({ ...row, order: { ...row.order, payments: [] } }))
      assert.deepStrictEqual(
        compare(lost, books).map(({ invariant }) => invariant),
        ["S9"]
      )
      assert.deepStrictEqual(
        compare(state, { ...books, transactions: [] }).map(({ invariant }) => invariant),
        ["S9"]
      )
      assert.strictEqual(OrderId.make(paid.id), paid.id)
    })
  )
})
