import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Identity } from "../identity/Identity.ts"
import type { Order } from "../order/Order.ts"
import { type OrderQuery, Orders } from "../order/Orders.ts"
import { OrderId, OrderNumber, type PageId } from "../text/Ids.ts"
import { hour, plus } from "../time/Instant.ts"
import { answering, attemptOf, fresh, observe, order, someone } from "./acting.ts"
import { type It, refusal } from "./contract.ts"
import { digestOf } from "./digests.ts"
import type { Needs } from "./PlacingRefusalsContract.ts"
import { Seeds } from "./Seeds.ts"

const ordered = Effect.fnUntraced(function* (identity: Identity, pageId: PageId) {
  const seeds = yield* Seeds
  return yield* order(identity, yield* seeds.item({ pageId }))
})

/** An order and its owner. */
const owned = Effect.gen(function* () {
  const orders = yield* Orders
  const seeds = yield* Seeds
  const identity = yield* someone
  const page = yield* seeds.page()
  const placed = yield* ordered(identity, page.id)
  const find = (who: Identity | null, links: ReadonlyArray<string> = []) =>
    orders.find(placed.number, { identity: who, links })
  return { find, identity, orders, page, placed, seeds }
})

const opening = (it: It<Needs>): void => {
  it.effect("an order is found by its owner; to anybody else it does not exist", () =>
    Effect.gen(function* () {
      const { find, identity, orders, placed, seeds } = yield* owned
      assert.deepStrictEqual(yield* find(identity), placed)
      const strangers = [yield* someone, (yield* seeds.person()).customer, null]
      for (const stranger of strangers) {
        assert.strictEqual(yield* refusal(find(stranger)), "OrderNotFound")
      }
      const unknown = orders.find(OrderNumber.make("RA-0000-0000"), { identity, links: [] })
      assert.strictEqual(yield* refusal(unknown), "OrderNotFound")
      assert.strictEqual(yield* refusal(orders.get(OrderId.make(yield* fresh))), "OrderNotFound")
    })
  )
  it.effect("the holder of its link finds it until the link's time is over, and no other order", () =>
    Effect.gen(function* () {
      const { find, identity, orders, page, placed, seeds } = yield* owned
      const other = yield* ordered(identity, page.id)
      const link = yield* digestOf(yield* fresh)
      const stranger = yield* someone
      assert.strictEqual(yield* refusal(find(stranger, [link])), "OrderNotFound")
      yield* orders.grant(placed.id, link, plus(placed.placedAt, hour))
      assert.deepStrictEqual(yield* find(stranger, [yield* digestOf("another"), link]), placed)
      assert.deepStrictEqual(yield* find(null, [link]), placed)
      const beyond = orders.find(other.number, { identity: null, links: [link] })
      assert.strictEqual(yield* refusal(beyond), "OrderNotFound")
      const short = yield* digestOf(yield* fresh)
      yield* orders.grant(placed.id, short, placed.placedAt)
      yield* seeds.wait(5)
      assert.strictEqual(yield* refusal(find(null, [short])), "OrderNotFound")
      yield* orders.grant(OrderId.make(yield* fresh), link, plus(placed.placedAt, hour))
    })
  )
  it.effect("an adopted visitor's order is the customer's, and the visitor's no more", () =>
    Effect.gen(function* () {
      const { find, identity, orders, placed, seeds } = yield* owned
      const { customer } = yield* seeds.person()
      yield* seeds.adopt(identity, customer)
      assert.strictEqual((yield* find(customer)).id, placed.id)
      assert.strictEqual(yield* refusal(find(identity)), "OrderNotFound")
      assert.strictEqual((yield* orders.waiting(customer)).length, 1)
      assert.strictEqual((yield* orders.waiting(identity)).length, 0)
    })
  )
}

/** Five orders of one person on two pages, newest first. */
const shelf = Effect.gen(function* () {
  const orders = yield* Orders
  const seeds = yield* Seeds
  const identity = yield* someone
  const pages = [yield* seeds.page(), yield* seeds.page()]
  const placed: Array<Order> = []
  for (const index of [0, 1, 0, 1, 0]) {
    placed.unshift(yield* ordered(identity, pages[index]?.id ?? (yield* Effect.die("no page"))))
    yield* seeds.wait(5)
  }
  yield* ordered(yield* someone, pages[0]?.id ?? (yield* Effect.die("no page")))
  const list = (of: Partial<OrderQuery> = {}) =>
    orders.list({ identity, pageId: null, year: null, cursor: null, limit: 100, ...of })
  return { identity, list, orders, pages, placed }
})

const ids = (of: ReadonlyArray<Order>) => of.map(({ id }) => id)

const listing = (it: It<Needs>): void => {
  it.effect("a person's own orders are listed newest first, by page and by year", () =>
    Effect.gen(function* () {
      const { list, pages, placed } = yield* shelf
      const all = yield* list()
      assert.deepStrictEqual(all, { orders: placed, newer: null, older: null })
      for (const { id } of pages) {
        const expected = placed.filter(({ pageId }) => pageId === id)
        assert.deepStrictEqual(ids((yield* list({ pageId: id })).orders), ids(expected))
      }
      const year = new Date(placed[0]?.placedAt ?? 0).getUTCFullYear()
      assert.deepStrictEqual(ids((yield* list({ year })).orders), ids(placed))
      assert.deepStrictEqual((yield* list({ year: year + 1 })).orders, [])
      assert.deepStrictEqual((yield* list({ identity: yield* someone })).orders, [])
    })
  )
  it.effect("cursors lead through every order once, to the end and back", () =>
    Effect.gen(function* () {
      const { list, placed } = yield* shelf
      const first = yield* list({ limit: 2 })
      const second = yield* list({ limit: 2, cursor: first.older })
      const third = yield* list({ limit: 2, cursor: second.older })
      const walked = [first, second, third].flatMap(({ orders }) => ids(orders))
      assert.deepStrictEqual(walked, ids(placed))
      assert.deepStrictEqual([first.newer, third.older], [null, null])
      const back = yield* list({ limit: 2, cursor: third.newer })
      assert.deepStrictEqual(ids(back.orders), ids(second.orders))
      const start = yield* list({ limit: 2, cursor: back.newer })
      assert.deepStrictEqual([ids(start.orders), start.newer], [ids(first.orders), null])
      assert.deepStrictEqual(ids((yield* list({ limit: 2, cursor: start.older })).orders), ids(second.orders))
    })
  )
  it.effect("the orders that wait for payment are told apart from those that do not", () =>
    Effect.gen(function* () {
      const { identity, orders, placed } = yield* shelf
      const paid = placed[1] ?? (yield* Effect.die("no order"))
      yield* observe(paid, answering(attemptOf(paid), { status: "PAID" }))
      const expected = ids(placed).filter((id) => id !== paid.id)
      assert.deepStrictEqual(ids(yield* orders.waiting(identity)), expected)
    })
  )
}

/** What finding and listing orders promise. */
export const finding = (it: It<Needs>): void => {
  opening(it)
  listing(it)
}
