import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Effect, Exit, Layer } from "effect"
import { vi } from "vitest"
import { sqlErrorIn, sqlState } from "../src/sqlErrors.ts"
import { client, freshDatabase } from "./database.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 30_000 })

/** The same database as the service sees it, and as the sibling that logs in with this role sees it. */
const seen = Effect.fnUntraced(function* (role: string) {
  const url = yield* freshDatabase()
  const theirs = new URL(url)
  theirs.username = role
  const on = (where: string) =>
    Effect.flatMap(Layer.build(client(where)), (context) => Effect.provide(PgClient.PgClient, context))
  return { mine: yield* on(url), theirs: yield* on(theirs.href) }
})
const refusedAs = <A, E, R>(statement: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.exit(statement), (exit) => {
    const error = Exit.isFailure(exit) ? sqlErrorIn(exit.cause) : undefined
    return error === undefined ? "allowed" : sqlState(error)
  })
const noRight = "42501"

const story = (sql: PgClient.PgClient) => sql`WITH o AS (
    INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, customer_id, currency,
      tax_minor,
      total_minor, line_count, state, placed_at, expires_at, paid_at, told)
    VALUES (gen_random_uuid(), 'RA-0000-0001', (SELECT id FROM cart.cart), 0, 'ash', 'Ash', 'robin', 'GBP', 0,
      0, 1, 'paid', now(), now(), now(), 2)
    RETURNING id),
  l AS (INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, name, unit_minor, quantity,
    total_minor, tax_minor)
    SELECT id, 0, gen_random_uuid(), 'loaf', 'Loaf', 0, 1, 0, 0 FROM o)
  INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data)
    SELECT id || '.' || n, id, n, id, 'ash', CASE n WHEN 1 THEN 'order.created' ELSE 'order.paid' END, now(),
      '{}' FROM o, generate_series(1, 2) n`
const world = (sql: PgClient.PgClient) =>
  Effect.gen(function* () {
    yield* sql`INSERT INTO cart.consumer (name, db_role) VALUES ('market', 'market_app'), ('elsewhere', NULL)`
    yield* sql`INSERT INTO cart.cart (id, page_id, customer_id, revision) VALUES (gen_random_uuid(), 'ash',
      'robin', 0)`
    yield* story(sql)
  })

it.live("a sibling reads no table of the cart and changes none", () =>
  Effect.gen(function* () {
    const { mine, theirs } = yield* seen("market_app")
    const tables = yield* mine<{ name: string }>`SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.relnamespace = 'cart'::regnamespace AND c.relkind IN ('r', 'v')`
    assert.isAbove(tables.length, 20)
    for (const { name } of tables) {
      assert.strictEqual(yield* refusedAs(theirs.unsafe(`SELECT FROM ${name}`)), noRight, name)
      assert.strictEqual(yield* refusedAs(theirs.unsafe(`DELETE FROM ${name}`)), noRight, name)
    }
    assert.strictEqual(yield* refusedAs(theirs`SELECT cart.claim_deliveries('market', 1, '1 s')`), noRight)
    assert.strictEqual(yield* refusedAs(theirs`UPDATE blog.users SET name = 'x'`), noRight)
    assert.strictEqual(yield* refusedAs(theirs`UPDATE market.product SET name = 'x'`), "allowed")
    assert.strictEqual(yield* refusedAs(theirs`SELECT * FROM cart_api.page_payment`), "allowed")
  }).pipe(Effect.scoped)
)
it.live("what a sibling tells is kept once, and in its own name alone", () =>
  Effect.gen(function* () {
    const { mine, theirs } = yield* seen("blog_app")
    const tell = (source: string) =>
      theirs<{
        first: boolean
      }>`SELECT cart_api.tell(${source}, 'm1', 'user.logged_in', '{"user": "robin"}') AS first`
    assert.deepStrictEqual(yield* tell("blog"), [{ first: true }])
    assert.deepStrictEqual(yield* tell("blog"), [{ first: false }])
    assert.strictEqual(yield* refusedAs(tell("events")), noRight)
    assert.deepStrictEqual(yield* mine`SELECT source, id, type FROM cart.inbox`, [
      { source: "blog", id: "m1", type: "user.logged_in" }
    ])
  }).pipe(Effect.scoped)
)
it.live("a sibling claims its own events, in order, and settles what it has the lease of", () =>
  Effect.gen(function* () {
    const { mine, theirs } = yield* seen("market_app")
    yield* world(mine)
    const claim = (consumer: string) => theirs<{ type: string; lease: string }>`
      SELECT type, lease FROM cart_api.claim_events(${consumer}, 10, '1 minute')`
    assert.strictEqual(yield* refusedAs(claim("elsewhere")), noRight)
    const [first, ...more] = yield* claim("market")
    assert.deepStrictEqual([first?.type, more.length], ["order.created", 0])
    assert.deepStrictEqual(yield* claim("market"), [])
    const settle = (done: ReadonlyArray<string>, failed: ReadonlyArray<string>) => theirs<{ n: number }>`
      SELECT cart_api.settle_events('market', ${done}::uuid[], ${failed}::uuid[], 'no') AS n`
    const lease = first?.lease ?? ""
    assert.deepStrictEqual(yield* settle(["00000000-0000-7000-8000-000000000001"], []), [{ n: 0 }])
    assert.deepStrictEqual(yield* settle([], [lease]), [{ n: 1 }])
    assert.deepStrictEqual(yield* settle([lease], []), [{ n: 0 }])
    yield* mine`UPDATE cart.delivery SET due_at = now() WHERE consumer = 'market'`
    const [again] = yield* claim("market")
    assert.strictEqual(again?.type, "order.created")
    assert.deepStrictEqual(yield* settle([again?.lease ?? ""], []), [{ n: 1 }])
    assert.strictEqual((yield* claim("market"))[0]?.type, "order.paid")
  }).pipe(Effect.scoped)
)
