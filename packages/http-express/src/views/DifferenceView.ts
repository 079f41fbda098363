import type { Difference } from "@rose-ash/cart-domain/checkout/Differences"
import { Schema } from "effect"
import type { SiteShape } from "../Site.ts"
import { Name, Text } from "./Frame.ts"
import { amountOf } from "./OrderHistory.ts"

/** Money that the provider's books and ours disagree about. `key` is what its form names. */
export const DifferenceModel = Schema.Struct({
  id: Name,
  key: Text,
  heading: Text,
  what: Text,
  means: Text,
  since: Text
})

export const differenceModel = (
  site: SiteShape,
  { currency, foundAt, id, kind, minor, pageId, reference, transactionId }: Difference,
  place: number
): typeof DifferenceModel.Type => {
  const { books, since } = site.words.views.staff
  return {
    id: `difference-${place}`,
    key: id,
    heading: books.heading(pageId, transactionId),
    what: books.what[kind](amountOf(site, minor, currency), reference ?? transactionId),
    means: books.means[kind],
    since: since(site.formats.moment(foundAt))
  }
}
