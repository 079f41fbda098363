import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { Events } from "../event/Events.ts"
import { ownerOf } from "../identity/Identity.ts"
import { money } from "../money/Money.ts"
import { grace, validFor } from "../page/PageConfig.ts"
import { plus } from "../time/Instant.ts"
import { order, placing, put } from "./acting.ts"
import { atOnce, type It } from "./contract.ts"
import { buying, type Needs, never, refusals } from "./PlacingRefusalsContract.ts"

const freezing = (it: It<Needs>): void => {
  it.effect("placing freezes what the cart holds and takes exactly that out of it", () =>
    Effect.gen(function* () {
      const { bread, cake, contents, identity, now, of, orders, page } = yield* buying
      const placed = yield* orders.place(of, yield* placing(identity, of.seen))
      const lines = placed.lines.map(({ itemId, name, quantity, total, unit }) => [
        itemId,
        name,
        unit,
        quantity,
        total
      ])
      assert.deepStrictEqual(lines, [
        [bread.id, "Rye bread", 320, 2, 640],
        [cake.id, "Seed cake", 475, 1, 475]
      ])
      assert.deepStrictEqual(
        placed.lines.map(({ cartLineId }) => cartLineId),
        contents.cart.lines.map(({ id }) => id)
      )
      assert.deepStrictEqual([placed.total, placed.tax, placed.currency], [1115, 107, "GBP"])
      assert.deepStrictEqual(
        [placed.state, placed.told, placed.owner],
        ["awaiting_payment", 1, ownerOf(identity)]
      )
      assert.deepStrictEqual([placed.cartId, placed.cartRevision], [contents.cart.id, contents.cart.revision])
      assert.strictEqual(placed.expiresAt, plus(placed.placedAt, validFor + grace))
      const [attempt] = placed.attempts
      assert.deepStrictEqual([attempt?.state, attempt?.amount.minor], ["created", 1115])
      assert.strictEqual(attempt?.credentialId, page.seller?.credentialId)
      assert.deepStrictEqual(yield* orders.get(placed.id), placed)
      const { lines: left, revision } = yield* now
      assert.deepStrictEqual([left, revision], [[], contents.cart.revision + 1])
    })
  )
  it.effect("the order tells that it was created, in the same moment", () =>
    Effect.gen(function* () {
      const { identity, of, orders } = yield* buying
      const placed = yield* orders.place(of, yield* placing(identity, of.seen))
      const told = yield* (yield* Events).ofOrder(placed.id)
      assert.deepStrictEqual(
        told.map(({ at, data, sequence }) => [data._tag, sequence, at]),
        [["order.created", 1, placed.placedAt]]
      )
    })
  )
  it.effect("the cart goes on: what is put into it afterwards is another order", () =>
    Effect.gen(function* () {
      const { bread, identity, of, orders } = yield* buying
      const first = yield* orders.place(of, yield* placing(identity, of.seen))
      const second = yield* order(identity, bread)
      assert.notStrictEqual(second.id, first.id)
      assert.deepStrictEqual(
        second.lines.map(({ itemId }) => itemId),
        [bread.id]
      )
      assert.deepStrictEqual(yield* orders.get(first.id), first)
    })
  )
  it.effect("nothing to pay: the order is paid at once and says so", () =>
    Effect.gen(function* () {
      const { identity, orders, page, seeds } = yield* buying
      const pageId = (yield* seeds.page({ payable: false })).id
      const gift = yield* seeds.item({ pageId, price: money(0, page.currency) })
      const placed = yield* order(identity, gift)
      assert.deepStrictEqual([placed.state, placed.attempts, placed.paidBy], ["paid", [], null])
      assert.deepStrictEqual(yield* orders.get(placed.id), placed)
      const told = yield* (yield* Events).ofOrder(placed.id)
      assert.deepStrictEqual(
        told.map(({ data }) => data._tag),
        ["order.created", "order.paid"]
      )
    })
  )
}

const repeating = (it: It<Needs>): void => {
  it.effect("the same revision placed again is the order first placed, undecided", () =>
    Effect.gen(function* () {
      const { bread, identity, now, of, orders } = yield* buying
      const placed = yield* orders.place(of, yield* placing(identity, of.seen))
      assert.deepStrictEqual(yield* orders.place(of, never), placed)
      yield* put(identity, bread)
      const before = yield* now
      assert.deepStrictEqual(yield* orders.place(of, never), placed)
      assert.deepStrictEqual(yield* now, before)
    })
  )
  it.effect("one revision placed many times at once is one order", () =>
    Effect.gen(function* () {
      const { identity, of, orders } = yield* buying
      const all = yield* atOnce(() =>
        Effect.flatMap(placing(identity, of.seen), (decide) => orders.place(of, decide))
      )
      assert.strictEqual(new Set(all.map(({ id }) => id)).size, 1)
      assert.strictEqual((yield* orders.waiting(identity)).length, 1)
      assert.strictEqual(
        (yield* (yield* Events).ofOrder(all[0]?.id ?? (yield* Effect.die("none")))).length,
        1
      )
    })
  )
  it.effect(
    "what is added while it is placed stays in the cart, or the buyer is told that the cart changed",
    () =>
      Effect.gen(function* () {
        const { identity, now, of, orders, page, seeds } = yield* buying
        const late = yield* seeds.item({ pageId: page.id })
        const answers = yield* Effect.all(
          [
            Effect.match(
              Effect.flatMap(placing(identity, of.seen), (decide) => orders.place(of, decide)),
              {
                onFailure: ({ _tag }) => _tag,
                onSuccess: ({ lines }) => lines.length
              }
            ),
            put(identity, late)
          ],
          { concurrency: "unbounded" }
        )
        const { lines } = yield* now
        assert.include([2, "CartChanged"], answers[0])
        assert.strictEqual(lines.length, answers[0] === 2 ? 1 : 3)
        assert.isTrue(lines.some(({ itemId }) => itemId === late.id))
      })
  )
}

/** What `Orders.place` promises. */
export const placings = (it: It<Needs>): void => {
  freezing(it)
  repeating(it)
  refusals(it)
}
