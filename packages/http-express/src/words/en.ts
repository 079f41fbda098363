import { carts } from "./en/carts.ts"
import { notices } from "./en/notices.ts"
import { orders } from "./en/orders.ts"
import { headings, problems } from "./en/problems.ts"

/** English, as in Britain. Another language is another value of this shape. */
export const en = {
  locale: "en-GB",
  views: { ...carts, ...orders },
  notices,
  problems,
  headings
}
export type Words = typeof en
