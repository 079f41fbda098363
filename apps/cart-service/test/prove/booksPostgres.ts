import { PgClient } from "@effect/sql-pg"
import { Effect, Layer } from "effect"
import { added, Books } from "./Books.ts"

const known = (reference: string) =>
  Effect.gen(function* () {
    const sql = yield* PgClient.PgClient
    const [row] = yield* sql<{ is: string }>`SELECT concat_ws(' ', o.number, o.state, 'total', o.total_minor,
        'due', o.due_at - now(), 'attempts', (SELECT json_agg(json_build_object('state', x.state, 'provider',
        x.provider_id, 'read', x.last_read, 'mine', x.id = a.id, 'paid', (SELECT json_agg(p.id) FROM cart.payment p
          WHERE p.attempt_id = x.id))) FROM cart.payment_attempt x WHERE x.order_id = o.id),
        'differences', (SELECT json_agg(d.kind) FROM cart.difference d WHERE d.facts->>'reference' = ${reference})) AS is
      FROM cart.payment_attempt a JOIN cart.orders o ON o.id = a.order_id WHERE 'ra-' || a.id = ${reference}`
    return row?.is ?? "unknown"
  }).pipe(Effect.orDie)

/** Our books, by SQL: every payment that came by the provider, and what went back of it. */
export const ours = Effect.gen(function* () {
  const sql = yield* PgClient.PgClient
  const rows = yield* sql<{ id: string; minor: number }>`SELECT id, minor::integer AS minor
      FROM cart.payment WHERE verdict <> 'by_hand'
    UNION ALL SELECT payment_id || ' back', minor::integer FROM cart.refund WHERE state = 'done'
    UNION ALL SELECT payment_id || ' lost', 1 FROM cart.money_case WHERE reason = 'chargeback'`
  return added(rows.map(({ id, minor }) => [id, minor] as const))
}).pipe(Effect.orDie)

/** What the database says of itself. */
export const breaks = Effect.gen(function* () {
  const sql = yield* PgClient.PgClient
  return yield* sql<{
    invariant: string
    subject: string
    detail: string
  }>`SELECT * FROM cart.check_invariants()`
}).pipe(Effect.orDie)

/** Orders by state, and how many are not at an end. */
const standing = Effect.gen(function* () {
  const sql = yield* PgClient.PgClient
  const states = yield* sql<{ state: string; n: number }>`SELECT state, count(*)::integer AS n
    FROM cart.orders GROUP BY state`
  const [row] = yield* sql<{ stuck: number; refunds: number; due: number }>`SELECT
    (SELECT count(*)::integer FROM cart.orders o WHERE o.state = 'awaiting_payment' OR EXISTS (
      SELECT FROM cart.payment_attempt a WHERE a.order_id = o.id AND a.state IN ('created', 'open'))) AS stuck,
    (SELECT count(*)::integer FROM cart.refund WHERE state = 'done') AS refunds,
    (SELECT count(*)::integer FROM cart.orders WHERE due_at <= now() + interval '3 seconds') AS due`
  return {
    states: new Map(states.map(({ n, state }) => [state, n])),
    stuck: row?.stuck ?? 0,
    refunds: row?.refunds ?? 0,
    due: row?.due ?? 0
  }
}).pipe(Effect.orDie)

/** Orders that are not at an end, and what is known of them. */
const stuckOrders = Effect.gen(function* () {
  const sql = yield* PgClient.PgClient
  const rows = yield* sql<{
    is: string
  }>`SELECT concat_ws(' ', o.number, o.state, 'due', o.due_at - now(), 'ends',
      o.expires_at - now(), a.state, a.provider_id, a.last_read, a.merchant_code, a.unproven_since - now(),
      (SELECT c.paused FROM cart.page_config c WHERE c.id = o.page_id)) AS is
    FROM cart.orders o LEFT JOIN cart.payment_attempt a ON a.order_id = o.id
    WHERE o.state = 'awaiting_payment' OR a.state IN ('created', 'open')`
  return rows.map((row) => row.is)
}).pipe(Effect.orDie)

/** So many seconds go by for what is stored: a sleep cannot tell the difference. Versions move on with it. */
const age = (seconds: number) =>
  Effect.gen(function* () {
    const sql = yield* PgClient.PgClient
    const span = `${seconds} seconds`
    yield* sql.withTransaction(
      Effect.gen(function* () {
        yield* sql`UPDATE cart.orders SET version = version + 1, expires_at = expires_at - ${span}::interval,
          due_at = due_at - ${span}::interval, closed_at = closed_at - ${span}::interval`
        yield* sql`UPDATE cart.payment_attempt SET created_at = created_at - ${span}::interval,
          valid_until = valid_until - ${span}::interval, last_read_at = last_read_at - ${span}::interval,
          unproven_since = unproven_since - ${span}::interval, closed_at = closed_at - ${span}::interval`
      })
    )
  }).pipe(Effect.orDie)

const unfence = (statements: ReadonlyArray<string>) =>
  Effect.forEach(
    statements,
    (statement) => Effect.orDie(Effect.flatMap(PgClient.PgClient, (sql) => sql.unsafe(statement))),
    { discard: true }
  )

/** What the database keeps, by SQL. */
export const booksPostgres = Layer.effect(
  Books,
  Effect.map(PgClient.PgClient, (sql) => {
    const by = Effect.provideService(PgClient.PgClient, sql)
    return Books.of({
      ours: by(ours),
      breaks: by(breaks),
      standing: by(standing),
      stuckOrders: by(stuckOrders),
      known: (reference) => by(known(reference)),
      age: (seconds) => by(age(seconds)),
      unfence: (statements) => by(unfence(statements))
    })
  })
)
