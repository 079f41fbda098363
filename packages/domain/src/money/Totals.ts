import { Result, Schema } from "effect"
import { Currency, step } from "./Currency.ts"
import { Minor, orderMost } from "./Money.ts"

/**
 * What totals are made of: a unit price, how many, and the tax rate inside the price in basis points (2000 =
 * 20 %).
 */
export interface Priced {
  readonly unit: Minor
  readonly quantity: number
  readonly taxRate: number | null
}

/** One line of the arithmetic: unit × quantity = total; `tax` is the part of the total that is tax. */
export const TotalsLine = Schema.Struct({
  unit: Minor,
  quantity: Schema.Int,
  total: Minor,
  taxRate: Schema.NullOr(Schema.Int),
  tax: Minor
})
export type TotalsLine = typeof TotalsLine.Type

/**
 * The arithmetic that is shown, stored and charged: Σ lines + Σ adjustments = total. Tax is inside the
 * prices.
 */
export const Totals = Schema.Struct({
  currency: Currency,
  lines: Schema.Array(TotalsLine),
  adjustments: Schema.Array(Schema.Struct({ label: Schema.String, minor: Schema.Int })),
  tax: Minor,
  total: Minor
})
export type Totals = typeof Totals.Type

/** An order asks for at most 100,000.00 of its currency. */
export class TotalTooHigh extends Schema.TaggedError<TotalTooHigh>()("TotalTooHigh", {
  total: Schema.Int,
  most: Schema.Int
}) {}
/** Less than is asked for online, and more than nothing; minor units. */
export class TotalTooLow extends Schema.TaggedError<TotalTooLow>()("TotalTooLow", {
  total: Schema.Int,
  least: Schema.Int,
  currency: Currency
}) {}
/** This currency is only paid in whole units. */
export class AmountNotPayable extends Schema.TaggedError<AmountNotPayable>()("AmountNotPayable", {
  total: Schema.Int,
  currency: Currency
}) {}

/** Tax inside a gross amount, exact: gross × rate / (10,000 + rate). */
const exactTax = (gross: number, rate: number): number => (gross * rate) / (10_000 + rate)

/** Shares of tax, rounded once per line so that the lines of one rate sum to that rate's rounded tax. */
const taxes = (grosses: ReadonlyArray<number>, rate: number): ReadonlyArray<number> => {
  const exact = grosses.map((gross) => exactTax(gross, rate))
  const whole = exact.map(Math.floor)
  const owed =
    Math.round(
      exactTax(
        grosses.reduce((sum, gross) => sum + gross, 0),
        rate
      )
    ) - whole.reduce((sum, tax) => sum + tax, 0)
  const byRemainder = exact
    .map((tax, index) => ({ index, rest: tax - Math.floor(tax) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
  const raised = new Set(byRemainder.slice(0, owed).map(({ index }) => index))
  return whole.map((tax, index) => tax + (raised.has(index) ? 1 : 0))
}

/** Works the arithmetic out. Refuses what no order may ask for. */
export const of = (
  currency: Currency,
  priced: ReadonlyArray<Priced>
): Result.Result<Totals, TotalTooHigh | AmountNotPayable> => {
  const totals = priced.map(({ quantity, unit }) => unit * quantity)
  const total = totals.reduce((sum, amount) => sum + amount, 0)
  if (total > orderMost) return Result.fail(new TotalTooHigh({ total, most: orderMost }))
  if (total % step(currency) !== 0) return Result.fail(new AmountNotPayable({ total, currency }))
  const tax = new Array<number>(priced.length).fill(0)
  for (const rate of new Set(priced.map((line) => line.taxRate))) {
    if (rate === null) continue
    const places = priced.flatMap((line, index) => (line.taxRate === rate ? [index] : []))
    const shares = taxes(
      places.map((place) => totals[place] ?? 0),
      rate
    )
    places.forEach((place, index) => {
      tax[place] = shares[index] ?? 0
    })
  }
  return Result.succeed({
    currency,
    lines: priced.map(({ quantity, taxRate, unit }, index) => ({
      unit,
      quantity,
      taxRate,
      total: Minor.make(totals[index] ?? 0),
      tax: Minor.make(tax[index] ?? 0)
    })),
    adjustments: [],
    tax: Minor.make(tax.reduce((sum, amount) => sum + amount, 0)),
    total: Minor.make(total)
  })
}
