import type { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { VisitorAdopted } from "@rose-ash/cart-domain/cart/Carts"
import type { Contents } from "@rose-ash/cart-domain/cart/Contents"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import type { Order } from "@rose-ash/cart-domain/order/Order"
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

/** The cart's row, locked; made at revision 0 where there are only entries. No row: it was made just now. */
const lock = (sql: SqlClient.SqlClient, { identity, pageId }: Of, id: CartId) => {
  const [visitorId, customerId] = identity._tag === "Visitor" ? [identity.id, null] : [null, identity.id]
  return sql<{
    id: string
    revision: number
  }>`WITH found AS MATERIALIZED (SELECT c.id, c.revision FROM cart.cart c
      WHERE c.page_id = ${pageId} AND ${cartIsOf(sql, identity)} FOR NO KEY UPDATE),
    made AS (INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision)
      SELECT ${id}::uuid, ${pageId}::text, ${visitorId}::uuid, ${customerId}::text, 0
        WHERE NOT EXISTS (SELECT FROM found)
      ON CONFLICT DO NOTHING RETURNING id, revision)
    SELECT id, revision FROM found UNION ALL SELECT id, revision FROM made`.pipe(
    // The first cart's guard: the visitor is a customer by now.
    Effect.catchIf(breaks("cart_visitor_open"), () => Effect.fail(new VisitorAdopted()))
  )
}

const adopted = (sql: SqlClient.SqlClient, identity: Identity) =>
  identity._tag === "Visitor"
    ? sql`EXISTS (SELECT FROM cart.visitor v WHERE v.id = ${identity.id} AND v.adopted_by IS NOT NULL)`
    : sql.literal("false")

/** Everything placing decides on, and the order that this revision was placed as before, if it was. */
const look = Effect.fnUntraced(function* <E>({ kept, minted, of }: Deciding<E>) {
  const { cooperative, tx } = kept
  const { identity, pageId, seen } = of
  const { one, sql } = tx
  // Of the very cart that was seen, or of the cart this identity has here.
  const earlier = sql`(SELECT ${sql.literal(orderJson)} FROM cart.orders o
    WHERE o.cart_id IN (${seen.cartId}, c.id) AND o.cart_revision = ${seen.revision}
      AND ${orderIsOf(sql, identity)}
    ORDER BY (o.cart_id = ${seen.cartId}) DESC LIMIT 1)`
  const [row] = yield* one(
    { name: "Orders.place", idempotentBy: "read" },
    contentsOfPage<OrderRow & { readonly adopted: boolean }>(
      sql,
      { identity, cooperative },
      pageId,
      sql`, ${earlier} AS whole, ${adopted(sql, identity)} AS adopted`
    )
  )
  if (row === undefined) return yield* new PageNotFound({ pageId })
  if (row.adopted) return yield* new VisitorAdopted()
  const looked: Looked = {
    contents: yield* contentsFrom(row, cooperative, Effect.succeed(minted)),
    before: row.whole === null ? null : yield* order(row.whole)
  }
  return looked
})

interface Looked {
  readonly contents: Contents
  readonly before: Order | null
}
interface Deciding<E> {
  readonly kept: Kept
  readonly of: Of
  /** What a cart is called that is nowhere written yet. */
  readonly minted: CartId
  readonly decide: (contents: Contents) => Result.Result<Placed, E>
}
interface Decided {
  readonly contents: Contents
  readonly placed: Placed
}

/** The order of before, or what is to be placed now. */
const decided = Effect.fnUntraced(function* <E>(deciding: Deciding<E>) {
  const { before, contents } = yield* look(deciding)
  if (before !== null) return { before, now: null } as const
  const now: Decided = { contents, placed: yield* Effect.fromResult(deciding.decide(contents)) }
  return { before: null, now } as const
})

const write = ({ tx: { one, sql } }: Kept, placed: Placed) =>
  one(
    { name: "Orders.place", idempotentBy: "cart revision" },
    placeWrite(sql, placed).pipe(
      Effect.catchIf(breaks("orders_number"), () => Effect.fail(new OrderNumberTaken()))
    )
  )

/** With the cart's lock: for who claims entries, and for who was overtaken. */
const locked = Effect.fnUntraced(function* <E>(deciding: Deciding<E>, earlier: Decided) {
  const { kept, minted, of } = deciding
  const { entries, tx } = kept
  let [row] = yield* lock(tx.sql, of, minted)
  // Between looking for it and making it, somebody else made it: it is there now.
  if (row === undefined) [row] = yield* lock(tx.sql, of, minted)
  const { cart } = earlier.contents
  const stands = row?.id === cart.id && row.revision === cart.revision
  const { before, now } = stands ? { before: null, now: earlier } : yield* decided(deciding)
  if (now === null) return before
  const { claims, entries: move, order: next } = now.placed
  if (claims.length > 0) {
    yield* entries.claim({ orderId: next.id, identity: of.identity, entries: claims, until: next.expiresAt })
    if (move._tag === "Confirm") yield* entries.confirm(next.id)
  }
  const written = yield* write(kept, now.placed)
  return written.length > 0
    ? next
    : yield* Effect.die(new Error("Orders.place: overtaken under its own lock"))
})

const place = Effect.fnUntraced(function* <E>(deciding: Deciding<E>) {
  const { before, now } = yield* decided(deciding)
  if (now === null) return before
  const isWritten = now.contents.cart.id !== deciding.minted
  if (isWritten && now.placed.claims.length === 0) {
    const written = yield* write(deciding.kept, now.placed)
    if (written.length > 0) return now.placed.order
  }
  const call = { name: "Orders.place", idempotentBy: "cart revision" }
  return yield* deciding.kept.tx.run(call, locked(deciding, now))
})

/**
 * T1, as if alone: by compare-and-set on the cart's revision, or with the cart's lock where entries are
 * claimed in the same transaction. Found again by the revision, so a lost answer costs nothing.
 */
export const placeOrder = <E>(kept: Kept, of: Of, decide: Deciding<E>["decide"]) =>
  Effect.flatMap(kept.mint, (minted) => place({ kept, of, minted, decide }))
