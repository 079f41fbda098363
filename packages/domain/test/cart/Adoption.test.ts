import { assert, describe } from "@effect/vitest"
import * as fc from "fast-check"
import { addedTo, merged, takenBack } from "../../src/cart/Adoption.ts"
import { type CartLine, linesMost } from "../../src/cart/Cart.ts"
import { Minor } from "../../src/money/Money.ts"
import { law } from "../../src/testing/prop.ts"
import { CartLineId, ItemId, PageId } from "../../src/text/Ids.ts"

const pageId = PageId.make("ash-bakery")
let minted = 0
const line = (item: number, quantity: number): CartLine => {
  minted += 1
  const id = CartLineId.make(`00000000-0000-7000-8000-${minted.toString(16).padStart(12, "0")}`)
  return { id, itemId: ItemId.make(`item-${item}`), quantity, seen: Minor.make(100 * item) }
}
/** Lines of different items. */
const lines = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 8 }), fc.integer({ min: 1, max: 99 })), {
    selector: ([item]) => item,
    maxLength: 6
  })
  .map((all) => all.map(([item, quantity]) => line(item, quantity)))
const quantities = (of: ReadonlyArray<CartLine>) =>
  of.map(({ itemId, quantity }) => `${itemId} ${quantity}`).toSorted()
const quantityOf = (of: ReadonlyArray<CartLine>, id: string) =>
  of.find(({ itemId }) => itemId === id)?.quantity ?? 0

describe("adoption", () => {
  law("twice is once", [lines, lines], (mine, theirs) => {
    const once = merged(mine, theirs)
    assert.deepStrictEqual(merged(once, theirs), once)
  })
  law("the order of several adoptions does not matter", [lines, lines, lines], (mine, a, b) => {
    assert.deepStrictEqual(quantities(merged(merged(mine, a), b)), quantities(merged(merged(mine, b), a)))
  })
  law(
    "it never takes anything away, and keeps the customer's own lines as they are",
    [lines, lines],
    (mine, theirs) => {
      const after = merged(mine, theirs)
      for (const one of mine) {
        const kept = after.find(({ id }) => id === one.id)
        assert.isTrue(kept !== undefined && kept.quantity >= one.quantity && kept.seen === one.seen)
      }
      for (const one of theirs) assert.isTrue(quantityOf(after, one.itemId) >= one.quantity)
    }
  )
  law(
    "a full cart takes no more lines, and loses none",
    [fc.integer({ min: 0, max: 3 }), lines],
    (room, theirs) => {
      const mine = Array.from({ length: linesMost - room }, (_, index) => line(1000 + index, 1))
      const after = merged(mine, theirs)
      assert.strictEqual(after.length, Math.min(linesMost, mine.length + theirs.length))
      assert.deepStrictEqual(after.slice(0, mine.length), mine)
    }
  )
  law("undone at once, everything is as it was", [lines, lines], (mine, theirs) => {
    const after = merged(mine, theirs)
    assert.deepStrictEqual(takenBack(after, addedTo(pageId, mine, after)), mine)
  })
  law(
    "undone later, nobody has fewer than before, nor more than is in the cart",
    [lines, lines, lines],
    (mine, theirs, now) => {
      const added = addedTo(pageId, mine, merged(mine, theirs))
      const after = takenBack(now, added)
      for (const { itemId, quantity } of now) {
        const left = quantityOf(after, itemId)
        assert.isAtMost(left, quantity)
        assert.isAtLeast(left, Math.min(quantity, quantityOf(mine, itemId)))
      }
      assert.strictEqual(
        after.every(({ itemId }) => quantityOf(now, itemId) > 0),
        true
      )
    }
  )
})
