import { assert } from "@effect/vitest"
import { Effect, Result } from "effect"
import type { CalendarEntries } from "../calendar/CalendarEntries.ts"
import { Carts } from "../cart/Carts.ts"
import { Events } from "../event/Events.ts"
import type { Identities } from "../identity/Identities.ts"
import { ownerOf } from "../identity/Identity.ts"
import { money } from "../money/Money.ts"
import { Orders } from "../order/Orders.ts"
import * as Placing from "../order/Placing.ts"
import { grace, validFor } from "../page/PageConfig.ts"
import { PageId } from "../text/Ids.ts"
import { plus } from "../time/Instant.ts"
import { fresh, mintedIds, order, placing, put, seenOf, someone } from "./acting.ts"
import { atOnce, type It, refusal } from "./contract.ts"
import { Seeds } from "./Seeds.ts"

export type Needs = CalendarEntries | Carts | Events | Identities | Orders | Seeds

/** Somebody with two lines in the cart of a page. */
export const buying = Effect.gen(function* () {
  const carts = yield* Carts
  const orders = yield* Orders
  const seeds = yield* Seeds
  const page = yield* seeds.page()
  const bread = yield* seeds.item({
    pageId: page.id,
    name: "Rye bread",
    price: money(320, "GBP"),
    taxRate: 2000
  })
  const cake = yield* seeds.item({ pageId: page.id, name: "Seed cake", price: money(475, "GBP") })
  const identity = yield* someone
  yield* put(identity, bread, 2)
  yield* put(identity, cake)
  const contents = yield* carts.view(identity, page.id)
  const of = { identity, pageId: page.id, seen: seenOf(contents) }
  const now = Effect.map(carts.view(identity, page.id), ({ cart }) => cart)
  return { bread, cake, carts, contents, identity, now, of, orders, page, seeds }
})

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

const never = (): Result.Result<Placing.Placed, never> => {
  throw new Error("decided again")
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

const refusing = (it: It<Needs>): void => {
  it.effect("a refused decision writes nothing", () =>
    Effect.gen(function* () {
      const { contents, identity, now, of, orders } = yield* buying
      const refused = orders.place(of, () => Result.fail({ _tag: "Refused" as const }))
      assert.strictEqual(yield* refusal(refused), "Refused")
      assert.deepStrictEqual(yield* now, contents.cart)
      assert.deepStrictEqual(yield* orders.waiting(identity), [])
    })
  )
  it.effect("a number that was given is refused and writes nothing; another number places", () =>
    Effect.gen(function* () {
      const { contents, identity, now, of, orders, seeds } = yield* buying
      const taken = yield* order(yield* someone, yield* seeds.item({ pageId: of.pageId }))
      const buyer = { identity, seen: of.seen, email: "wren@example.org", visit: null }
      const ids = yield* mintedIds
      const same = Placing.place({ ...buyer, ids: { ...ids, number: taken.number } })
      assert.strictEqual(yield* refusal(orders.place(of, same)), "OrderNumberTaken")
      assert.deepStrictEqual(yield* now, contents.cart)
      assert.strictEqual((yield* orders.place(of, Placing.place({ ...buyer, ids }))).id, ids.order)
    })
  )
  it.effect("a page nobody knows, and a visitor whom a customer adopted, are refused", () =>
    Effect.gen(function* () {
      const { identity, of, orders, seeds } = yield* buying
      const decide = yield* placing(identity, of.seen)
      const pageId = PageId.make(`page-${yield* fresh}`)
      assert.strictEqual(yield* refusal(orders.place({ ...of, pageId }, decide)), "PageNotFound")
      yield* seeds.adopt(identity, (yield* seeds.person()).customer)
      assert.strictEqual(yield* refusal(orders.place(of, decide)), "VisitorAdopted")
    })
  )
  it.effect("a form that names another person's cart places nothing of theirs, and shows nothing", () =>
    Effect.gen(function* () {
      const { identity, of, orders } = yield* buying
      const placed = yield* orders.place(of, yield* placing(identity, of.seen))
      const thief = yield* someone
      const theirs = { ...of, identity: thief }
      const refused = orders.place(theirs, yield* placing(thief, of.seen))
      assert.include(["CartChanged", "CartEmpty"], yield* refusal(refused))
      assert.deepStrictEqual(yield* orders.waiting(thief), [])
      assert.deepStrictEqual(yield* orders.get(placed.id), placed)
    })
  )
  it.effect("an adopted visitor's form, sent again as the customer, is the order it placed", () =>
    Effect.gen(function* () {
      const { identity, of, orders, seeds } = yield* buying
      const placed = yield* orders.place(of, yield* placing(identity, of.seen))
      const { customer } = yield* seeds.person()
      yield* seeds.adopt(identity, customer)
      const again = yield* orders.place({ ...of, identity: customer }, never)
      assert.strictEqual(again.id, placed.id)
      assert.strictEqual(again.owner.customerId, customer.id)
    })
  )
}

/** What `Orders.place` promises. */
export const placings = (it: It<Needs>): void => {
  freezing(it)
  repeating(it)
  refusing(it)
}
