import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import * as fc from "fast-check"
import { law } from "../../src/testing/prop.ts"
import { EntryId, Ids, ItemId, OrderId, OrderNumber, orderNumber, PageId } from "../../src/text/Ids.ts"

const takes = (schema: Schema.Codec<string, string>) => Schema.is(schema)
const hostile = [
  "",
  " ",
  "a b",
  "a/b",
  "../a",
  "a\u0000",
  "a\n",
  "é",
  "-a",
  "_a",
  "a".repeat(65),
  "%2e",
  "a;b",
  "'"
]

describe("ids that others give", () => {
  it("are short words of letters, digits, hyphens and underscores", () => {
    for (const schema of [ItemId, EntryId]) {
      for (const id of ["a", "A1", "42", "a-b_c", "a".repeat(64)]) assert.isTrue(takes(schema)(id), id)
      for (const id of hostile) assert.isFalse(takes(schema)(id), JSON.stringify(id))
    }
  })
  it("of pages are as they stand in addresses", () => {
    for (const id of ["ash-bakery", "a", "1", "a".repeat(64)]) assert.isTrue(takes(PageId)(id), id)
    for (const id of [...hostile, "Ash", "a_b"]) assert.isFalse(takes(PageId)(id), JSON.stringify(id))
  })
})

describe("ids of our own", () => {
  it.effect("are uuids that sort by time, and never the same twice", () =>
    Effect.gen(function* () {
      const { uuid } = yield* Ids
      const made = yield* Effect.forEach(Array.from({ length: 200 }), () => uuid)
      assert.strictEqual(new Set(made).size, 200)
      for (const id of made) assert.isTrue(takes(OrderId)(id), id)
      const times = made.map((id) => id.slice(0, 13))
      assert.deepStrictEqual(times, [...times].sort())
    }).pipe(Effect.provide(Ids.layer))
  )
  law(
    "the number people read out has no letter that looks like another",
    [fc.uint8Array({ minLength: 8, maxLength: 8 })],
    (bytes) => {
      const number = orderNumber(bytes)
      assert.isTrue(takes(OrderNumber)(number))
      assert.match(number, /^RA-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    }
  )
  it("every letter of a number stands for five bits", () => {
    const numbers = Array.from({ length: 32 }, (_, n) => orderNumber(new Uint8Array(8).fill(n)))
    assert.strictEqual(new Set(numbers).size, 32)
    assert.strictEqual(orderNumber(new Uint8Array(8).fill(255)), "RA-ZZZZ-ZZZZ")
    for (const text of ["RA-IIII-0000", "RA-0000-OOOO", "ra-0000-0000", "RA-000-0000", "7K4M-Q2XD"]) {
      assert.isFalse(takes(OrderNumber)(text), text)
    }
  })
})
