import { assert, describe, it } from "@effect/vitest"
import type { Customer } from "../../src/identity/Identity.ts"
import { ownerOf, owns, same, visitor } from "../../src/identity/Identity.ts"
import { uuid } from "../../src/testing/examples.ts"
import { CustomerId, VisitorId } from "../../src/text/Ids.ts"

const browser = visitor(VisitorId.make(uuid(1)))
const other = visitor(VisitorId.make(uuid(2)))
const wren: Customer = { _tag: "Customer", id: CustomerId.make(uuid(1)), name: "Wren", email: null }
const robin: Customer = { ...wren, id: CustomerId.make(uuid(2)), name: "Robin" }

describe("S17 whose something is", () => {
  it("is whoever made it, and nobody else", () => {
    for (const identity of [browser, other, wren, robin]) {
      for (const who of [browser, other, wren, robin]) {
        assert.strictEqual(owns(who, ownerOf(identity)), who === identity)
      }
    }
  })
  it("is the customer's alone once a customer adopted it", () => {
    const adopted = { visitorId: browser.id, customerId: wren.id }
    assert.deepStrictEqual(
      [browser, other, wren, robin].map((who) => owns(who, adopted)),
      [false, false, true, false]
    )
  })
  it("is nobody's when it names nobody", () => {
    for (const who of [browser, wren]) assert.isFalse(owns(who, { visitorId: null, customerId: null }))
  })
})

describe("the same person", () => {
  it("is told by id and kind, whatever name or address they have today", () => {
    assert.isTrue(same(wren, { ...wren, name: "Wren Ash", email: "wren@example.org" }))
    assert.isTrue(same(browser, visitor(browser.id)))
    assert.isFalse(same(wren, robin))
    assert.isFalse(same(browser, { ...wren, id: CustomerId.make(browser.id) }))
  })
})
