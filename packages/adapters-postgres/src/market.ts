import { Item } from "@rose-ash/cart-domain/page/Item"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { tidy, Url } from "@rose-ash/cart-domain/text/Text"
import { Effect, Option, Schema } from "effect"

/** The item of `i` (market_api.item) as the market tells it. */
export const itemJson = `json_build_object('id', i.item_id, 'pageId', i.page_id, 'name', i.name,
  'minor', i.price_minor, 'currency', i.currency, 'taxRate', i.tax_rate, 'available', i.available,
  'most', i.most,
  'url', i.url, 'picture', i.picture)`

const Told = Schema.Struct({
  id: Schema.String,
  pageId: Schema.NullOr(PageId),
  name: Schema.String,
  minor: Schema.Int,
  currency: Schema.String,
  taxRate: Schema.NullOr(Schema.Finite),
  available: Schema.NullOr(Schema.Boolean),
  most: Schema.NullOr(Schema.Finite),
  url: Schema.NullOr(Schema.String),
  picture: Schema.NullOr(Schema.String)
})
const told = Schema.decodeUnknownOption(Told)
const item = Schema.decodeUnknownOption(Item)
const isUrl = Schema.is(Url)
const urlOf = (text: string | null): string | null => (text !== null && isUrl(text) ? text : null)

/** A sibling's row in the domain's terms; none when it has no price, no name or no page to be meant. */
const itemOf = (cooperative: PageId, row: unknown): Option.Option<Item> =>
  Option.flatMap(told(row), ({ available, currency, minor, most, name, pageId, picture, url, ...rest }) =>
    item({
      ...rest,
      pageId: pageId ?? cooperative,
      name: tidy(200, name),
      price: { minor, currency },
      available: available ?? true,
      most: Math.max(1, Math.min(99, Math.floor(most ?? 99))),
      url: urlOf(url),
      picture: urlOf(picture)
    })
  )

/** Those that can be read. One that cannot is as good as forgotten: it must not take a whole cart with it. */
export const itemsOf = (
  cooperative: PageId,
  rows: ReadonlyArray<unknown>
): Effect.Effect<ReadonlyArray<Item>> => {
  const items = rows.flatMap((row) => Option.toArray(itemOf(cooperative, row)))
  const lost = rows.length - items.length
  return lost === 0
    ? Effect.succeed(items)
    : Effect.as(Effect.logWarning("items not readable", { lost }), items)
}
