import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as fc from "fast-check"
import { Currency, exponent, step } from "../../src/money/Currency.ts"
import {
  equals,
  Minor,
  Money,
  minorOfMajor,
  money,
  orderMost,
  toDecimal,
  toMajor
} from "../../src/money/Money.ts"
import * as arbitraries from "../../src/testing/arbitraries.ts"
import { law } from "../../src/testing/prop.ts"

const decimals = (amount: number): number => (JSON.stringify(amount).split(".")[1] ?? "").length

describe("currencies", () => {
  it("have no cents in Chile, two digits everywhere else, and whole units in Colombia and Hungary", () => {
    const digits = Object.fromEntries(Currency.literals.map((currency) => [currency, exponent(currency)]))
    const two = [
      "BGN",
      "BRL",
      "CHF",
      "COP",
      "CZK",
      "DKK",
      "EUR",
      "GBP",
      "HRK",
      "HUF",
      "NOK",
      "PLN",
      "RON",
      "SEK",
      "USD"
    ]
    assert.deepStrictEqual(digits, { ...Object.fromEntries(two.map((currency) => [currency, 2])), CLP: 0 })
    assert.deepStrictEqual(
      Currency.literals.filter((currency) => step(currency) !== 1),
      ["COP", "HUF"]
    )
  })
})

describe("money on a wire of major units", () => {
  it("comes back exactly: every amount up to 2,000.00, of each kind of currency", () => {
    for (const currency of ["GBP", "CLP"] as const) {
      for (let minor = 0; minor <= 200_000; minor += 1) {
        const major = toMajor(money(minor, currency))
        if (minorOfMajor(major, currency) !== minor) assert.fail(`${minor} ${currency} became ${major}`)
      }
    }
  })
  law(
    "comes back exactly, printed with no more digits than its currency has",
    [arbitraries.money],
    (amount) => {
      const major = toMajor(amount)
      assert.strictEqual(minorOfMajor(major, amount.currency), amount.minor)
      assert.strictEqual(minorOfMajor(JSON.parse(JSON.stringify(major)), amount.currency), amount.minor)
      assert.isAtMost(decimals(major), exponent(amount.currency))
    },
    { numRuns: 2000 }
  )
  law("stays apart from its neighbours even as a 32-bit float", [fc.nat({ max: orderMost - 1 })], (minor) => {
    assert.notStrictEqual(
      Math.fround(toMajor(money(minor, "GBP"))),
      Math.fround(toMajor(money(minor + 1, "GBP")))
    )
  })
  it("is refused when it is no amount of the currency, and never rounded", () => {
    const bad = [10.005, 0.001, 1e21, Number.NaN, Number.POSITIVE_INFINITY, 0.1 + 0.2, 1 / 3]
    for (const major of bad) assert.strictEqual(minorOfMajor(major, "GBP"), undefined, String(major))
    assert.strictEqual(minorOfMajor(1500.5, "CLP"), undefined)
    assert.deepStrictEqual([minorOfMajor(1500, "CLP"), minorOfMajor(1500, "EUR")], [1500, 150_000])
    assert.deepStrictEqual([minorOfMajor(1.15, "EUR"), minorOfMajor(19.99, "EUR")], [115, 1999])
  })
})

describe("money in digits", () => {
  it("has as many after the point as its currency", () => {
    const written = (minor: number, currency: Currency) => toDecimal(money(minor, currency))
    assert.deepStrictEqual(
      [0, 5, 50, 1240, 100_000_00].map((minor) => written(minor, "GBP")),
      ["0.00", "0.05", "0.50", "12.40", "100000.00"]
    )
    assert.deepStrictEqual(
      [0, 1500].map((minor) => written(minor, "CLP")),
      ["0", "1500"]
    )
  })
  law("says the amount and nothing else", [arbitraries.money], (amount) => {
    const text = toDecimal(amount)
    assert.strictEqual(Number(text.replace(".", "")), amount.minor)
    assert.match(text, exponent(amount.currency) === 0 ? /^\d+$/ : /^\d+\.\d\d$/)
  })
})

describe("an amount", () => {
  it("is a whole number of minor units from 0 to 9,999,999,999", () => {
    const is = Schema.is(Minor)
    for (const good of [0, 1, 9_999_999_999]) assert.isTrue(is(good))
    for (const bad of [-1, 0.5, 10_000_000_000, Number.NaN, Number.POSITIVE_INFINITY, "1"])
      assert.isFalse(is(bad))
  })
  law("equals itself alone", [arbitraries.money, arbitraries.money], (a, b) => {
    assert.isTrue(equals(a, { ...a }))
    assert.strictEqual(equals(a, b), a.minor === b.minor && a.currency === b.currency)
  })
  law("survives being written down and read again", [arbitraries.money], (amount) => {
    const json = JSON.parse(JSON.stringify(Schema.encodeSync(Money)(amount)))
    assert.deepStrictEqual(Schema.decodeUnknownSync(Money)(json), amount)
  })
})
