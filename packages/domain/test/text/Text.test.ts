import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as fc from "fast-check"
import { law } from "../../src/testing/prop.ts"
import { Email, line, tidy, Url } from "../../src/text/Text.ts"

const takes = (schema: Schema.Codec<string, string>) => Schema.is(schema)

describe("a line of text", () => {
  it("is refused empty, too long, or with anything that could change how it is read", () => {
    const is = takes(line(20))
    const bad = [
      "",
      "x".repeat(21),
      "a\u0000b",
      "a\nb",
      "a\r\nb",
      "\u001b[31m",
      "a\u007fb",
      "a\u0085b",
      "a\u2028b",
      "a\u2029b"
    ]
    const overrides = ["\u202aa", "a\u202eb", "a\u2066b", "a\u2069b", "\ud83c", "\udf5e", "a\udf5e\ud83cb"]
    for (const text of [...bad, ...overrides]) assert.isFalse(is(text), JSON.stringify(text))
  })
  it("may hold what people write", () => {
    const is = takes(line(30))
    const good = [
      "a",
      "Ärger & Söhne",
      "<b>\"'`</b>",
      "パン屋",
      "🍞 bread",
      "👩‍🍳",
      "مخبز",
      " ' OR 1=1 --",
      "%00",
      "\\0"
    ]
    for (const text of good) assert.isTrue(is(text), text)
  })
  law("counts in UTF-16 units", [fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 })], (text) => {
    const clean = tidy(1000, text)
    assert.strictEqual(takes(line(10))(clean), clean.length >= 1 && clean.length <= 10)
  })
})

describe("words of the provider", () => {
  it("are not cut in the middle of a letter", () => {
    assert.strictEqual(tidy(3, "ab🍞"), "ab")
    assert.strictEqual(tidy(4, "ab🍞"), "ab🍞")
  })
  it("lose what is not text, at their ends too", () => {
    assert.strictEqual(tidy(20, " \u0000 a\r\nb \u202e\t"), "a b")
    assert.strictEqual(tidy(3, "ab \u0000cd"), "ab")
  })
  law(
    "are a line of text or nothing, and tidied again the same",
    [fc.string({ unit: "binary", maxLength: 60 }), fc.integer({ min: 1, max: 40 })],
    (text, most) => {
      const clean = tidy(most, text)
      assert.isTrue(clean === "" || takes(line(most))(clean), JSON.stringify(clean))
      assert.strictEqual(tidy(most, clean), clean)
    },
    { numRuns: 1000 }
  )
})

describe("addresses", () => {
  it("of mail have one @ and a dot behind it", () => {
    const is = takes(Email)
    const good = ["wren@example.org", "a+b.c@sub.example.co.uk", "ärger@bücher.example", "o'neil@example.org"]
    const bad = [
      "",
      "wren",
      "wren@",
      "@example.org",
      "a@b",
      "a@b.c",
      "a b@example.org",
      "a@b@example.org",
      "a@example.org\nBcc: x@y.zz"
    ]
    const worse = [
      "<a@example.org>",
      "a@exam ple.org",
      `${"a".repeat(65)}@example.org`,
      `a@${"b".repeat(260)}.org`,
      "a@example.org,b@example.org"
    ]
    for (const text of good) assert.isTrue(is(text), text)
    for (const text of [...bad, ...worse]) assert.isFalse(is(text), text)
  })
  it("of the web begin with http", () => {
    const is = takes(Url)
    for (const text of ["https://example.org", "http://localhost:8002/p?a=1#b"]) assert.isTrue(is(text), text)
    const bad = [
      "javascript:alert(1)",
      "//example.org",
      "https://",
      "https://a b",
      'https://a"b',
      "data:text/html,x",
      "ftp://x"
    ]
    for (const text of [...bad, `https://${"a".repeat(2000)}`]) assert.isFalse(is(text), text)
  })
})
