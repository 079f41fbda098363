import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import * as fc from "fast-check"
import { Minor, orderMost } from "../../src/money/Money.ts"
import * as Totals from "../../src/money/Totals.ts"
import * as arbitraries from "../../src/testing/arbitraries.ts"
import { law } from "../../src/testing/prop.ts"

const drawn = arbitraries.currency.chain((currency) =>
  fc.record({ currency: fc.constant(currency), priced: arbitraries.priced(currency) })
)
const of = ({
  currency,
  priced
}: {
  currency: Totals.Totals["currency"]
  priced: ReadonlyArray<Totals.Priced>
}) => Result.getOrThrow(Totals.of(currency, priced))
const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, n) => total + n, 0)
const line = (unit: number, quantity: number, taxRate: number | null = null): Totals.Priced => ({
  unit: Minor.make(unit),
  quantity,
  taxRate
})
/** Tax inside a gross amount, in exact integers: the nearest whole, halves up. */
const roundedTax = (gross: number, rate: number): number =>
  Number((2n * BigInt(gross) * BigInt(rate) + BigInt(10_000 + rate)) / (2n * BigInt(10_000 + rate)))
const floorTax = (gross: number, rate: number): number =>
  Number((BigInt(gross) * BigInt(rate)) / BigInt(10_000 + rate))
const refusal = (answer: Result.Result<unknown, { readonly _tag: string }>) =>
  Result.isFailure(answer) ? answer.failure._tag : "accepted"

describe("S2 totals", () => {
  law(
    "the total is the sum of its lines, and each line is its unit price so many times",
    [drawn],
    (given) => {
      const totals = of(given)
      assert.strictEqual(totals.total, sum(totals.lines.map(({ total }) => total)))
      assert.strictEqual(totals.tax, sum(totals.lines.map(({ tax }) => tax)))
      assert.deepStrictEqual(
        totals.lines.map(({ quantity, total, unit }) => [unit, quantity, total]),
        given.priced.map(({ quantity, unit }) => [unit, quantity, unit * quantity])
      )
      assert.deepStrictEqual([totals.currency, totals.adjustments], [given.currency, []])
    }
  )
  law(
    "the order of the lines changes neither total nor tax",
    [
      drawn.chain((given) =>
        fc.tuple(
          fc.constant(given),
          fc.shuffledSubarray([...given.priced], { minLength: given.priced.length })
        )
      )
    ],
    ([given, shuffled]) => {
      const [one, other] = [of(given), of({ ...given, priced: shuffled })]
      assert.deepStrictEqual([one.total, one.tax], [other.total, other.tax])
    }
  )
  law(
    "taking lines apart and adding the parts up is the same total",
    [drawn, fc.nat({ max: 30 })],
    (given, cut) => {
      const parts = [given.priced.slice(0, cut), given.priced.slice(cut)]
      assert.strictEqual(sum(parts.map((priced) => of({ ...given, priced }).total)), of(given).total)
    }
  )
  it("nothing costs nothing", () => {
    assert.deepStrictEqual(of({ currency: "EUR", priced: [] }), {
      currency: "EUR",
      lines: [],
      adjustments: [],
      tax: Minor.make(0),
      total: Minor.make(0)
    })
  })
})

describe("tax", () => {
  law("of one rate is what the rate makes of the sum, rounded once", [drawn], (given) => {
    const totals = of(given)
    for (const rate of new Set(given.priced.map(({ taxRate }) => taxRate))) {
      const same = totals.lines.filter(({ taxRate }) => taxRate === rate)
      const expected = rate === null ? 0 : roundedTax(sum(same.map(({ total }) => total)), rate)
      assert.strictEqual(sum(same.map(({ tax }) => tax)), expected)
    }
  })
  law("of a line is its exact share, or one more", [drawn], (given) => {
    for (const { tax, taxRate, total } of of(given).lines) {
      const least = taxRate === null ? 0 : floorTax(total, taxRate)
      assert.isTrue(tax === least || (taxRate !== null && tax === least + 1), `${tax} of ${total}`)
    }
  })
  it("goes to the largest remainders first", () => {
    const { lines, tax } = of({
      currency: "GBP",
      priced: [line(101, 1, 2000), line(103, 1, 2000), line(100, 1, 2000)]
    })
    assert.deepStrictEqual([lines.map((one) => one.tax), tax], [[17, 17, 17], 51])
    const thirds = of({ currency: "GBP", priced: [line(10, 1, 2000), line(10, 1, 2000), line(10, 1, 2000)] })
    assert.deepStrictEqual([thirds.lines.map((one) => one.tax), thirds.tax], [[2, 2, 1], 5])
  })
})

describe("what no order may ask for", () => {
  it("more than 100,000.00", () => {
    assert.strictEqual(refusal(Totals.of("EUR", [line(orderMost, 1)])), "accepted")
    assert.strictEqual(refusal(Totals.of("EUR", [line(orderMost, 1), line(1, 1)])), "TotalTooHigh")
    assert.strictEqual(refusal(Totals.of("EUR", [line(9_999_999_999, 99)])), "TotalTooHigh")
  })
  it("fractions of a forint or a peso", () => {
    assert.strictEqual(refusal(Totals.of("HUF", [line(150, 1)])), "AmountNotPayable")
    assert.strictEqual(refusal(Totals.of("HUF", [line(150, 2)])), "accepted")
    assert.strictEqual(refusal(Totals.of("COP", [line(99, 1)])), "AmountNotPayable")
    assert.strictEqual(refusal(Totals.of("CLP", [line(99, 1)])), "accepted")
  })
})
