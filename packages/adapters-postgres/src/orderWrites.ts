import type { Decision } from "@rose-ash/cart-domain/order/Decision"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import type { OrderEvent } from "@rose-ash/cart-domain/order/OrderEvent"
import type { Placed } from "@rose-ash/cart-domain/order/Placing"
import type { Instant } from "@rose-ash/cart-domain/time/Instant"
import type { SqlClient, Statement } from "effect/sql"
import { json } from "./rows.ts"

const told = (events: ReadonlyArray<OrderEvent>) =>
  events.map(({ at, data: { _tag: type, ...data }, id, sequence: seq }) => ({ at, data, id, seq, type }))

/** The outbox rows of `o`, which has id and page_id. */
const eventsOf = (sql: SqlClient.SqlClient, events: ReadonlyArray<OrderEvent>): Statement.Fragment =>
  sql`INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data)
    SELECT j.id, o.id, j.seq, o.id, o.page_id, j.type, cart.at(j.at), j.data
      FROM o, json_to_recordset(${json(told(events))}::json)
        AS j(id text, seq integer, type text, at bigint, data jsonb)`

/** Attempts of `o`, which has id, page_id, currency and total_minor: new ones, and changes of old ones. */
const attemptsOf = (sql: SqlClient.SqlClient, attempts: Order["attempts"]): Statement.Fragment =>
  sql`INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor,
      merchant_code, credential_id, state, provider_id, pay_url, created_at, valid_until, last_read,
      last_read_at, unproven_since, closed_at)
    SELECT j.id, o.id, j.number, o.page_id, j.amount->>'currency', (j.amount->>'minor')::bigint,
        j."merchantCode", j."credentialId", j.state, j."providerId", j."payUrl", cart.at(j."createdAt"),
        cart.at(j."validUntil"), j."lastRead", cart.at(j."lastReadAt"), cart.at(j."unprovenSince"),
        cart.at(j."closedAt")
      FROM o, json_to_recordset(${json(attempts)}::json) AS j(id uuid, number integer, amount json,
        "merchantCode" text, "credentialId" uuid, state text, "providerId" text, "payUrl" text,
        "createdAt" bigint, "validUntil" bigint, "lastRead" text, "lastReadAt" bigint,
        "unprovenSince" bigint, "closedAt" bigint)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, provider_id = excluded.provider_id,
      pay_url = excluded.pay_url, last_read = excluded.last_read, last_read_at = excluded.last_read_at,
      unproven_since = excluded.unproven_since, closed_at = excluded.closed_at`

/** The frozen lines of `o`, all in one go. */
const linesOf = (sql: SqlClient.SqlClient, lines: Order["lines"]): Statement.Fragment =>
  sql`INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor,
      quantity, total_minor, tax_rate, tax_minor, starts_at, ends_at)
    SELECT o.id, j.place, j."cartLineId", j."itemId", j."entryId", j.name, j.unit, j.quantity, j.total,
        j."taxRate", j.tax, cart.at(j."startsAt"), cart.at(j."endsAt")
      FROM o, json_to_recordset(${json(lines.map((line, place) => ({ ...line, place })))}::json)
        AS j(place integer, "cartLineId" uuid, "itemId" text, "entryId" text, name text, unit bigint,
          quantity integer, total bigint, "taxRate" integer, tax bigint, "startsAt" bigint, "endsAt" bigint)`

/**
 * Placing a revision of a cart, in one statement: the order, its lines, attempt and events; exactly its lines
 * leave the cart. No row, and nothing written: the cart is at another revision by now.
 */
export const placeWrite = (sql: SqlClient.SqlClient, { events, lines, order }: Placed) =>
  sql<{ id: string }>`WITH c AS (
      UPDATE cart.cart SET revision = revision + 1, changed_at = statement_timestamp()
        WHERE id = ${order.cartId} AND revision = ${order.cartRevision} RETURNING id),
    o AS (INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id,
        customer_id, visit, email, currency, tax_minor, total_minor, line_count, state, placed_at, expires_at,
        paid_at, told, due_at)
      SELECT j.id, j.number, c.id, j."cartRevision", j."pageId", j."pageName",
          (j.owner->>'visitorId')::uuid, j.owner->>'customerId', j.visit, j.email, j.currency, j.tax, j.total,
          ${order.lines.length}, j.state, cart.at(j."placedAt"), cart.at(j."expiresAt"), cart.at(j."paidAt"),
          j.told, cart.at(j."dueAt")
        FROM c, json_to_record(${json({ ...order, lines: [], attempts: [] })}::json) AS j(id uuid,
          number text, "cartRevision" integer, "pageId" text, "pageName" text, owner json, visit uuid,
          email text, currency text, tax bigint, total bigint, state text, "placedAt" bigint,
          "expiresAt" bigint, "paidAt" bigint, told integer, "dueAt" bigint)
      RETURNING id, cart_id, page_id, currency, total_minor),
    l AS (${linesOf(sql, order.lines)}),
    gone AS (DELETE FROM cart.cart_line x USING o
      WHERE x.cart_id = o.cart_id AND x.id = ANY (${lines}::uuid[])),
    a AS (${attemptsOf(sql, order.attempts)}),
    e AS (${eventsOf(sql, events)})
    SELECT id FROM o`

const changedOf = <A>(before: ReadonlyArray<A>, next: ReadonlyArray<A>): ReadonlyArray<A> => {
  const known = new Set(before)
  return next.filter((one) => !known.has(one))
}

/** When it is due now: a hint outlives the decision of whoever did not know of it. */
const dueAs = (sql: SqlClient.SqlClient, dueAt: Instant | null): Statement.Fragment =>
  sql`due_at = CASE WHEN hinted THEN least(cart.at(${dueAt}), due_at) ELSE cart.at(${dueAt}) END`
interface DueRow {
  /** Milliseconds. */
  readonly due: number | null
}

/**
 * Nothing happened but that somebody looked: when to look next. No row: the order is another version by now.
 */
export const lookWrite = (sql: SqlClient.SqlClient, { dueAt, id }: Order, version: number) =>
  sql<DueRow>`UPDATE cart.orders SET ${dueAs(sql, dueAt)} WHERE id = ${id} AND version = ${version}
    RETURNING cart.ms(due_at)::float8 AS due`

/**
 * A decision on one version of an order, in one statement: what changed of the order and its money, what it
 * tells, what was seen and noted. No row, and nothing written: the order is another version by now.
 */
export const decisionWrite = (
  sql: SqlClient.SqlClient,
  { before, now, version }: { readonly before: Order; readonly now: Instant; readonly version: number },
  { audit, events, observed, order }: Decision
) =>
  sql<DueRow>`WITH o AS (
    UPDATE cart.orders SET state = ${order.state}, expires_at = cart.at(${order.expiresAt}),
        paid_at = cart.at(${order.paidAt}), paid_by = ${order.paidBy}, closed_at = cart.at(${order.closedAt}),
        email = ${order.email}, answers = ${json(order.answers)}::jsonb, told = ${order.told},
        version = version + 1, ${dueAs(sql, order.dueAt)}
      WHERE id = ${order.id} AND version = ${version} RETURNING id, page_id, currency, total_minor, due_at),
    a AS (${attemptsOf(sql, changedOf(before.attempts, order.attempts))}),
    ${moneyOf(sql, before, order)},
    e AS (${eventsOf(sql, events)}),
    s AS (INSERT INTO cart.observation (attempt_id, digest, seen_at, via, status, reference, provider_id,
          merchant_code, minor, currency, transaction_id, captured, pay_url)
        SELECT (j.v->>'attemptId')::uuid, sha256(convert_to(j.v::text, 'UTF8')), cart.at(${now}), j.v->>'via',
            j.v->>'status', j.v->>'reference', j.v->>'providerId', j.v->>'merchantCode',
            (j.v->>'minor')::bigint, j.v->>'currency', j.v->>'transactionId', j.v->'captured', j.v->>'payUrl'
          FROM o, (SELECT ${observed === null ? null : json(observed)}::jsonb AS v) j WHERE j.v IS NOT NULL
        ON CONFLICT DO NOTHING),
    n AS (INSERT INTO cart.audit (action, actor, reason, subject)
        SELECT j.v->>'action', j.v->>'by', j.v->>'reason', o.id
          FROM o, (SELECT ${audit === null ? null : json(audit)}::json AS v) j WHERE j.v IS NOT NULL)
    SELECT cart.ms(o.due_at)::float8 AS due FROM o`

/** Payments, cases and refunds that are new or changed. */
const moneyOf = (sql: SqlClient.SqlClient, before: Order, order: Order): Statement.Fragment =>
  sql`m AS (INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at)
      SELECT j.id, o.id, j."attemptId", j.minor, j.currency, j.verdict, cart.at(j."receivedAt")
        FROM o, json_to_recordset(${json(changedOf(before.payments, order.payments))}::json)
          AS j(id text, "attemptId" uuid, minor bigint, currency text, verdict text, "receivedAt" bigint)),
    q AS (INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at,
          answer, answered_by, answered_why, answered_at)
        SELECT j.id, o.id, j."paymentId", j."attemptId", o.page_id, j.reason, cart.at(j."openedAt"),
            j.resolution->>'answer', j.resolution->>'by', j.resolution->>'reason',
            cart.at((j.resolution->>'at')::bigint)
          FROM o, json_to_recordset(${json(changedOf(before.cases, order.cases))}::json)
            AS j(id text, "paymentId" text, "attemptId" uuid, reason text, "openedAt" bigint, resolution json)
        ON CONFLICT (id) DO UPDATE SET answer = excluded.answer, answered_by = excluded.answered_by,
          answered_why = excluded.answered_why, answered_at = excluded.answered_at),
    r AS (INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason,
          asked_at, before_minor, ended_at)
        SELECT j.id, o.id, j."paymentId", j.minor, j.state, j.external, j.by, j.reason, cart.at(j."askedAt"),
            j.before, cart.at(j."endedAt")
          FROM o, json_to_recordset(${json(changedOf(before.refunds, order.refunds))}::json)
            AS j(id text, "paymentId" text, minor bigint, state text, external boolean, by text, reason text,
              "askedAt" bigint, before bigint, "endedAt" bigint)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, before_minor = excluded.before_minor,
          ended_at = excluded.ended_at)`
