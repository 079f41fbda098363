import type { Order } from "@rose-ash/cart-domain/order/Order"
import type { OrderList, OrderQuery } from "@rose-ash/cart-domain/order/Orders"
import { type Context, Effect } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import { type OrderRow, order, orderIsOf, orderJson } from "./orderSql.ts"
import type { Tx } from "./Tx.ts"

/** A place in the list, and whether older or newer orders than that are meant. */
interface Cursor {
  readonly isNewer: boolean
  readonly placedAt: number
  readonly id: string
}
const cursorShape = /^([<>])(\d{16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u
const cursorOf = (text: string | null): Cursor | null => {
  const [, sign, placedAt, id] = cursorShape.exec(text ?? "") ?? []
  if (sign === undefined || placedAt === undefined || id === undefined) return null
  return { isNewer: sign === ">", placedAt: Number(placedAt), id }
}
const textOf = (sign: "<" | ">", { id, placedAt }: Order): string =>
  `${sign}${String(placedAt).padStart(16, "0")}.${id}`

const within = (sql: SqlClient.SqlClient, { identity, pageId, year }: OrderQuery): Statement.Fragment => {
  const page = pageId === null ? sql.literal("") : sql` AND o.page_id = ${pageId}`
  const span =
    year === null
      ? sql.literal("")
      : sql` AND o.placed_at >= make_timestamptz(${year}, 1, 1, 0, 0, 0, 'UTC')
          AND o.placed_at < make_timestamptz(${year}::integer + 1, 1, 1, 0, 0, 0, 'UTC')`
  return sql`${orderIsOf(sql, identity)}${page}${span}`
}
const beyond = (sql: SqlClient.SqlClient, cursor: Cursor | null): Statement.Fragment => {
  if (cursor === null) return sql.literal("")
  return cursor.isNewer
    ? sql` AND (o.placed_at, o.id) > (cart.at(${cursor.placedAt}), ${cursor.id}::uuid)`
    : sql` AND (o.placed_at, o.id) < (cart.at(${cursor.placedAt}), ${cursor.id}::uuid)`
}

/** Orders of one person, newest first, by key: every page costs the same. One row too many tells of more. */
export const listOrders = Effect.fnUntraced(function* (
  { one, sql }: Context.Service.Shape<typeof Tx>,
  query: OrderQuery
) {
  const cursor = cursorOf(query.cursor)
  const limit = Math.max(1, Math.min(100, query.limit))
  const direction = sql.literal(
    cursor?.isNewer === true ? "o.placed_at, o.id" : "o.placed_at DESC, o.id DESC"
  )
  const rows = yield* one(
    { name: "Orders.list", idempotentBy: "read" },
    sql<OrderRow>`SELECT ${sql.literal(orderJson)} AS whole FROM cart.orders o
      WHERE ${within(sql, query)}${beyond(sql, cursor)} ORDER BY ${direction} LIMIT ${limit + 1}`
  )
  const found = yield* Effect.forEach(rows.slice(0, limit), (row) => order(row.whole))
  const orders = cursor?.isNewer === true ? found.toReversed() : found
  const [first, last, more] = [orders[0], orders.at(-1), rows.length > limit]
  // Where one came from there is more, as far as that order still exists: orders are never deleted.
  const [newer, older] = cursor?.isNewer === true ? [more, true] : [cursor !== null, more]
  const list: OrderList = {
    orders,
    newer: newer && first !== undefined ? textOf(">", first) : null,
    older: older && last !== undefined ? textOf("<", last) : null
  }
  return list
})
