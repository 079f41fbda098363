import { Cart } from "@rose-ash/cart-domain/cart/Cart"
import type { Contents } from "@rose-ash/cart-domain/cart/Contents"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import { CartId, type PageId } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Schema } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import { entriesOf, entryJson, heldBy } from "./entries.ts"
import { itemJson, itemsOf } from "./market.ts"
import { pageJson, pageTables } from "./pageSql.ts"
import { reader } from "./rows.ts"

/** The cart of `c` (cart.cart, or nothing yet) on the page of `p`, with the lines of `l`. */
export const cartJson = `json_build_object('id', c.id, 'pageId', p.id, 'revision', coalesce(c.revision, 0),
  'lines', coalesce(l.lines, '[]'))`
const lineJson = `json_build_object('id', x.id, 'itemId', x.item_id, 'quantity', x.quantity,
  'seen', x.seen_minor)`

/** The lines of one cart as an array, in the order they were added. */
export const linesJson = (cartId: string): string =>
  `coalesce((SELECT json_agg(${lineJson} ORDER BY x.place) FROM cart.cart_line x WHERE x.cart_id = ${cartId}), '[]')`

/** The lines of `c` alone. */
export const linesTable = `LATERAL (SELECT json_agg(${lineJson} ORDER BY x.place) AS lines
  FROM cart.cart_line x WHERE x.cart_id = c.id) l`
const linesAndItems = `LATERAL (SELECT json_agg(${lineJson} ORDER BY x.place) AS lines,
    json_agg(${itemJson}) FILTER (WHERE i.item_id IS NOT NULL) AS items
  FROM cart.cart_line x LEFT JOIN market_api.item i ON i.item_id = x.item_id WHERE x.cart_id = c.id) l`

/** Which carts are this identity's. One text for each kind: a branch switched off would be planned too. */
export const cartIsOf = (sql: SqlClient.SqlClient, identity: Identity): Statement.Fragment =>
  identity._tag === "Visitor" ? sql`c.visitor_id = ${identity.id}` : sql`c.customer_id = ${identity.id}`

/** Whose contents, where, and for whom items and entries are that name no page. */
export interface Holder {
  readonly identity: Identity
  readonly cooperative: PageId
}

/** One page's contents, in one statement: all of it was true together. `more` may add columns. */
export const contentsOfPage = <More extends object = object>(
  sql: SqlClient.SqlClient,
  { cooperative, identity }: Holder,
  pageId: PageId,
  more: Statement.Fragment = sql.literal("")
) =>
  sql<ContentsRow & More>`WITH h AS MATERIALIZED (SELECT e.* FROM (${heldBy(sql, identity)}) e
      WHERE coalesce(e.page_id, ${cooperative}) = ${pageId})
    SELECT ${sql.literal(pageJson)} AS page, ${sql.literal(cartJson)} AS cart,
      coalesce(l.items, '[]') AS items, ${sql.literal(nowMs)} AS now,
      coalesce((SELECT json_agg(${sql.literal(entryJson)}) FROM h e), '[]') AS entries${more}
    FROM ${sql.literal(pageTables)} LEFT JOIN cart.cart c ON c.page_id = p.id AND ${cartIsOf(sql, identity)}
      LEFT JOIN ${sql.literal(linesAndItems)} ON true
    WHERE p.id = ${pageId}`

/** Every page with a line or an entry, the earliest hold first, then the latest change. */
export const contentsOfAll = (sql: SqlClient.SqlClient, { cooperative, identity }: Holder, most: number) =>
  sql<ContentsRow>`WITH h AS MATERIALIZED (
      SELECT e.*, coalesce(e.page_id, ${cooperative}) AS on_page FROM (${heldBy(sql, identity)}) e),
    pages AS (SELECT c.page_id FROM cart.cart c WHERE ${cartIsOf(sql, identity)}
        AND EXISTS (SELECT FROM cart.cart_line x WHERE x.cart_id = c.id)
      UNION SELECT on_page FROM h)
    SELECT ${sql.literal(pageJson)} AS page, ${sql.literal(cartJson)} AS cart,
      coalesce(l.items, '[]') AS items,
      coalesce(n.entries, '[]') AS entries, ${sql.literal(nowMs)} AS now
    FROM pages JOIN (${sql.literal(pageTables)}) ON p.id = pages.page_id
      LEFT JOIN cart.cart c ON c.page_id = p.id AND ${cartIsOf(sql, identity)}
      LEFT JOIN ${sql.literal(linesAndItems)} ON true
      LEFT JOIN LATERAL (SELECT json_agg(${sql.literal(entryJson)}) AS entries, min(e.held_until) AS held
        FROM h e WHERE e.on_page = p.id) n ON true
    ORDER BY n.held NULLS LAST, c.changed_at DESC NULLS LAST, p.id LIMIT ${most}`

/** The store's time of this very moment; a statement that waited says when it stopped waiting. */
export const nowMs = "cart.ms(clock_timestamp())::float8"

export interface ContentsRow {
  readonly page: unknown
  readonly cart: unknown
  readonly items: ReadonlyArray<unknown>
  readonly entries: ReadonlyArray<unknown>
  readonly now: unknown
}

const page = reader("contents of a page", PageConfig)
const now = reader("time", Instant)
/** A cart as it is read: without an id while nobody has written it. */
export const CartRead = Schema.Struct({ ...Cart.fields, id: Schema.NullOr(CartId) })
const cart = reader("cart", CartRead)

/** Makes what was read the domain's. `mint` names a cart that is nowhere written yet. */
export const contentsFrom = (row: ContentsRow, cooperative: PageId, mint: Effect.Effect<CartId>) =>
  Effect.gen(function* () {
    const read = yield* cart(row.cart)
    const contents: Contents = {
      page: yield* page(row.page),
      cart: { ...read, id: read.id ?? (yield* mint) },
      items: yield* itemsOf(cooperative, row.items),
      entries: yield* entriesOf(cooperative, row.entries),
      now: yield* now(row.now)
    }
    return contents
  })
