import type { OrderList, OrderQuery } from "@rose-ash/cart-domain/order/Orders"
import type { PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import { Schema } from "effect"
import { Href } from "../Href.ts"
import type { SiteShape } from "../Site.ts"
import { Text } from "./Frame.ts"
import { OrderTag, tagOf } from "./OrderView.ts"

const Choice = Schema.Struct({ value: Text, label: Text, chosen: Schema.Boolean })

/** One person's orders, newest first. */
export const OrdersModel = Schema.Struct({
  count: Text,
  rows: Schema.Array(
    Schema.Struct({
      number: Text,
      href: Href,
      iso: Text,
      date: Text,
      page: Text,
      amount: Text,
      tag: OrderTag
    })
  ),
  pages: Schema.Array(Choice),
  years: Schema.Array(Choice),
  filtered: Schema.Boolean,
  newer: Schema.NullOr(Href),
  older: Schema.NullOr(Href),
  market: Href
})
export type OrdersModel = typeof OrdersModel.Type

/** How many years can be chosen from, this one included. */
const yearsMost = 8

const listAt = (query: Pick<OrderQuery, "pageId" | "year">, cursor: string | null): Href | null => {
  if (cursor === null) return null
  const search = new URLSearchParams()
  if (query.pageId !== null) search.set("page", query.pageId)
  if (query.year !== null) search.set("year", String(query.year))
  search.set("after", cursor)
  return Href.make(`/orders?${search}`)
}

export const ordersModel = (
  site: SiteShape,
  of: {
    readonly list: OrderList
    readonly query: Pick<OrderQuery, "pageId" | "year" | "cursor">
    readonly pages: ReadonlyArray<PageConfig>
    readonly thisYear: number
  }
): OrdersModel => {
  const words = site.words.views.orders
  const { list, query } = of
  const years = Array.from({ length: yearsMost }, (_, n) => String(of.thisYear - n))
  return {
    count: words.count(list.orders.length, list.newer === null && list.older === null),
    rows: list.orders.map((order) => ({
      number: order.number,
      href: Href.make(`/orders/${order.number}`),
      iso: site.formats.iso(order.placedAt),
      date: site.formats.moment(order.placedAt),
      page: order.pageName,
      amount: site.formats.money(order.total, order.currency),
      tag: tagOf(site, order)
    })),
    pages: of.pages.map(({ id, name }) => ({ value: id, label: name, chosen: id === query.pageId })),
    years: years.map((year) => ({ value: year, label: year, chosen: year === String(query.year) })),
    filtered: query.pageId !== null || query.year !== null || query.cursor !== null,
    newer: listAt(query, list.newer),
    older: listAt(query, list.older),
    market: site.link(site.config.links.market) ?? Href.make("/")
  }
}
