import { assert } from "@effect/vitest"
import { Effect, Result } from "effect"
import type { CalendarEntries } from "../calendar/CalendarEntries.ts"
import { Carts } from "../cart/Carts.ts"
import type { Events } from "../event/Events.ts"
import type { Identities } from "../identity/Identities.ts"
import { money } from "../money/Money.ts"
import { Orders } from "../order/Orders.ts"
import * as Placing from "../order/Placing.ts"
import { PageId } from "../text/Ids.ts"
import { fresh, mintedIds, order, placing, put, seenOf, someone } from "./acting.ts"
import { type It, refusal } from "./contract.ts"
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

/** A decision that must not be asked for. */
export const never = (): Result.Result<Placing.Placed, never> => {
  throw new Error("decided again")
}

/** When nothing is placed, and nothing written. */
export const refusals = (it: It<Needs>): void => {
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
      const buyer = { identity, seen: of.seen, email: "wren@example.org", visit: null, least: 1 }
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
