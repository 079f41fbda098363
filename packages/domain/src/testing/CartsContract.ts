import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Result } from "effect"
import type { Carts } from "../cart/Carts.ts"
import type { Identities } from "../identity/Identities.ts"
import type { Identity } from "../identity/Identity.ts"
import { PageId } from "../text/Ids.ts"
import { put, someone } from "./acting.ts"
import { add, corner, forms } from "./CartFormsContract.ts"
import { overview } from "./CartsOverviewContract.ts"
import { atOnce, held, type It, many, refusal, type SuiteOptions } from "./contract.ts"
import type { Seeds } from "./Seeds.ts"

type Needs = Carts | Identities | Seeds

const changing = (it: It<Needs>): void => {
  it.effect("a cart nobody touched is empty at revision 0", () =>
    Effect.gen(function* () {
      const { buyer, carts, page } = yield* corner
      const { cart, entries, items, page: seen } = yield* carts.view(buyer, page.id)
      assert.deepStrictEqual(
        [cart.pageId, cart.revision, cart.lines, items, entries],
        [page.id, 0, [], [], []]
      )
      assert.deepStrictEqual(seen, page)
    })
  )
  it.effect("a page the cart does not know is refused, on looking and on changing", () =>
    Effect.gen(function* () {
      const { buyer, carts, item } = yield* corner
      const nowhere = PageId.make(`no-${item.id.toLowerCase().replaceAll("_", "-")}`.slice(0, 64))
      assert.strictEqual(yield* refusal(carts.view(buyer, nowhere)), "PageNotFound")
      assert.strictEqual(yield* refusal(add(buyer, { ...item, pageId: nowhere })), "PageNotFound")
    })
  )
  it.effect("a change is there when looked at again, at the next revision", () =>
    Effect.gen(function* () {
      const { buyer, carts, item, page } = yield* corner
      const changed = yield* put(buyer, item, 3)
      const { cart, items } = yield* carts.view(buyer, page.id)
      assert.deepStrictEqual(cart, changed)
      assert.strictEqual(cart.revision, 1)
      assert.deepStrictEqual([cart.lines[0]?.quantity, cart.lines[0]?.seen], [3, item.price.minor])
      assert.deepStrictEqual(items, [item])
      const again = yield* put(buyer, item, 4)
      assert.deepStrictEqual([again.id, again.revision], [cart.id, 2])
      assert.deepStrictEqual((yield* carts.view(buyer, page.id)).cart, again)
    })
  )
  it.effect("a refused decision and an unchanged cart write nothing", () =>
    Effect.gen(function* () {
      const { buyer, carts, item, page } = yield* corner
      const before = yield* put(buyer, item)
      const at = { identity: buyer, pageId: page.id }
      const refused = carts.modify(at, () => Result.fail({ _tag: "Refused" as const }))
      assert.strictEqual(yield* refusal(refused), "Refused")
      assert.deepStrictEqual(yield* carts.modify(at, ({ cart }) => Result.succeed(cart)), before)
      assert.deepStrictEqual((yield* carts.view(buyer, page.id)).cart, before)
    })
  )
  it.effect("many adds at once all count", () =>
    Effect.gen(function* () {
      const { buyer, carts, item, page, seeds } = yield* corner
      const others = yield* Effect.forEach([1, 2, 3], () => seeds.item({ pageId: page.id }))
      yield* atOnce((index) => add(buyer, others[index % 4] ?? item))
      const { cart } = yield* carts.view(buyer, page.id)
      assert.strictEqual(cart.revision, many)
      assert.strictEqual(cart.lines.length, 4)
      assert.deepStrictEqual(
        cart.lines.map(({ quantity }) => quantity),
        [2, 2, 2, 2]
      )
    })
  )
  it.effect("a decision sees the page, and on how many other pages this identity has something", () =>
    Effect.gen(function* () {
      const { buyer, carts, item, page, seeds } = yield* corner
      const elsewhere = yield* seeds.item({ pageId: (yield* seeds.page()).id })
      yield* put(buyer, item)
      yield* put(buyer, elsewhere)
      yield* put(yield* someone, yield* seeds.item({ pageId: (yield* seeds.page()).id }))
      const of = { identity: buyer, pageId: page.id }
      yield* carts.modify(of, (seen) => {
        assert.deepStrictEqual([seen.page, seen.elsewhere], [page, 1])
        return Result.succeed(seen.cart)
      })
    })
  )
  it.effect("nothing is added for a visitor whom a customer adopted", () =>
    Effect.gen(function* () {
      const { buyer, item, seeds } = yield* corner
      yield* put(buyer, item)
      yield* seeds.adopt(buyer, (yield* seeds.person()).customer)
      assert.strictEqual(yield* refusal(add(buyer, item)), "VisitorAdopted")
    })
  )
}

const meaning = (it: It<Needs>): void => {
  it.effect("prices are the market's of this moment, and a forgotten item leaves its line without one", () =>
    Effect.gen(function* () {
      const { buyer, carts, item, page, seeds } = yield* corner
      yield* put(buyer, item)
      yield* seeds.reprice(item.id, 999)
      const dearer = yield* carts.view(buyer, page.id)
      assert.deepStrictEqual([dearer.items[0]?.price.minor, dearer.cart.lines[0]?.seen], [999, 250])
      yield* seeds.offer(item.id, false)
      assert.strictEqual((yield* carts.view(buyer, page.id)).items[0]?.available, false)
      yield* seeds.forget(item.id)
      const forgotten = yield* carts.view(buyer, page.id)
      assert.deepStrictEqual([forgotten.items, forgotten.cart.lines.length], [[], 1])
    })
  )
  it.effect("a cart is one person's, on one page; customers have theirs", () =>
    Effect.gen(function* () {
      const { buyer, carts, item, page, seeds } = yield* corner
      const { customer } = yield* seeds.person()
      yield* put(buyer, item, 2)
      yield* put(customer, item, 5)
      const linesOf = (who: Identity) => Effect.map(carts.view(who, page.id), ({ cart }) => cart.lines)
      assert.deepStrictEqual(
        (yield* linesOf(buyer)).map(({ quantity }) => quantity),
        [2]
      )
      assert.deepStrictEqual(
        (yield* linesOf(customer)).map(({ quantity }) => quantity),
        [5]
      )
      assert.deepStrictEqual(yield* linesOf(yield* someone), [])
      assert.deepStrictEqual((yield* carts.view(buyer, (yield* seeds.page()).id)).cart.lines, [])
    })
  )
  it.effect("pending entries of this person and page are part of the cart, held or lapsed", () =>
    Effect.gen(function* () {
      const { buyer, carts, page, seeds } = yield* corner
      const slot = yield* seeds.slot({ pageId: page.id, capacity: 5 })
      const mine = yield* held({ slot, identity: buyer })
      yield* held({ slot, identity: yield* someone })
      const elsewhere = yield* seeds.slot({ pageId: (yield* seeds.page()).id, capacity: 1 })
      yield* held({ slot: elsewhere, identity: buyer })
      assert.deepStrictEqual((yield* carts.view(buyer, page.id)).entries, [mine])
      yield* seeds.lapse(mine.id)
      const { entries, now } = yield* carts.view(buyer, page.id)
      assert.isTrue(entries[0]?.id === mine.id && (entries[0].heldUntil ?? 0) <= now)
    })
  )
}

/** What every adapter of `Carts` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`Carts: ${name}`, (it) => {
    changing(it)
    forms(it)
    meaning(it)
    overview(it)
  })

// Not asserted: that a form's key is forgotten after 24 hours, that at most 50 carts are listed, how the
// count treats items that are gone, and what isolation the store itself needs for "as if alone" beyond these
// races.
