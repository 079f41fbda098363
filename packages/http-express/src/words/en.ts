import { carts, count } from "./en/carts.ts"
import { letters } from "./en/letters.ts"
import { notices } from "./en/notices.ts"
import { orders } from "./en/orders.ts"
import { headings, problems } from "./en/problems.ts"
import { staff } from "./en/staff.ts"

/** English, as in Britain. Another language is another value of this shape. */
export const en = {
  locale: "en-GB",
  /** The link to the cart on other services' pages. */
  badge: {
    text: (n: number, totals: string) =>
      n === 0 ? "Your cart" : `Your cart: ${count(n, "thing", "things")}, ${totals}`
  },
  views: { ...carts, ...orders, ...staff },
  letters,
  notices,
  problems,
  headings
}
export type Words = typeof en
