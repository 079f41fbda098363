import { mattersOf, unreadMost } from "@rose-ash/cart-domain/order/Matters"
import type { PagesOf } from "@rose-ash/cart-domain/order/Orders"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { type Context, Effect } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import { nowMs } from "./contents.ts"
import { type OrderRow, order, orderJson, orders } from "./orderSql.ts"
import { reader } from "./rows.ts"
import type { Tx } from "./Tx.ts"

const attentionMost = 200
const instant = reader("Orders.attention", Instant)

/** Orders of `o` of these pages. */
export const isOfPages = (sql: SqlClient.SqlClient, pages: PagesOf): Statement.Fragment =>
  pages === "all" ? sql.literal("true") : sql`o.page_id = ANY (${pages}::text[])`

/** Each kind of matter by an index that holds only those that are open. */
const open = `SELECT q.order_id FROM cart.money_case q WHERE q.answer IS NULL
  UNION ALL SELECT r.order_id FROM cart.refund r WHERE r.state IN ('requested', 'sent')
  UNION ALL SELECT r.order_id FROM cart.refund r WHERE r.state = 'failed'
    AND NOT EXISTS (SELECT FROM cart.refund n WHERE n.payment_id = r.payment_id AND n.place > r.place)
    AND NOT EXISTS (SELECT FROM cart.money_case q WHERE q.payment_id = r.payment_id AND q.answer IS NOT NULL)
  UNION ALL SELECT c.id FROM cart.orders c WHERE c.state = 'cancelled' AND c.paid_by IS NOT NULL
    AND c.total_minor > (SELECT coalesce(sum(r.minor), 0) FROM cart.refund r
      WHERE r.payment_id = c.paid_by AND r.state <> 'failed')
  UNION ALL SELECT d.id FROM cart.orders d WHERE d.state = 'paid' AND cart.has_refused(d.answers)
    AND (SELECT sum(l.total_minor) FROM cart.order_line l WHERE l.order_id = d.id
        AND EXISTS (SELECT FROM jsonb_array_elements(d.answers) j WHERE j->>'entryId' = l.entry_id
          AND j->>'answer' <> 'confirmed'))
      > (SELECT coalesce(sum(r.minor), 0) FROM cart.refund r
        WHERE r.payment_id = d.paid_by AND r.state <> 'failed')
  UNION ALL SELECT a.order_id FROM cart.payment_attempt a WHERE a.state IN ('created', 'open')
    AND a.valid_until < statement_timestamp() - interval '${unreadMost} milliseconds'`

/** Orders whose money needs a person, the oldest first. */
export const attention = Effect.fnUntraced(function* (
  { one, sql }: Context.Service.Shape<typeof Tx>,
  pages: PagesOf
) {
  const rows = yield* one(
    { name: "Orders.attention", idempotentBy: "read" },
    sql<OrderRow & { now: unknown }>`SELECT ${sql.literal(orderJson)} AS whole, ${sql.literal(nowMs)} AS now
      FROM cart.orders o WHERE o.id = ANY (ARRAY(${sql.literal(open)})) AND ${isOfPages(sql, pages)}
      ORDER BY o.placed_at, o.id LIMIT ${attentionMost}`
  )
  const found = yield* orders(rows, (row) => Effect.all([order(row.whole), instant(row.now)]))
  return found.filter(([one, now]) => mattersOf(one, now).length > 0).map(([one]) => one)
})
