import { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { OrderNotFound } from "@rose-ash/cart-domain/order/Order"
import { type Due, Orders } from "@rose-ash/cart-domain/order/Orders"
import { CartId, Ids, type PageId } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Layer } from "effect"
import { attention, isOfPages } from "./attention.ts"
import { nowMs } from "./contents.ts"
import { modifyOrder } from "./modifyOrder.ts"
import { listOrders } from "./orderList.ts"
import { type OrderRow, order, orderIsOf, orderJson, orders } from "./orderSql.ts"
import { placeOrder } from "./placeOrder.ts"
import { reader } from "./rows.ts"
import { Tx } from "./Tx.ts"

const waitingMost = 50
const recentMost = 2000
const digestShape = /^[0-9a-f]{64}$/u
const instant = reader("Orders.claimDue", Instant)

/** Orders. Every method is one transaction; entries move in it. */
export const layer = (cooperative: PageId) =>
  Layer.effect(
    Orders,
    Effect.gen(function* () {
      const tx = yield* Tx
      const entries = yield* CalendarEntries
      const ids = yield* Ids
      const { one, sql } = tx
      const whole = sql.literal(orderJson)
      const mint = Effect.map(ids.uuid, (id) => CartId.make(id))
      const only = (rows: ReadonlyArray<OrderRow>) => {
        const [row] = rows
        return row === undefined ? Effect.fail(new OrderNotFound()) : order(row.whole)
      }

      return Orders.of({
        place: (of, decide) => placeOrder({ cooperative, entries, mint, tx }, of, decide),
        modify: (id, decide) => modifyOrder({ entries, tx }, id, decide),
        list: (query) => listOrders(tx, query),
        get: (id) =>
          one(
            { name: "Orders.get", idempotentBy: "read" },
            sql<OrderRow>`SELECT ${whole} AS whole FROM cart.orders o WHERE o.id = ${id}`
          ).pipe(Effect.flatMap(only)),
        ofAttempt: (id) =>
          one(
            { name: "Orders.ofAttempt", idempotentBy: "read" },
            sql<OrderRow>`SELECT ${whole} AS whole FROM cart.orders o
              WHERE o.id = (SELECT a.order_id FROM cart.payment_attempt a WHERE a.id = ${id})`
          ).pipe(Effect.flatMap(only)),
        recent: (pageId, since) =>
          one(
            { name: "Orders.recent", idempotentBy: "read" },
            sql<OrderRow>`SELECT ${whole} AS whole FROM cart.orders o
              WHERE o.page_id = ${pageId} AND (o.placed_at >= cart.at(${since}) OR o.due_at IS NOT NULL)
              ORDER BY o.placed_at DESC, o.id DESC LIMIT ${recentMost}`
          ).pipe(Effect.flatMap((rows) => orders(rows, (row) => order(row.whole)))),
        find: (number, { identity, links, pages = [] }) => {
          const owned = identity === null ? sql.literal("false") : orderIsOf(sql, identity)
          const digests = links.filter((link) => digestShape.test(link))
          return one(
            { name: "Orders.find", idempotentBy: "read" },
            sql<OrderRow>`SELECT ${whole} AS whole FROM cart.orders o WHERE o.number = ${number} AND (${owned}
              OR ${isOfPages(sql, pages)}
              OR EXISTS (SELECT FROM cart.order_grant g WHERE g.order_id = o.id AND g.expires_at > now()
                AND encode(g.digest, 'hex') = ANY (${digests}::text[])))`
          ).pipe(Effect.flatMap(only))
        },
        waiting: (identity) =>
          one(
            { name: "Orders.waiting", idempotentBy: "read" },
            sql<OrderRow>`SELECT ${whole} AS whole FROM cart.orders o
              WHERE ${orderIsOf(sql, identity)} AND o.state = 'awaiting_payment'
              ORDER BY o.placed_at DESC, o.id DESC LIMIT ${waitingMost}`
          ).pipe(Effect.flatMap((rows) => Effect.forEach(rows, (row) => order(row.whole)))),
        attention: (pages) => attention(tx, pages),
        grant: (id, digest, until) =>
          one(
            { name: "Orders.grant", idempotentBy: "order id, digest" },
            sql`INSERT INTO cart.order_grant AS g (order_id, digest, expires_at)
                SELECT o.id, decode(${digest}, 'hex'), cart.at(${until}) FROM cart.orders o WHERE o.id = ${id}
                ON CONFLICT (order_id, digest)
                  DO UPDATE SET expires_at = greatest(g.expires_at, excluded.expires_at)`
          ).pipe(Effect.asVoid),
        wake: (attemptId) =>
          one(
            { name: "Orders.wake", idempotentBy: "attempt id" },
            sql`UPDATE cart.orders SET due_at = statement_timestamp(), hinted = true
                WHERE id = (SELECT a.order_id FROM cart.payment_attempt a WHERE a.id = ${attemptId})`
          ).pipe(Effect.asVoid),
        claimDue: Effect.fnUntraced(function* (limit, lease) {
          const claimed = yield* one(
            { name: "Orders.claimDue", idempotentBy: "lease" },
            sql<{ id: string }>`WITH due AS MATERIALIZED (SELECT id FROM cart.orders
                WHERE due_at <= statement_timestamp() ORDER BY due_at, id LIMIT ${limit}
                FOR NO KEY UPDATE SKIP LOCKED)
              UPDATE cart.orders o SET hinted = false,
                due_at = cart.at(cart.ms(statement_timestamp()) + ${lease}::integer)
              FROM due WHERE o.id = due.id RETURNING o.id`
          )
          if (claimed.length === 0) return []
          const rows = yield* one(
            { name: "Orders.claimDue", idempotentBy: "read" },
            sql<
              OrderRow & { now: unknown }
            >`SELECT ${whole} AS whole, ${sql.literal(nowMs)} AS now FROM cart.orders o
              WHERE o.id = ANY (${claimed.map(({ id }) => id)}::uuid[]) ORDER BY o.due_at, o.id`
          )
          return yield* orders(rows, (row) =>
            Effect.map(
              Effect.all([order(row.whole), instant(row.now)]),
              ([due, now]): Due => ({ order: due, now })
            )
          )
        })
      })
    })
  )
