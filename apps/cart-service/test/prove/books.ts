import { PgClient } from "@effect/sql-pg"
import { Effect } from "effect"
import type { Ledger, Rules } from "./FakeProcess.ts"

/** Money by what moved it: a payment's id, that id and `back`, that id and `lost`; in minor units. */
type Book = ReadonlyMap<string, number>

const added = (entries: ReadonlyArray<readonly [string, number]>): Book => {
  const book = new Map<string, number>()
  for (const [key, minor] of entries) book.set(key, (book.get(key) ?? 0) + minor)
  return book
}

const theirs = ({ refunds, transactions }: Ledger): Book =>
  added([
    ...transactions
      .filter(({ status }) => status === "SUCCESSFUL")
      .map(({ amount_minor, id }) => [`sumup:${id}`, amount_minor] as const),
    ...refunds
      .filter(({ status, type }) => type === "REFUND" && status === "REFUNDED")
      .map(({ amount_minor, transaction_id }) => [`sumup:${transaction_id} back`, amount_minor] as const),
    // A case says that it was taken back, not how much.
    ...refunds
      .filter(({ type }) => type === "CHARGE_BACK")
      .map(({ transaction_id }) => [`sumup:${transaction_id} lost`, 1] as const)
  ])

/** By how many minor units the two books differ, payment by payment and refund by refund. */
export const difference = (ledger: Ledger, ours: Book) => {
  const other = theirs(ledger)
  const ids = new Set([...other.keys(), ...ours.keys()])
  const wrong = [...ids].filter((id) => other.get(id) !== ours.get(id))
  const minor = wrong.reduce((sum, id) => sum + Math.abs((other.get(id) ?? 0) - (ours.get(id) ?? 0)), 0)
  return { wrong, minor }
}

/** What both sides know of a payment that differs, in words for whoever looks for the cause. */
export const told = (ledger: Ledger, rules: Rules, id: string) =>
  Effect.gen(function* () {
    const sql = yield* PgClient.PgClient
    const transaction = ledger.transactions.find((one) => `sumup:${one.id}` === id.split(" ")[0])
    const reference = transaction?.checkout_reference ?? ""
    const [row] = yield* sql<{ is: string }>`SELECT concat_ws(' ', o.number, o.state, 'total', o.total_minor,
        'due', o.due_at - now(), 'attempts', (SELECT json_agg(json_build_object('state', x.state, 'provider',
        x.provider_id, 'read', x.last_read, 'mine', x.id = a.id, 'paid', (SELECT json_agg(p.id) FROM cart.payment p
          WHERE p.attempt_id = x.id))) FROM cart.payment_attempt x WHERE x.order_id = o.id),
        'differences', (SELECT json_agg(d.kind) FROM cart.difference d WHERE d.facts->>'reference' = ${reference})) AS is
      FROM cart.payment_attempt a JOIN cart.orders o ON o.id = a.order_id WHERE 'ra-' || a.id = ${reference}`
    const struck = rules.rules.filter((one) => one.match.reference === reference && one.fired > 0)
    const checkouts = ledger.checkouts.filter((one) => one.checkout_reference === reference)
    const faults = struck.map(({ fault, fired }) => `${fault} × ${fired}`)
    return `${id} of ${JSON.stringify(transaction)} ${JSON.stringify(checkouts)}; struck by ${faults.join(", ")}; here ${row?.is ?? "unknown"}`
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
export const standing = Effect.gen(function* () {
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
export const stuckOrders = Effect.gen(function* () {
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
export const age = (seconds: number) =>
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
