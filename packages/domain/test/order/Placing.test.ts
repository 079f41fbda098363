import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import type { Contents } from "../../src/cart/Contents.ts"
import { leastUsual } from "../../src/money/LeastTotal.ts"
import { money } from "../../src/money/Money.ts"
import { Order } from "../../src/order/Order.ts"
import type { Placed } from "../../src/order/Placing.ts"
import { grace, validFor } from "../../src/page/PageConfig.ts"
import * as arbitraries from "../../src/testing/arbitraries.ts"
import {
  bakery,
  contents,
  entry,
  item,
  placed,
  placing,
  seen,
  start,
  uuid
} from "../../src/testing/examples.ts"
import { law } from "../../src/testing/prop.ts"
import { CartId } from "../../src/text/Ids.ts"
import { hour, plus } from "../../src/time/Instant.ts"

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, n) => total + n, 0)
const place = (of: Contents): Placed => Result.getOrThrow(placing(of))
const refusal = (of: Contents, change: Parameters<typeof placing>[1] = {}) => {
  const answer = placing(of, change)
  return Result.isFailure(answer) ? answer.failure._tag : "placed"
}

describe("S2 a placed order", () => {
  law("costs what its lines cost, and asks for exactly that", [arbitraries.contents], (of) => {
    const { order } = place(of)
    assert.strictEqual(Number(order.total), sum(order.lines.map(({ total }) => total)))
    assert.strictEqual(Number(order.tax), sum(order.lines.map(({ tax }) => tax)))
    assert.strictEqual(Number(order.total), seen(of).total)
    for (const { quantity, total, unit } of order.lines) assert.strictEqual(Number(total), unit * quantity)
    for (const { amount } of order.attempts) {
      assert.deepStrictEqual([amount.minor, amount.currency], [order.total, of.page.currency])
    }
  })
  law("takes every line and claims every place of the cart, each once", [arbitraries.contents], (of) => {
    const { claims, lines, order } = place(of)
    assert.deepStrictEqual(
      lines,
      of.cart.lines.map(({ id }) => id)
    )
    assert.sameMembers(
      [...claims],
      of.entries.map(({ id }) => id)
    )
    assert.strictEqual(order.lines.length, lines.length + claims.length)
  })
  law(
    "waits with one attempt, or is paid when nothing is to pay; it told so",
    [arbitraries.contents],
    (of) => {
      const { entries, events, order } = place(of)
      const free = order.total === 0
      assert.strictEqual(order.state, free ? "paid" : "awaiting_payment")
      assert.deepStrictEqual([order.paidBy, order.paidAt], [null, free ? of.now : null])
      assert.deepStrictEqual(
        order.attempts.map(({ state }) => state),
        free ? [] : ["created"]
      )
      assert.deepStrictEqual(
        events.map(({ data, sequence }) => [data._tag, sequence]),
        free
          ? [
              ["order.created", 1],
              ["order.paid", 2]
            ]
          : [["order.created", 1]]
      )
      assert.deepStrictEqual([order.told, entries._tag], [events.length, free ? "Confirm" : "Keep"])
      assert.strictEqual(order.dueAt === null, free)
    }
  )
  law("can be written down and read again", [arbitraries.order], (order) => {
    const json = JSON.parse(JSON.stringify(Schema.encodeSync(Order)(order)))
    assert.deepStrictEqual(Schema.decodeUnknownSync(Order)(json), order)
  })
  it("is kept for as long as it can be paid, and a grace more", () => {
    const order = placed()
    assert.strictEqual(order.expiresAt, plus(start, validFor + grace))
    assert.strictEqual(order.attempts[0]?.validUntil, plus(start, validFor))
  })
})

describe("what was seen is what is ordered", () => {
  const cart = contents({ items: [[item(1), 2]], entries: [entry(1)] })
  const dearer = { ...cart, items: [item(1, { price: money(251, "GBP") })] }

  it("another revision, or another cart, is refused", () => {
    assert.strictEqual(refusal(cart, { seen: { ...seen(cart), revision: 2 } }), "CartChanged")
    assert.strictEqual(refusal(cart, { seen: { ...seen(cart), revision: 0 } }), "CartChanged")
    assert.strictEqual(
      refusal(cart, { seen: { ...seen(cart), cartId: CartId.make(uuid(9)) } }),
      "CartChanged"
    )
  })
  it("a total that rose is refused and says which price rose; one that fell is taken", () => {
    const answer = placing(dearer, { seen: seen(cart) })
    if (Result.isSuccess(answer) || answer.failure._tag !== "PriceRose") return assert.fail("placed")
    const rose = { itemId: item(1).id, name: "Loaf 1", was: 250, now: 251 }
    assert.deepStrictEqual([answer.failure.seen, answer.failure.total], [1000, 1002])
    assert.deepStrictEqual(
      answer.failure.items.map((one) => ({ ...one })),
      [rose]
    )
    assert.strictEqual(refusal(cart, { seen: { ...seen(cart), total: 999 } }), "PriceRose")
    assert.strictEqual(refusal(cart, { seen: { ...seen(cart), total: 1001 } }), "placed")
  })
  it("a place that was asked for since makes the total rise", () => {
    const more = { ...cart, entries: [entry(1), entry(2)] }
    assert.strictEqual(refusal(more, { seen: seen(cart) }), "PriceRose")
  })
  it("a cart of places alone has revision 0 and any id", () => {
    const places = contents({ entries: [entry(1)] })
    assert.strictEqual(refusal(places, { seen: { ...seen(places), cartId: CartId.make(uuid(9)) } }), "placed")
  })
})

describe("what cannot be placed", () => {
  it("nothing at all", () => {
    assert.strictEqual(refusal(contents({})), "CartEmpty")
  })
  it("a cart with a problem, of which one is named", () => {
    const gone = { ...contents({ items: [[item(1), 1]] }), items: [] }
    assert.strictEqual(refusal(gone), "ItemGone")
    assert.strictEqual(
      refusal({ ...contents({ entries: [entry(1)] }), now: plus(start, hour) }),
      "EntryLapsed"
    )
  })
  it("anything to pay on a page that takes no payments; a gift is possible", () => {
    for (const page of [
      { ...bakery, seller: null },
      { ...bakery, paused: true }
    ]) {
      assert.strictEqual(refusal(contents({ items: [[item(1), 1]], page })), "PageNotPayable")
      const gift = contents({ items: [[item(1, { price: money(0, "GBP") }), 1]], page })
      assert.strictEqual(refusal(gift), "placed")
    }
  })
  it("less than is asked for online, which is one unit of any currency unless told otherwise", () => {
    const cheap = (minor: number) => contents({ items: [[item(1, { price: money(minor, "GBP") }), 1]] })
    const usual = { least: leastUsual }
    assert.strictEqual(refusal(cheap(99), usual), "TotalTooLow")
    assert.strictEqual(refusal(cheap(100), usual), "placed")
    assert.strictEqual(refusal(cheap(0), usual), "placed")
    assert.strictEqual(refusal(cheap(99), { least: 99 }), "placed")
    assert.strictEqual(refusal(cheap(250), { least: 251 }), "TotalTooLow")
    const page = { ...bakery, currency: "CLP" as const }
    const pesos = contents({ items: [[item(1, { price: money(2, "CLP") }), 1]], page })
    assert.strictEqual(refusal(pesos, { least: 201 }), "TotalTooLow")
    assert.strictEqual(refusal(pesos, { least: 200 }), "placed")
  })
  it("more than 100,000.00, and fractions where there are none", () => {
    const dear = contents({ items: [[item(1, { price: money(200_000, "GBP") }), 51]] })
    assert.strictEqual(
      refusal(dear, { seen: { ...dear.cart, cartId: dear.cart.id, total: 99 } }),
      "TotalTooHigh"
    )
    const page = { ...bakery, currency: "HUF" as const }
    const odd = contents({ items: [[item(1, { price: money(150, "HUF") }), 1]], page })
    assert.strictEqual(
      refusal(odd, { seen: { ...odd.cart, cartId: odd.cart.id, total: 150 } }),
      "AmountNotPayable"
    )
  })
})
