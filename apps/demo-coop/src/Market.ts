import type { Database } from "./Database.ts"
import { cooperative } from "./pages.ts"
import { products, rising } from "./products.ts"

/** A product as it is sold at this moment. */
export interface Offer {
  readonly id: string
  readonly pageId: string
  readonly name: string
  readonly about: string
  readonly minor: number
  readonly available: boolean
  readonly most: number
}

/** Where products and their prices are kept. */
export interface Market {
  readonly offers: () => Promise<ReadonlyArray<Offer>>
  /** The rising price takes its next step; after the highest it begins again. */
  readonly raise: () => Promise<void>
}

/** Writes the products with addresses below this origin; what was there is brought up to date. */
export const seedMarket = async ({ query }: Database, origin: string): Promise<void> => {
  const rows = products.map(({ about: _, pageId, ...product }) => ({
    ...product,
    page: pageId,
    url: `${origin}/${pageId ?? cooperative.id}/${product.id}`,
    picture: `${origin}/pictures/${product.id}.svg`
  }))
  await query(
    (
      sql
    ) => sql`INSERT INTO market.product AS p (id, page_id, name, price_minor, currency, available, most, url, picture)
      SELECT j.id, j.page, j.name, j.minor, 'GBP', j.available, j.most, j.url, j.picture
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS j(id text, page text, name text, minor bigint, available boolean, most integer,
          url text, picture text)
      ON CONFLICT (id) DO UPDATE SET page_id = excluded.page_id, name = excluded.name,
        price_minor = CASE p.id WHEN ${rising.id} THEN p.price_minor ELSE excluded.price_minor END,
        available = excluded.available, most = excluded.most, url = excluded.url, picture = excluded.picture`
  )
}

export const openMarket = ({ query }: Database): Market => ({
  offers: async () => {
    const rows = await query(
      (sql) =>
        sql<{ id: string; minor: number; available: boolean }>`
        SELECT id, price_minor::int4 AS minor, available FROM market.product`
    )
    const now = new Map(rows.map((row) => [row.id, row]))
    return products.map((product) => ({
      ...product,
      ...now.get(product.id),
      pageId: product.pageId ?? cooperative.id
    }))
  },
  raise: async () => {
    const { from, id, step, to } = rising
    await query(
      (sql) => sql`UPDATE market.product
        SET price_minor = CASE WHEN price_minor + ${step} > ${to} THEN ${from} ELSE price_minor + ${step} END
        WHERE id = ${id}`
    )
  }
})
