import type { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { Added, takenBack } from "@rose-ash/cart-domain/cart/Adoption"
import { undoFor } from "@rose-ash/cart-domain/cart/Adoptions"
import { CartLine } from "@rose-ash/cart-domain/cart/Cart"
import type { Customer } from "@rose-ash/cart-domain/identity/Identity"
import { CartId, PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Schema } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import { linesJson } from "./contents.ts"
import { json, reader } from "./rows.ts"

const Held = Schema.Struct({ id: CartId, pageId: PageId, lines: Schema.Array(CartLine) })
type Held = typeof Held.Type
const held = reader("Adoptions.undo", Schema.Array(Held))
const added = reader("Adoptions.undo", Added)

/** Of the past hour, of this customer, not taken back, and something came of it. */
const undoable = (sql: SqlClient.SqlClient, { id }: Customer): Statement.Fragment =>
  sql`a.customer_id = ${id} AND a.undone_at IS NULL AND a.lines + a.entries > 0
    AND a.at > now() - ${undoFor}::bigint * interval '1 millisecond'`

/** The last one that can be undone. */
export const latestOf = (sql: SqlClient.SqlClient, customer: Customer) =>
  sql<{
    lines: number
    entries: number
    orders: number
  }>`SELECT a.lines, a.entries, a.orders FROM cart.adoption a WHERE ${undoable(sql, customer)}
    ORDER BY a.at DESC LIMIT 1`

const write = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, all: ReadonlyArray<Held>, of: Added) {
  const carts = all.map((cart) => {
    const lines = takenBack(
      cart.lines,
      of.lines.filter(({ pageId }) => pageId === cart.pageId)
    )
    return { before: cart, lines, changed: lines.filter((line) => !cart.lines.includes(line)) }
  })
  const gone = carts.flatMap(({ before, lines }) =>
    before.lines.filter(({ id }) => !lines.some((line) => line.id === id)).map(({ id }) => id)
  )
  const fewer = carts.flatMap(({ changed }) => changed)
  yield* sql`DELETE FROM cart.cart_line WHERE id = ANY (${gone}::uuid[])`
  yield* sql`UPDATE cart.cart_line x SET quantity = j.quantity
    FROM json_to_recordset(${json(fewer)}::json) AS j(id uuid, quantity integer) WHERE x.id = j.id`
  const touched = carts.flatMap(({ before, changed, lines }) =>
    changed.length > 0 || lines.length < before.lines.length ? [before.id] : []
  )
  yield* sql`UPDATE cart.cart SET revision = revision + 1, changed_at = statement_timestamp()
    WHERE id = ANY (${touched}::uuid[])`
})

/** Takes the last adoption back, in the transaction that is open. False when there is none. */
export const undone = Effect.fnUntraced(function* (
  { customer, sql }: { readonly sql: SqlClient.SqlClient; readonly customer: Customer },
  entries: CalendarEntries["Service"]
) {
  // Whoever waits here for another undo sees that it is done, and takes nothing back.
  const [row] = yield* sql<{ visitor_id: string; undo: unknown }>`SELECT a.visitor_id, a.undo
    FROM cart.adoption a WHERE ${undoable(sql, customer)} ORDER BY a.at DESC LIMIT 1 FOR NO KEY UPDATE`
  if (row === undefined) return false
  const of = yield* added(row.undo)
  const pages = of.lines.map(({ pageId }) => pageId)
  const mine = sql`c.customer_id = ${customer.id} AND c.page_id = ANY (${pages}::text[])`
  yield* sql`SELECT FROM cart.cart c WHERE ${mine} ORDER BY c.id FOR NO KEY UPDATE`
  const carts = yield* sql<{ cart: unknown }>`SELECT json_build_object('id', c.id, 'pageId', c.page_id,
      'lines', ${sql.literal(linesJson("c.id"))}) AS cart FROM cart.cart c WHERE ${mine}`
  yield* write(sql, yield* held(carts.map(({ cart }) => cart)), of)
  yield* Effect.forEach(of.entries, (id) => entries.giveBack(customer, id), { discard: true })
  yield* sql`UPDATE cart.adoption SET undone_at = clock_timestamp() WHERE visitor_id = ${row.visitor_id}`
  return true
})
