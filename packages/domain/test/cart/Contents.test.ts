import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { type Contents, linesOf, priceChangesOf, totalsOf } from "../../src/cart/Contents.ts"
import { money } from "../../src/money/Money.ts"
import { obstacle } from "../../src/order/Obstacle.ts"
import type { Item } from "../../src/page/Item.ts"
import * as arbitraries from "../../src/testing/arbitraries.ts"
import { contents, entry, item, start } from "../../src/testing/examples.ts"
import { law } from "../../src/testing/prop.ts"
import { PageId } from "../../src/text/Ids.ts"
import { hour, plus } from "../../src/time/Instant.ts"

const cart = contents({
  items: [
    [item(1), 2],
    [item(2), 3]
  ],
  entries: [entry(2), entry(1)]
})
/** The same cart when the market has changed its mind about the first item. */
const changed = (change: Partial<Item> | null): Contents => ({
  ...cart,
  items: cart.items.flatMap((one, index) =>
    index > 0 ? [one] : change === null ? [] : [{ ...one, ...change }]
  )
})
const problems = (of: Contents) => linesOf(of).map(({ problem }) => problem)
const total = (of: Contents) => Number(Result.getOrThrow(totalsOf(of)).total)

describe("the lines of a cart", () => {
  it("are its items as they were added, then its places by time", () => {
    const names = linesOf(cart).map((line) =>
      line._tag === "ItemLine" ? (line.item?.name ?? "?") : line.entry.name
    )
    assert.deepStrictEqual(names, ["Loaf 1", "Loaf 2", "Baking class 1", "Baking class 2"])
    assert.deepStrictEqual(problems(cart), [null, null, null, null])
    assert.strictEqual(total(cart), 2 * 250 + 3 * 250 + 2 * 500)
  })
  const cases: ReadonlyArray<readonly [string, Partial<Item> | null, string, string]> = [
    ["an item the market forgot", null, "gone", "ItemGone"],
    ["an item that is no longer for sale", { available: false }, "gone", "ItemGone"],
    ["an item that moved to another page", { pageId: PageId.make("elsewhere") }, "gone", "ItemGone"],
    ["an item priced in another currency", { price: money(250, "EUR") }, "currency", "CurrencyDiffers"],
    ["more of an item than there is now", { most: 1 }, "too_many", "QuantityTooHigh"]
  ]
  for (const [name, change, problem, refused] of cases) {
    it(`${name} is shown with its problem, costs nothing, and keeps the cart from being placed`, () => {
      const of = changed(change)
      assert.deepStrictEqual(problems(of), [problem, null, null, null])
      assert.strictEqual(total(of), 3 * 250 + 2 * 500)
      assert.strictEqual(obstacle(of)?._tag, refused)
    })
  }
  it("a place whose hold ran out, or of another currency, is shown with its problem", () => {
    const late = { ...cart, now: plus(start, hour) }
    assert.deepStrictEqual(problems(late), [null, null, "lapsed", "lapsed"])
    assert.strictEqual(total(late), 5 * 250)
    assert.strictEqual(obstacle(late)?._tag, "EntryLapsed")
    const foreign = { ...cart, entries: [entry(1, { price: money(500, "EUR") })] }
    assert.deepStrictEqual(problems(foreign), [null, null, "currency"])
    assert.strictEqual(obstacle(foreign)?._tag, "CurrencyDiffers")
    assert.strictEqual(obstacle({ ...cart, entries: [entry(1, { state: "released" })] })?._tag, "EntryLapsed")
  })
  it("prices that changed since a line was chosen are told, up and down", () => {
    const told = (of: Contents) => priceChangesOf(of).map(({ now, was }) => [Number(was), Number(now)])
    assert.deepStrictEqual(told(cart), [])
    assert.deepStrictEqual(told(changed({ price: money(300, "GBP") })), [[250, 300]])
    assert.deepStrictEqual(told(changed({ price: money(200, "GBP") })), [[250, 200]])
    assert.deepStrictEqual(told(changed({ price: money(300, "GBP"), available: false })), [])
  })
  law(
    "a cart in which nothing is wrong has no obstacle and costs what its lines cost",
    [arbitraries.contents],
    (of) => {
      assert.strictEqual(obstacle(of), null)
      const items = of.cart.lines.reduce((sum, { quantity, seen }) => sum + quantity * seen, 0)
      const places = of.entries.reduce((sum, { price }) => sum + price.minor, 0)
      assert.strictEqual(total(of), items + places)
    }
  )
})
