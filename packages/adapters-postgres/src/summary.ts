import { Summary } from "@rose-ash/cart-domain/cart/Carts"
import { Effect } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import { cartIsOf, type Holder } from "./contents.ts"
import { reader } from "./rows.ts"

const summary = reader("Carts.summary", Summary)

/** Items that can be charged as they are: for sale, on their page, in its currency, not too many. */
const ofItems = (sql: SqlClient.SqlClient, { cooperative, identity }: Holder): Statement.Fragment =>
  sql`SELECT c.page_id, x.quantity AS n, x.quantity * i.price_minor AS minor, i.currency
    FROM cart.cart c JOIN cart.cart_line x ON x.cart_id = c.id JOIN market_api.item i ON i.item_id = x.item_id
      JOIN cart.page_config p ON p.id = c.page_id
    WHERE ${cartIsOf(sql, identity)} AND i.available AND coalesce(i.page_id, ${cooperative}) = c.page_id
      AND i.currency = p.currency AND x.quantity <= least(coalesce(i.most, 99), 99)`

/** Places that are held now. */
const ofEntries = (sql: SqlClient.SqlClient, { cooperative, identity }: Holder): Statement.Fragment => {
  const from =
    identity._tag === "Visitor"
      ? sql`cart.visitor_key o
          JOIN events_api.entry e ON e.owner_session = o.key_hash AND e.owner_user_id IS NULL`
      : sql.literal("events_api.entry e")
  const whose =
    identity._tag === "Visitor"
      ? sql`o.visitor_id = ${identity.id} AND o.kind = 'session'`
      : sql`e.owner_user_id = ${identity.id}`
  return sql`SELECT p.id, 1, e.price_minor, e.currency
    FROM ${from} JOIN cart.page_config p ON p.id = coalesce(e.page_id, ${cooperative})
    WHERE ${whose} AND e.order_id IS NULL AND e.state = 'pending' AND e.held_until > now()
      AND e.currency = p.currency`
}

/** Count, pages and totals: one statement, so they are of one moment. */
export const summaryOf = (sql: SqlClient.SqlClient, holder: Holder) =>
  Effect.map(
    sql<{ count: number; pages: number; totals: unknown }>`WITH t AS (
      ${ofItems(sql, holder)} UNION ALL ${ofEntries(sql, holder)})
    SELECT coalesce(sum(n), 0)::integer AS count, count(DISTINCT page_id)::integer AS pages,
      coalesce((SELECT json_agg(json_build_object('currency', s.currency, 'minor', s.minor) ORDER BY currency)
        FROM (SELECT currency, sum(minor) AS minor FROM t GROUP BY currency) s), '[]') AS totals
    FROM t`,
    ([row]) => summary(row)
  )
