import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { cartsMost, quantityOf } from "../../src/cart/Cart.ts"
import { Shopping } from "../../src/cart/Shopping.ts"
import { money } from "../../src/money/Money.ts"
import { someone } from "../../src/testing/acting.ts"
import { held, refusal } from "../../src/testing/contract.ts"
import { Seeds } from "../../src/testing/Seeds.ts"
import { ItemId, PageId } from "../../src/text/Ids.ts"
import { story } from "../checkout/shop.ts"

const market = Effect.gen(function* () {
  const seeds = yield* Seeds
  const shopping = yield* Shopping
  const page = yield* seeds.page()
  const loaf = yield* seeds.item({ pageId: page.id, most: 10 })
  const identity = yield* someone
  const quantity = Effect.map(shopping.view(identity, page.id), ({ cart }) => quantityOf(cart, loaf.id))
  return { identity, loaf, page, quantity, seeds, shopping }
})

story("a browser that holds nothing sees an empty cart, an empty overview and an empty badge", () =>
  Effect.gen(function* () {
    const { page, shopping } = yield* market
    const { cart, entries, items, page: seen } = yield* shopping.view(null, page.id)
    assert.deepStrictEqual([cart.lines, cart.revision, entries, items, seen.id], [[], 0, [], [], page.id])
    assert.deepStrictEqual(yield* shopping.overview(null), [])
    assert.deepStrictEqual(yield* shopping.summary(null), { count: 0, pages: 0, totals: [] })
    assert.strictEqual(yield* refusal(shopping.view(null, PageId.make("nowhere"))), "PageNotFound")
  })
)

story("adding adds, setting sets, and 0 removes", () =>
  Effect.gen(function* () {
    const { identity, loaf, page, quantity, shopping } = yield* market
    const of = { identity, itemId: loaf.id, pageId: page.id }
    yield* shopping.add({ ...of, quantity: 2 })
    yield* shopping.add({ ...of, quantity: 3 })
    assert.strictEqual(yield* quantity, 5)
    yield* shopping.set({ ...of, quantity: 4 })
    assert.strictEqual(yield* quantity, 4)
    yield* shopping.set({ ...of, quantity: 0 })
    assert.strictEqual(yield* quantity, 0)
  })
)

story("what somebody new would be refused is known before anything is written", () =>
  Effect.gen(function* () {
    const { loaf, page, seeds, shopping } = yield* market
    const gone = yield* seeds.item({ pageId: page.id, available: false })
    const [at, nowhere] = [{ pageId: page.id }, { pageId: PageId.make("nowhere") }]
    yield* shopping.admits({ itemId: loaf.id, quantity: 10, pageId: null })
    yield* shopping.admits({ itemId: loaf.id, quantity: 0, ...at })
    const refused = [
      { itemId: loaf.id, quantity: 11, ...at },
      { itemId: gone.id, quantity: 1, pageId: null },
      { itemId: ItemId.make("nothing"), quantity: 1, pageId: null },
      { itemId: loaf.id, quantity: 0, ...nowhere }
    ]
    const tags = yield* Effect.forEach(refused, (one) => refusal(shopping.admits(one)))
    assert.deepStrictEqual(tags, ["QuantityTooHigh", "ItemGone", "ItemNotFound", "PageNotFound"])
  })
)

story("a form that is sent twice adds once", () =>
  Effect.gen(function* () {
    const { identity, loaf, quantity, shopping } = yield* market
    const form = { identity, itemId: loaf.id, quantity: 2, key: "form-1" }
    yield* shopping.add(form)
    yield* shopping.add(form)
    assert.strictEqual(yield* quantity, 2)
    yield* shopping.add({ ...form, key: "form-2" })
    assert.strictEqual(yield* quantity, 4)
  })
)

story("what is gone from the market can be removed, but not changed", () =>
  Effect.gen(function* () {
    const { identity, loaf, page, quantity, seeds, shopping } = yield* market
    const of = { identity, itemId: loaf.id, pageId: page.id }
    yield* shopping.add({ ...of, quantity: 2 })
    yield* seeds.offer(loaf.id, false)
    assert.strictEqual(yield* refusal(shopping.set({ ...of, quantity: 1 })), "ItemGone")
    yield* seeds.forget(loaf.id)
    assert.strictEqual(yield* refusal(shopping.set({ ...of, quantity: 1 })), "ItemNotFound")
    assert.strictEqual(yield* quantity, 2)
    yield* shopping.set({ ...of, quantity: 0 })
    assert.strictEqual(yield* quantity, 0)
  })
)

story("limits are refused with what they are, and change nothing", () =>
  Effect.gen(function* () {
    const { identity, loaf, page, quantity, seeds, shopping } = yield* market
    const of = { identity, itemId: loaf.id, pageId: page.id }
    yield* shopping.add({ ...of, quantity: 9 })
    assert.strictEqual(yield* refusal(shopping.add({ ...of, quantity: 2 })), "QuantityTooHigh")
    assert.strictEqual(yield* refusal(shopping.set({ ...of, quantity: 11 })), "QuantityTooHigh")
    assert.strictEqual(yield* quantity, 9)
    const foreign = yield* seeds.item({ pageId: page.id, price: money(100, "EUR") })
    const paidOtherwise = shopping.add({ identity, itemId: foreign.id, quantity: 1 })
    assert.strictEqual(yield* refusal(paidOtherwise), "CurrencyDiffers")
    const elsewhere = yield* seeds.page()
    const misplaced = shopping.set({ ...of, pageId: elsewhere.id, quantity: 1 })
    assert.strictEqual(yield* refusal(misplaced), "ItemNotFound")
    const unknown = shopping.add({ identity, itemId: ItemId.make("no-such-item"), quantity: 1 })
    assert.strictEqual(yield* refusal(unknown), "ItemNotFound")
  })
)

story("a person has carts on fifty pages, and goes on filling those", () =>
  Effect.gen(function* () {
    const { identity, loaf, seeds, shopping } = yield* market
    const add = (itemId: ItemId) => shopping.add({ identity, itemId, quantity: 1 })
    yield* add(loaf.id)
    for (let n = 1; n < cartsMost; n += 1) {
      yield* add((yield* seeds.item({ pageId: (yield* seeds.page()).id })).id)
    }
    assert.strictEqual((yield* shopping.overview(identity)).length, cartsMost)
    const more = yield* seeds.item({ pageId: (yield* seeds.page()).id })
    assert.strictEqual(yield* refusal(add(more.id)), "CartLimit")
    yield* add(loaf.id)
  })
)

story("a pending place is given back by its owner alone", () =>
  Effect.gen(function* () {
    const { identity, page, seeds, shopping } = yield* market
    const slot = yield* seeds.slot({ pageId: page.id, capacity: 1 })
    const { id } = yield* held({ slot, identity })
    const places = Effect.map(shopping.view(identity, page.id), ({ entries }) => entries.length)
    yield* shopping.giveBack(yield* someone, id)
    assert.strictEqual(yield* places, 1)
    yield* shopping.giveBack(identity, id)
    assert.strictEqual(yield* places, 0)
  })
)

story("the badge says what the pages say", () =>
  Effect.gen(function* () {
    const { identity, loaf, seeds, shopping } = yield* market
    const other = yield* seeds.item({ pageId: (yield* seeds.page({ currency: "EUR" })).id })
    yield* shopping.add({ identity, itemId: loaf.id, quantity: 2 })
    yield* shopping.add({ identity, itemId: other.id, quantity: 1 })
    const { count, pages, totals } = yield* shopping.summary(identity)
    assert.deepStrictEqual([count, pages], [3, 2])
    assert.sameDeepMembers([...totals], [money(500, "GBP"), money(250, "EUR")])
  })
)
