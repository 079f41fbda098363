import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import * as fc from "fast-check"
import * as Cart from "../../src/cart/Cart.ts"
import { money } from "../../src/money/Money.ts"
import { bakery, item, uuid } from "../../src/testing/examples.ts"
import { law } from "../../src/testing/prop.ts"
import { CartId, CartLineId } from "../../src/text/Ids.ts"

const empty = Cart.empty(CartId.make(uuid(1)), bakery.id)
const lineId = (n: number) => CartLineId.make(uuid(100 + n))

interface Step {
  readonly of: number
  readonly quantity: number
  readonly kind: "set" | "add" | "remove"
}
const step: fc.Arbitrary<Step> = fc.record({
  of: fc.integer({ min: 1, max: 5 }),
  quantity: fc.integer({ min: -3, max: 120 }),
  kind: fc.constantFrom("set", "add", "remove")
})
const most = (n: number) => n * 20
const things = (n: number) => item(n, { most: Math.min(99, most(n)) })

/** One step; a refused one leaves the cart as it was. */
const taken = (cart: Cart.Cart, { kind, of, quantity }: Step, index: number): Cart.Cart => {
  if (kind === "remove") return Cart.remove(things(of).id)(cart)
  const change = kind === "set" ? Cart.set : Cart.add
  return Result.getOrElse(change(things(of), quantity, lineId(index))(cart), () => cart)
}
const filled = (steps: ReadonlyArray<Step>) => steps.reduce(taken, empty)
const history = fc.array(step, { maxLength: 20 })
const refusal = (answer: Result.Result<unknown, { readonly _tag: string }>) =>
  Result.isFailure(answer) ? answer.failure._tag : "accepted"

describe("a cart, whatever was done to it", () => {
  law("holds each item once, from 1 to what the item allows", [history], (steps) => {
    const { lines } = filled(steps)
    assert.strictEqual(new Set(lines.map(({ itemId }) => itemId)).size, lines.length)
    assert.strictEqual(new Set(lines.map(({ id }) => id)).size, lines.length)
    for (const { itemId, quantity } of lines) {
      const n = Number(itemId.slice(5))
      assert.isTrue(quantity >= 1 && quantity <= Math.min(99, most(n)))
    }
  })
  law("has a revision that counts its changes, and only those", [history, step], (steps, next) => {
    const cart = filled(steps)
    const after = taken(cart, next, 50)
    assert.strictEqual(after.revision, cart.revision + (after === cart ? 0 : 1))
    if (after.revision === cart.revision) assert.deepStrictEqual(after, cart)
    else assert.notDeepEqual(after.lines, cart.lines)
  })
  law("keeps every other line as it was", [history, step], (steps, next) => {
    const cart = filled(steps)
    const others = ({ lines }: Cart.Cart) => lines.filter(({ itemId }) => itemId !== things(next.of).id)
    assert.deepStrictEqual(others(taken(cart, next, 50)), others(cart))
  })
  law(
    "set is set: again it changes nothing, and it forgets what was there",
    [history, step],
    (steps, next) => {
      const once = taken(filled(steps), { ...next, kind: "set" }, 50)
      assert.strictEqual(taken(once, { ...next, kind: "set" }, 51), once)
    }
  )
  law("adding one and then another is adding both", [fc.nat({ max: 60 }), fc.nat({ max: 60 })], (a, b) => {
    const bread = item(1)
    const apart = Result.flatMap(Cart.add(bread, a, lineId(1))(empty), Cart.add(bread, b, lineId(2)))
    const together = Cart.add(bread, a + b, lineId(1))(empty)
    const quantity = (cart: Result.Result<Cart.Cart, unknown>) =>
      Result.isSuccess(cart) ? Cart.quantityOf(cart.success, bread.id) : "refused"
    assert.strictEqual(quantity(apart), quantity(together))
  })
  law(
    "gives up exactly the lines that were taken",
    [history, fc.integer({ min: 0, max: 31 })],
    (steps, mask) => {
      const cart = filled(steps)
      const gone = cart.lines.filter((_, index) => (mask >> index) % 2 === 1).map(({ id }) => id)
      const left = Cart.take(gone)(cart)
      assert.deepStrictEqual(
        left.lines,
        cart.lines.filter(({ id }) => !gone.includes(id))
      )
      assert.strictEqual(left.revision, cart.revision + 1)
    }
  )
})

describe("what a cart refuses", () => {
  const bread = item(1, { most: 10 })
  const some = Result.getOrThrow(Cart.set(bread, 4, lineId(1))(empty))

  it("more than the item allows, naming what stays", () => {
    const answer = Cart.add(bread, 7, lineId(2))(some)
    if (Result.isSuccess(answer) || answer.failure._tag !== "QuantityTooHigh") return assert.fail("accepted")
    const { asked, kept, most, name } = answer.failure
    assert.deepStrictEqual([asked, kept, most, name], [11, 4, 10, "Loaf 1"])
  })
  it("more than 99 of anything", () => {
    const loose = item(2, { most: 99 })
    assert.strictEqual(refusal(Cart.set(loose, 99, lineId(2))(some)), "accepted")
    assert.strictEqual(refusal(Cart.set(loose, 100, lineId(2))(some)), "QuantityTooHigh")
    assert.strictEqual(refusal(Cart.set({ ...loose, most: 500 }, 100, lineId(2))(some)), "QuantityTooHigh")
  })
  it("what is not for sale; but to remove it is always possible", () => {
    const gone = { ...bread, available: false }
    assert.strictEqual(refusal(Cart.set(gone, 5, lineId(2))(some)), "ItemGone")
    assert.deepStrictEqual(Result.getOrThrow(Cart.set(gone, 0, lineId(2))(some)).lines, [])
    assert.deepStrictEqual(Cart.remove(bread.id)(some).lines, [])
    assert.strictEqual(Cart.remove(item(9).id)(some), some)
  })
  it("a 301st line, but not a change of one of 300", () => {
    const full = Array.from({ length: Cart.linesMost }, (_, n) => n + 1).reduce(
      (cart, n) => Result.getOrThrow(Cart.set(item(n), 1, lineId(n))(cart)),
      empty
    )
    assert.strictEqual(refusal(Cart.set(item(400), 1, lineId(400))(full)), "LineLimit")
    assert.strictEqual(refusal(Cart.set(item(1), 2, lineId(400))(full)), "accepted")
  })
})

describe("the price a line was seen at", () => {
  it("follows the market when the line is changed, and stays when another is", () => {
    const bread = item(1)
    const one = Result.getOrThrow(Cart.set(bread, 1, lineId(1))(empty))
    const dearer = { ...bread, price: money(300, "GBP") }
    const other = Result.getOrThrow(Cart.set(item(2), 1, lineId(2))(one))
    assert.strictEqual(Number(Cart.lineOf(other, bread.id)?.seen), 250)
    const same = Result.getOrThrow(Cart.set(dearer, 1, lineId(3))(other))
    assert.strictEqual(Number(Cart.lineOf(same, bread.id)?.seen), 300)
    assert.strictEqual(same.revision, other.revision + 1)
  })
})
