import { owns } from "../identity/Identity.ts"
import type { Order } from "../order/Order.ts"
import type { OrderList, OrderQuery } from "../order/Orders.ts"

const position = ({ id, placedAt }: Order): string => `${String(placedAt).padStart(16, "0")}.${id}`
const newestFirst = (a: Order, b: Order): number => (position(a) < position(b) ? 1 : -1)
const yearOf = ({ placedAt }: Order): number => new Date(placedAt).getUTCFullYear()

/**
 * One page of a person's orders. A cursor is `<` or `>` and the place of an order: older, or newer, than that
 * one.
 */
export const pageOfOrders = (
  orders: ReadonlyArray<Order>,
  { cursor, identity, limit, pageId, year }: OrderQuery
): OrderList => {
  const all = orders
    .filter((order) => owns(identity, order.owner))
    .filter((order) => pageId === null || order.pageId === pageId)
    .filter((order) => year === null || yearOf(order) === year)
    .sort(newestFirst)
  const place = cursor?.slice(1) ?? ""
  const isNewer = cursor?.startsWith(">") === true
  const beyond = all.filter(
    (order) => cursor === null || (isNewer ? position(order) > place : position(order) < place)
  )
  const page = isNewer ? beyond.slice(-limit) : beyond.slice(0, limit)
  const [first, last] = [page[0], page.at(-1)]
  return {
    orders: page,
    newer: first !== undefined && first !== all[0] ? `>${position(first)}` : null,
    older: last !== undefined && last !== all.at(-1) ? `<${position(last)}` : null
  }
}
