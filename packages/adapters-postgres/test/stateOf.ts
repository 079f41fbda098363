import { PgClient } from "@effect/sql-pg"
import { CalendarEntry } from "@rose-ash/cart-domain/calendar/CalendarEntry"
import { Cart } from "@rose-ash/cart-domain/cart/Cart"
import { Events } from "@rose-ash/cart-domain/event/Events"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { Observation } from "@rose-ash/cart-domain/payment/Observation"
import { empty, type OrderRow, type State } from "@rose-ash/cart-domain/testing/State"
import type { OrderId } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, HashMap, Schema } from "effect"

interface Whole {
  readonly whole: unknown
}
const read = <S extends Schema.ConstraintDecoder<unknown>>(schema: S, rows: ReadonlyArray<Whole>) =>
  rows.map(({ whole }) => Schema.decodeUnknownSync(schema)(whole))

const observations = (sql: PgClient.PgClient, id: OrderId) =>
  Effect.map(
    sql<Whole>`SELECT json_build_object('attemptId', s.attempt_id, 'via', s.via, 'status', s.status,
        'reference', s.reference, 'providerId', s.provider_id, 'merchantCode', s.merchant_code, 'minor', s.minor,
        'currency', s.currency, 'transactionId', s.transaction_id, 'captured', s.captured,
        'payUrl', s.pay_url) AS whole
      FROM cart.observation s JOIN cart.payment_attempt a ON a.id = s.attempt_id WHERE a.order_id = ${id}`,
    (rows) => read(Observation, rows)
  )

const rowOf = Effect.fnUntraced(function* (sql: PgClient.PgClient, id: OrderId) {
  const order = yield* (yield* Orders).get(id)
  const events = yield* (yield* Events).ofOrder(id)
  const seen = yield* observations(sql, id)
  const row: OrderRow = {
    order,
    events,
    observations: seen,
    hinted: false,
    audit: [],
    grants: HashMap.empty()
  }
  return [id, row] as const
})

const cartsOf = (sql: PgClient.PgClient) =>
  Effect.map(
    sql<Whole>`SELECT json_build_object('id', c.id, 'pageId', c.page_id, 'revision', c.revision,
        'lines', coalesce((SELECT json_agg(json_build_object('id', l.id, 'itemId', l.item_id,
          'quantity', l.quantity, 'seen', l.seen_minor)) FROM cart.cart_line l WHERE l.cart_id = c.id), '[]')) AS whole
      FROM cart.cart c`,
    (rows) =>
      read(Cart, rows).map(
        (cart) => [cart.id, { cart, holder: cart.id, changedAt: Instant.make(0) }] as const
      )
  )

const entriesOf = (sql: PgClient.PgClient) =>
  Effect.map(
    sql<Whole>`SELECT json_build_object('id', e.entry_id, 'pageId', e.page_id, 'name', e.name,
        'startsAt', cart.ms(e.starts_at), 'endsAt', cart.ms(e.ends_at),
        'price', json_build_object('minor', e.price_minor, 'currency', e.currency), 'state', e.state,
        'heldUntil', cart.ms(e.held_until), 'orderId', e.order_id, 'url', e.url) AS whole FROM events_api.entry e`,
    (rows) =>
      read(CalendarEntry, rows).map((entry) => {
        const owner = { visitorId: null, customerId: null }
        return [entry.id, { entry, slot: entry.id, owner }] as const
      })
  )

/** What the database keeps, as the ports in memory would: the rules of one can be held against the other. */
export const stateOf = Effect.gen(function* () {
  const sql = yield* PgClient.PgClient
  const ids = yield* sql<{ id: OrderId }>`SELECT id FROM cart.orders`
  const orders = yield* Effect.forEach(ids, ({ id }) => rowOf(sql, id))
  const state: State = {
    ...empty,
    orders: HashMap.fromIterable(orders),
    carts: HashMap.fromIterable(yield* cartsOf(sql)),
    entries: HashMap.fromIterable(yield* entriesOf(sql))
  }
  return state
})
