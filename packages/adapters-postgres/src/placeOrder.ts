import type { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { VisitorAdopted } from "@rose-ash/cart-domain/cart/Carts"
import type { Contents } from "@rose-ash/cart-domain/cart/Contents"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { OrderNumberTaken } from "@rose-ash/cart-domain/order/Orders"
import type { Placed, Seen } from "@rose-ash/cart-domain/order/Placing"
import { PageNotFound } from "@rose-ash/cart-domain/page/PageConfig"
import type { CartId, PageId } from "@rose-ash/cart-domain/text/Ids"
import { type Context, Effect, type Result } from "effect"
import type { SqlClient } from "effect/sql"
import { cartIsOf, contentsFrom, contentsOfPage } from "./contents.ts"
import { type OrderRow, order, orderIsOf, orderJson } from "./orderSql.ts"
import { placeWrite } from "./orderWrites.ts"
import { breaks } from "./sqlErrors.ts"
import type { Tx } from "./Tx.ts"

interface Kept {
  readonly tx: Context.Service.Shape<typeof Tx>
  readonly entries: Context.Service.Shape<typeof CalendarEntries>
  readonly cooperative: PageId
  readonly mint: Effect.Effect<CartId>
}
interface Of {
  readonly identity: Identity
  readonly pageId: PageId
  readonly seen: Seen
}

/** The cart's row, locked; made at revision 0 where entries are all there is. No row: somebody made it just now. */
const lock = (sql: SqlClient.SqlClient, { identity, pageId }: Of, id: CartId) => {
  const [visitorId, customerId] = identity._tag === "Visitor" ? [identity.id, null] : [null, identity.id]
  return sql<{ id: string | null; page: boolean }>`WITH found AS MATERIALIZED (
      SELECT c.id FROM cart.cart c WHERE c.page_id = ${pageId} AND ${cartIsOf(sql, identity)} FOR NO KEY UPDATE),
    made AS (INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision)
      SELECT ${id}::uuid, p.id, ${visitorId}::uuid, ${customerId}::text, 0 FROM cart.page_config p
        WHERE p.id = ${pageId} AND NOT EXISTS (SELECT FROM found)
      ON CONFLICT DO NOTHING RETURNING id)
    SELECT (SELECT id FROM found UNION ALL SELECT id FROM made) AS id,
      EXISTS (SELECT FROM cart.page_config p WHERE p.id = ${pageId}) AS page`
}

/** What was ordered of the revision that was seen, by this identity: of that very cart, or of the cart it has here. */
const earlier = (sql: SqlClient.SqlClient, { identity, seen }: Of, cartId: string) =>
  sql`(SELECT ${sql.literal(orderJson)} FROM cart.orders o
    WHERE o.cart_id IN (${seen.cartId}, ${cartId}) AND o.cart_revision = ${seen.revision} AND ${orderIsOf(sql, identity)}
    ORDER BY (o.cart_id = ${seen.cartId}) DESC LIMIT 1)`

const adopted = (sql: SqlClient.SqlClient, identity: Identity) =>
  identity._tag === "Visitor"
    ? sql`EXISTS (SELECT FROM cart.visitor v WHERE v.id = ${identity.id} AND v.adopted_by IS NOT NULL)`
    : sql.literal("false")

/** Locks the cart. A refusal of the first cart's guard means that the visitor is a customer by now. */
const locked = Effect.fnUntraced(function* ({ mint, tx: { sql } }: Kept, of: Of) {
  const id = yield* mint
  const locking = lock(sql, of, id).pipe(
    Effect.catchIf(breaks("cart_visitor_open"), () => Effect.fail(new VisitorAdopted()))
  )
  // Between looking and making, somebody else may make it: the second look finds it.
  for (let tries = 0; tries < 3; tries += 1) {
    const [row] = yield* locking
    if (row?.page === false) return yield* new PageNotFound({ pageId: of.pageId })
    if (row?.id) return row.id
  }
  return yield* Effect.die(new Error("Orders.place: the cart is neither there nor made"))
})

const place = Effect.fnUntraced(function* <E>(
  kept: Kept,
  of: Of,
  decide: (contents: Contents) => Result.Result<Placed, E>
) {
  const { cooperative, entries, mint, tx } = kept
  const { identity, pageId } = of
  const { sql } = tx
  const cartId = yield* locked(kept, of)
  const [row] = yield* lookAt(sql, { ...of, cooperative }, cartId)
  if (row === undefined) return yield* new PageNotFound({ pageId })
  if (row.adopted) return yield* new VisitorAdopted()
  if (row.whole !== null) return yield* order(row.whole)
  const placed = yield* Effect.fromResult(decide(yield* contentsFrom(row, cooperative, mint)))
  const next = placed.order
  if (placed.claims.length > 0) {
    yield* entries.claim({ orderId: next.id, identity, entries: placed.claims, until: next.expiresAt })
    if (placed.entries._tag === "Confirm") yield* entries.confirm(next.id)
  }
  yield* placeWrite(sql, placed).pipe(
    Effect.catchIf(breaks("orders_number"), () => Effect.fail(new OrderNumberTaken()))
  )
  return next
})

/** Everything placing decides on, as it is after the wait for the lock. */
const lookAt = (sql: SqlClient.SqlClient, of: Of & { readonly cooperative: PageId }, cartId: string) =>
  contentsOfPage<OrderRow & { readonly adopted: boolean }>(
    sql,
    of,
    of.pageId,
    sql`, ${earlier(sql, of, cartId)} AS whole, ${adopted(sql, of.identity)} AS adopted`
  )

/** T1: lock the cart, look, decide, claim, write. Found again by the cart's revision, so a lost answer costs nothing. */
export const placeOrder = <E>(kept: Kept, of: Of, decide: (contents: Contents) => Result.Result<Placed, E>) =>
  kept.tx.run({ name: "Orders.place", idempotentBy: "cart revision" }, place(kept, of, decide))
