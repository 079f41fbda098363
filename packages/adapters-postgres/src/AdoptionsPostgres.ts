import { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { type Added, addedTo, merged } from "@rose-ash/cart-domain/cart/Adoption"
import { type Adopted, Adoptions } from "@rose-ash/cart-domain/cart/Adoptions"
import { CartLine } from "@rose-ash/cart-domain/cart/Cart"
import { VisitorAdopted } from "@rose-ash/cart-domain/cart/Carts"
import type { Customer, Visitor } from "@rose-ash/cart-domain/identity/Identity"
import { CartId, PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, Schema } from "effect"
import type { SqlClient } from "effect/sql"
import { latestOf, undone } from "./adoptionUndo.ts"
import { linesJson } from "./contents.ts"
import { json, reader } from "./rows.ts"
import { Tx } from "./Tx.ts"

const nothing: Adopted = { first: false, lines: 0, entries: 0, orders: 0 }

/** One page's two carts. The customer's is there: it was made where it was missing. */
const Pair = Schema.Struct({
  pageId: PageId,
  mine: CartId,
  mineLines: Schema.Array(CartLine),
  theirs: CartId,
  theirLines: Schema.Array(CartLine)
})
type Pair = typeof Pair.Type
const pairs = reader("Adoptions.adopt", Schema.Array(Pair))

interface Of {
  readonly sql: SqlClient.SqlClient
  readonly visitor: Visitor
  readonly customer: Customer
}

/** Who has this visitor, or nobody yet: under its lock, which every later step stands on. */
const lockVisitor = ({ sql, visitor }: Of) =>
  sql<{
    adopted_by: string | null
  }>`SELECT adopted_by FROM cart.visitor WHERE id = ${visitor.id} FOR NO KEY UPDATE`

/**
 * A cart of the customer's for every page on which the visitor has something; then all of them locked by id.
 */
const lockCarts = ({ customer, sql, visitor }: Of) =>
  Effect.andThen(
    sql`INSERT INTO cart.cart (id, page_id, customer_id, revision)
      SELECT gen_random_uuid(), c.page_id, ${customer.id}, 0 FROM cart.cart c
        WHERE c.visitor_id = ${visitor.id} AND EXISTS (SELECT FROM cart.cart_line x WHERE x.cart_id = c.id)
        ORDER BY c.page_id
      ON CONFLICT DO NOTHING`,
    sql`SELECT FROM cart.cart c WHERE c.visitor_id = ${visitor.id} OR c.customer_id = ${customer.id}
      ORDER BY c.id FOR NO KEY UPDATE`
  )

/** What both have, read after every lock was had. */
const readPairs = ({ customer, sql, visitor }: Of) =>
  sql<{ pair: unknown }>`SELECT json_build_object('pageId', v.page_id, 'mine', c.id, 'theirs', v.id,
      'mineLines', ${sql.literal(linesJson("c.id"))}, 'theirLines', ${sql.literal(linesJson("v.id"))}) AS pair
    FROM cart.cart v JOIN cart.cart c ON c.customer_id = ${customer.id} AND c.page_id = v.page_id
    WHERE v.visitor_id = ${visitor.id} ORDER BY v.page_id`.pipe(
    Effect.flatMap((rows) => pairs(rows.map(({ pair }) => pair)))
  )

/** The lines go over, each with its own name, in the order they were added; applied forms count there too. */
const moveLines = Effect.fnUntraced(function* ({ sql }: Of, all: ReadonlyArray<Pair>) {
  const ids = json(all.map(({ mine, theirs }) => ({ mine, theirs })))
  const lines = all.flatMap(({ mine, mineLines, theirLines }) =>
    merged(mineLines, theirLines)
      .filter((line) => !mineLines.includes(line))
      .map((line) => ({ ...line, cart: mine }))
  )
  yield* sql`DELETE FROM cart.cart_line WHERE cart_id = ANY (${all.map(({ theirs }) => theirs)}::uuid[])`
  yield* sql`INSERT INTO cart.cart_line AS x (id, cart_id, item_id, quantity, seen_minor)
    SELECT j.id, j.cart, j."itemId", j.quantity, j.seen
      FROM ROWS FROM (json_to_recordset(${json(lines)}::json)
        AS (id uuid, cart uuid, "itemId" text, quantity integer, seen bigint)) WITH ORDINALITY
        AS j(id, cart, "itemId", quantity, seen, n) ORDER BY j.n
    ON CONFLICT (id) DO UPDATE SET quantity = excluded.quantity`
  yield* sql`INSERT INTO cart.cart_form (cart_id, key, at)
    SELECT j.mine, f.key, f.at FROM json_to_recordset(${ids}::json) AS j(mine uuid, theirs uuid)
      JOIN cart.cart_form f ON f.cart_id = j.theirs
    ON CONFLICT DO NOTHING`
  yield* sql`UPDATE cart.cart SET revision = revision + 1, changed_at = statement_timestamp()
    WHERE id = ANY (${all.flatMap(({ mine, theirLines }) => (theirLines.length > 0 ? [mine] : []))}::uuid[])`
  return all.flatMap(({ mineLines, pageId, theirLines }) =>
    addedTo(pageId, mineLines, merged(mineLines, theirLines))
  )
})

const moveOrders = ({ customer, sql, visitor }: Of) =>
  sql`WITH mine AS MATERIALIZED (SELECT id FROM cart.orders
      WHERE visitor_id = ${visitor.id} AND customer_id IS NULL ORDER BY id FOR UPDATE)
    UPDATE cart.orders o SET customer_id = ${customer.id} FROM mine WHERE o.id = mine.id RETURNING o.id`

/** The visitor is the customer from now on: its keys open nothing, and whoever listens is told. */
const close = Effect.fnUntraced(function* (
  { customer, sql, visitor }: Of,
  added: Added,
  counts: Omit<Adopted, "first">
) {
  yield* sql`UPDATE cart.visitor SET adopted_by = ${customer.id}, adopted_at = now() WHERE id = ${visitor.id}`
  yield* sql`UPDATE cart.visitor_key SET retired_at = now()
    WHERE visitor_id = ${visitor.id} AND retired_at IS NULL`
  yield* sql`INSERT INTO cart.adoption (visitor_id, customer_id, at, lines, entries, orders, undo)
    VALUES (${visitor.id}, ${customer.id}, clock_timestamp(), ${counts.lines}, ${counts.entries},
      ${counts.orders}, ${json(added)}::jsonb)`
  yield* sql`INSERT INTO cart.event (id, stream, seq, type, at, data)
    VALUES (${`${visitor.id}.1`}, ${visitor.id}, 1, 'cart.adopted',
      date_trunc('milliseconds', clock_timestamp()), ${json({ customerId: customer.id, ...counts })}::jsonb)`
})

const adopt = Effect.fnUntraced(function* (of: Of, entries: CalendarEntries["Service"]) {
  const { customer, visitor } = of
  const [known] = yield* lockVisitor(of)
  if (known === undefined || known.adopted_by === customer.id) return nothing
  if (known.adopted_by !== null) return yield* new VisitorAdopted()
  yield* lockCarts(of)
  const lines = yield* moveLines(of, yield* readPairs(of))
  const orders = yield* moveOrders(of)
  const pending = new Set((yield* entries.pending(visitor)).map(({ id }) => id))
  const moved = (yield* entries.adopt(visitor, customer)).filter((id) => pending.has(id))
  const counts = { lines: lines.length, entries: moved.length, orders: orders.length }
  yield* close(of, { lines, entries: moved }, counts)
  const adopted: Adopted = { first: true, ...counts }
  return adopted
})

/** Adoptions, each one transaction: the visitor, then all carts by id, then orders and entries. */
export const layer = Layer.effect(
  Adoptions,
  Effect.gen(function* () {
    const { one, run, sql } = yield* Tx
    const entries = yield* CalendarEntries
    return Adoptions.of({
      adopt: (visitor, customer) =>
        run(
          { name: "Adoptions.adopt", idempotentBy: "visitor id" },
          adopt({ sql, visitor, customer }, entries)
        ),
      undo: (customer) =>
        run({ name: "Adoptions.undo", idempotentBy: "" }, undone({ sql, customer }, entries)),
      latest: (customer) =>
        one({ name: "Adoptions.latest", idempotentBy: "read" }, latestOf(sql, customer)).pipe(
          Effect.map(([row]) => (row === undefined ? null : { first: true, ...row }))
        )
    })
  })
)
