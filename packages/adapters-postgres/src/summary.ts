import { Summary, type Whose } from "@rose-ash/cart-domain/cart/Carts"
import type { PageId } from "@rose-ash/cart-domain/text/Ids"
import { type Context, Effect } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import { json, reader } from "./rows.ts"
import type { Tx } from "./Tx.ts"
import { together } from "./together.ts"

const summary = reader("Carts.summary", Summary)

/** How each kind is asked for: by an id, or by a session's digest. */
const keyOf = (whose: Whose): string => (whose._tag === "Session" ? whose.digest : whose.id)

/**
 * Who asks, as one row at most. One text for each kind: a branch switched off by a null would be planned too.
 * A session
 * is the customer who is logged in with it, else the visitor whose second key it is: adoption retires it.
 */
const who: { readonly [Tag in Whose["_tag"]]: string } = {
  Customer: "SELECT d.key AS customer_id, NULL::uuid AS visitor_id",
  Visitor: "SELECT NULL::text AS customer_id, d.key::uuid AS visitor_id",
  Session: `SELECT s.user_id AS customer_id, k.visitor_id
    FROM (SELECT decode(d.key, 'hex') AS sid) shown
      LEFT JOIN auth_api.active_session s ON s.sid_hash = shown.sid
      LEFT JOIN cart.visitor_key k ON k.key_hash = shown.sid AND k.kind = 'session' AND k.retired_at IS NULL
        AND s.user_id IS NULL`
}

/** Their carts, by the index of each kind of holder. */
const carts = (tag: Whose["_tag"]): string => {
  const of = (holder: string) => `SELECT c.id, c.page_id FROM w JOIN cart.cart c ON c.${holder} = w.${holder}`
  if (tag === "Session") return `${of("customer_id")} UNION ALL ${of("visitor_id")}`
  return of(tag === "Customer" ? "customer_id" : "visitor_id")
}

/** Places of theirs that are held now, whatever page they are of. */
const entries = (tag: Whose["_tag"]): string => {
  const columns = "SELECT e.page_id, e.price_minor, e.currency FROM w"
  const held = "e.order_id IS NULL AND e.state = 'pending' AND e.held_until > now()"
  const customers = `${columns} JOIN events_api.entry e ON e.owner_user_id = w.customer_id WHERE ${held}`
  const visitors = `${columns} JOIN cart.visitor_key o ON o.visitor_id = w.visitor_id AND o.kind = 'session'
    JOIN events_api.entry e ON e.owner_session = o.key_hash AND e.owner_user_id IS NULL WHERE ${held}`
  if (tag === "Session") return `${customers} UNION ALL ${visitors}`
  return tag === "Customer" ? customers : visitors
}

/**
 * What can be charged as it is: items for sale, on their page, in its currency, not too many; and held
 * places.
 */
const things = (sql: SqlClient.SqlClient, tag: Whose["_tag"], cooperative: PageId): Statement.Fragment =>
  sql`SELECT c.page_id, x.quantity AS n, x.quantity * i.price_minor AS minor, i.currency
      FROM (${sql.literal(carts(tag))}) c JOIN cart.cart_line x ON x.cart_id = c.id
        JOIN market_api.item i ON i.item_id = x.item_id JOIN cart.page_config p ON p.id = c.page_id
      WHERE i.available AND coalesce(i.page_id, ${cooperative}) = c.page_id
        AND i.currency = p.currency AND x.quantity <= least(coalesce(i.most, 99), 99)
    UNION ALL SELECT p.id, 1, e.price_minor, e.currency
      FROM (${sql.literal(entries(tag))}) e
        JOIN cart.page_config p ON p.id = coalesce(e.page_id, ${cooperative})
      WHERE e.currency = p.currency`

/**
 * Count, pages and totals of each of these keys, in their order: one statement, so they are of one moment.
 * The keys are JSON, whose length the planner does not look into: of an array it would plan anew each time.
 */
const summariesOf =
  (sql: SqlClient.SqlClient, tag: Whose["_tag"], cooperative: PageId) => (keys: ReadonlyArray<string>) =>
    Effect.flatMap(
      sql<{ count: number; pages: number; totals: unknown }>`SELECT s.count, s.pages, s.totals
      FROM json_array_elements_text(${json(keys)}::json) WITH ORDINALITY AS d (key, place), LATERAL (
        WITH w AS (${sql.literal(who[tag])}), t AS (${things(sql, tag, cooperative)})
        SELECT coalesce(sum(n), 0)::integer AS count, count(DISTINCT page_id)::integer AS pages,
          coalesce((SELECT json_agg(json_build_object('currency', s.currency, 'minor', s.minor)
              ORDER BY s.currency)
            FROM (SELECT currency, sum(minor) AS minor FROM t GROUP BY currency) s), '[]') AS totals
        FROM t) s
      ORDER BY d.place`,
      (rows) => Effect.forEach(rows, (row) => summary(row))
    )

/** What is asked together about holders of one kind is one statement. */
export const summaries = Effect.fnUntraced(function* (
  { one, sql }: Context.Service.Shape<typeof Tx>,
  cooperative: PageId
) {
  const ofKind = (tag: Whose["_tag"]) => {
    const ask = summariesOf(sql, tag, cooperative)
    return together((keys) => one({ name: "Carts.summary", idempotentBy: "read" }, ask(keys)))
  }
  const kinds = {
    Customer: yield* ofKind("Customer"),
    Session: yield* ofKind("Session"),
    Visitor: yield* ofKind("Visitor")
  }
  return (whose: Whose): Effect.Effect<Summary> => kinds[whose._tag](keyOf(whose))
})
