import * as fc from "fast-check"
import type { CalendarEntry } from "../calendar/CalendarEntry.ts"
import type { Contents } from "../cart/Contents.ts"
import { Currency, step } from "../money/Currency.ts"
import { Minor, type Money, orderMost } from "../money/Money.ts"
import type { Priced } from "../money/Totals.ts"
import type { Order } from "../order/Order.ts"
import type { Item } from "../page/Item.ts"
import type { PageConfig } from "../page/PageConfig.ts"
import { bakery, contents as contentsOf, entry, item, placed } from "./examples.ts"

// One generator per kind of value, named as it. What follows from other values is worked out, never drawn.

export const currency: fc.Arbitrary<Currency> = fc.constantFrom(...Currency.literals)

/** Any amount that one order may ask for, small and great ones alike. */
export const minor: fc.Arbitrary<Minor> = fc
  .oneof(fc.nat({ max: 300 }), fc.nat({ max: 20_000 }), fc.nat({ max: orderMost }))
  .map((amount) => Minor.make(amount))

export const money: fc.Arbitrary<Money> = fc.record({ minor, currency })

/** Prices inside which tax is recorded, or not, at the rates people know and at odd ones. */
export const taxRate: fc.Arbitrary<number | null> = fc.oneof(
  fc.constant(null),
  fc.constantFrom(0, 500, 700, 1900, 2000, 2500),
  fc.integer({ min: 0, max: 10_000 })
)

export const quantity: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 1, max: 5 }),
  fc.integer({ min: 1, max: 99 })
)

/** Lines that can be charged together in the currency: few enough, and in whole steps. */
export const priced = (of: Currency): fc.Arbitrary<ReadonlyArray<Priced>> =>
  fc.array(
    fc.record({
      unit: fc.nat({ max: 900 }).map((n) => Minor.make(n * step(of))),
      quantity: fc.integer({ min: 1, max: step(of) === 1 ? 99 : 9 }),
      taxRate
    }),
    { maxLength: step(of) === 1 ? 30 : 10 }
  )

export const page: fc.Arbitrary<PageConfig> = fc
  .record({ currency, acceptsLate: fc.boolean(), refundsAlone: fc.boolean() })
  .map((drawn) => ({ ...bakery, ...drawn }))

const inCurrency = (of: Currency, units: number): Money => ({
  minor: Minor.make(units * step(of)),
  currency: of
})

const shelf = ({ currency: of }: PageConfig): fc.Arbitrary<ReadonlyArray<readonly [Item, number]>> =>
  fc
    .array(fc.record({ units: fc.nat({ max: 400 }), taxRate, count: fc.integer({ min: 1, max: 9 }) }), {
      maxLength: 6
    })
    .map((lines) =>
      lines.map(
        ({ count, taxRate, units }, index) =>
          [item(index + 1, { price: inCurrency(of, units), taxRate }), count] as const
      )
    )

const places = ({ currency: of }: PageConfig): fc.Arbitrary<ReadonlyArray<CalendarEntry>> =>
  fc
    .array(fc.nat({ max: 400 }), { maxLength: 3 })
    .map((prices) => prices.map((units, index) => entry(index + 1, { price: inCurrency(of, units) })))

/** A cart that can be placed: something in it, everything for sale, every place held. */
export const contents: fc.Arbitrary<Contents> = page.chain((page) =>
  fc
    .record({ items: shelf(page), entries: places(page) })
    .filter(({ entries, items }) => items.length + entries.length > 0)
    .map((drawn) => contentsOf({ ...drawn, page }))
)

/** An order as it was placed, with something to pay or with nothing. */
export const order: fc.Arbitrary<Order> = contents.map(placed)

/** An order that waits for its first payment. */
export const waitingOrder: fc.Arbitrary<Order> = order.filter(({ total }) => total > 0)

const hostilePieces = [
  "\u0000",
  "\r\n",
  "\u001b[2J",
  "\u0085",
  "\u2028",
  "\u202e",
  "\ud83c",
  "\udf5e",
  "'; drop table orders; --",
  "<script>alert(1)</script>",
  "<%= 1 %>",
  "%00",
  "../../../etc/passwd",
  "🍞",
  "ﷺ",
  "e\u0301",
  "x".repeat(300)
]

/** Text of the kind that breaks things, mixed with text that does not. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...hostilePieces), fc.string({ unit: "binary" }), fc.string()), {
    minLength: 1,
    maxLength: 5
  })
  .map((pieces) => pieces.join(""))
