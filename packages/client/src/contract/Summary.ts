import { Schema } from "effect"

/** An amount of one currency in its minor units, and as people read it. */
export const Total = Schema.Struct({
  currency: Schema.String,
  minor: Schema.Int,
  text: Schema.String
})

/** What somebody has in all their carts: pending places are counted like things. */
export const Summary = Schema.Struct({
  count: Schema.Int,
  pages: Schema.Int,
  /** One for each currency; amounts of different currencies are never added. */
  totals: Schema.Array(Total)
}).annotate({ identifier: "Summary" })
export type Summary = typeof Summary.Type
