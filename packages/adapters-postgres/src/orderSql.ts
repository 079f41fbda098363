import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { Order } from "@rose-ash/cart-domain/order/Order"
import type { Effect } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import { eachReadable, reader } from "./rows.ts"

const lineJson = `json_build_object('cartLineId', l.cart_line_id, 'itemId', l.item_id, 'entryId', l.entry_id,
  'name', l.name, 'unit', l.unit_minor, 'quantity', l.quantity, 'total', l.total_minor, 'taxRate', l.tax_rate,
  'tax', l.tax_minor, 'startsAt', cart.ms(l.starts_at), 'endsAt', cart.ms(l.ends_at))`
const attemptJson = `json_build_object('id', a.id, 'number', a.number,
  'amount', json_build_object('minor', a.amount_minor, 'currency', a.currency),
  'merchantCode', a.merchant_code, 'credentialId', a.credential_id, 'state', a.state,
  'providerId', a.provider_id, 'payUrl', a.pay_url, 'createdAt', cart.ms(a.created_at),
  'validUntil', cart.ms(a.valid_until), 'lastRead', a.last_read, 'lastReadAt', cart.ms(a.last_read_at),
  'unprovenSince', cart.ms(a.unproven_since), 'closedAt', cart.ms(a.closed_at))`
const paymentJson = `json_build_object('id', m.id, 'attemptId', m.attempt_id, 'minor', m.minor,
  'currency', m.currency, 'verdict', m.verdict, 'receivedAt', cart.ms(m.received_at))`
const caseJson = `json_build_object('id', q.id, 'paymentId', q.payment_id, 'attemptId', q.attempt_id,
  'reason', q.reason, 'openedAt', cart.ms(q.opened_at),
  'resolution', CASE WHEN q.answer IS NOT NULL THEN json_build_object('answer', q.answer, 'by', q.answered_by,
    'reason', q.answered_why, 'at', cart.ms(q.answered_at)) END)`
const refundJson = `json_build_object('id', r.id, 'paymentId', r.payment_id, 'minor', r.minor,
  'state', r.state, 'external', r.external, 'by', r.asked_by, 'reason', r.reason,
  'askedAt', cart.ms(r.asked_at), 'before', r.before_minor, 'endedAt', cart.ms(r.ended_at))`

const all = (what: string, from: string, by: string): string =>
  `coalesce((SELECT json_agg(${what} ORDER BY ${by}) FROM ${from} = o.id), '[]')`

/** The whole order of `o` (cart.orders), as the domain reads it. */
export const orderJson = `json_build_object('id', o.id, 'number', o.number, 'cartId', o.cart_id,
  'cartRevision', o.cart_revision, 'pageId', o.page_id, 'pageName', o.page_name,
  'owner', json_build_object('visitorId', o.visitor_id, 'customerId', o.customer_id),
  'visit', o.visit, 'email', o.email, 'currency', o.currency, 'tax', o.tax_minor, 'total', o.total_minor,
  'state', o.state, 'placedAt', cart.ms(o.placed_at), 'expiresAt', cart.ms(o.expires_at),
  'paidAt', cart.ms(o.paid_at), 'paidBy', o.paid_by, 'closedAt', cart.ms(o.closed_at), 'answers', o.answers,
  'told', o.told,
  'dueAt', cart.ms(o.due_at),
  'lines', ${all(lineJson, "cart.order_line l WHERE l.order_id", "l.place")},
  'attempts', ${all(attemptJson, "cart.payment_attempt a WHERE a.order_id", "a.number")},
  'payments', ${all(paymentJson, "cart.payment m WHERE m.order_id", "m.place")},
  'cases', ${all(caseJson, "cart.money_case q WHERE q.order_id", "q.place")},
  'refunds', ${all(refundJson, "cart.refund r WHERE r.order_id", "r.place")})`

export interface OrderRow {
  readonly whole: unknown
}
export const order = reader("order", Order)
/** Each order that can be read. */
export const orders = <R extends OrderRow, A>(rows: ReadonlyArray<R>, read: (row: R) => Effect.Effect<A>) =>
  eachReadable(rows, read, ({ whole }) =>
    typeof whole === "object" && whole !== null ? Reflect.get(whole, "number") : null
  )

/** An order this identity owns. A visitor owns only what no customer does. */
export const orderIsOf = (sql: SqlClient.SqlClient, identity: Identity): Statement.Fragment =>
  identity._tag === "Visitor"
    ? sql`o.visitor_id = ${identity.id} AND o.customer_id IS NULL`
    : sql`o.customer_id = ${identity.id}`
