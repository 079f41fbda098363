import { type Cart, type CartLine, cartsMost } from "@rose-ash/cart-domain/cart/Cart"
import { Carts, type Changing, VisitorAdopted } from "@rose-ash/cart-domain/cart/Carts"
import { StoreUnavailable } from "@rose-ash/cart-domain/health/StoreUnavailable"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { PageConfig, PageNotFound } from "@rose-ash/cart-domain/page/PageConfig"
import { CartId, Ids, type PageId } from "@rose-ash/cart-domain/text/Ids"
import { type Context, Effect, Layer, type Result, Schema } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import {
  CartRead,
  cartIsOf,
  cartJson,
  contentsFrom,
  contentsOfAll,
  contentsOfPage,
  linesTable
} from "./contents.ts"
import { heldBy } from "./entries.ts"
import { pageJson, pageTables } from "./pageSql.ts"
import { json, reader } from "./rows.ts"
import { breaks } from "./sqlErrors.ts"
import { summaries } from "./summary.ts"
import { Tx } from "./Tx.ts"

const lockedMost = 3

interface Of {
  readonly identity: Identity
  readonly pageId: PageId
  readonly key?: string
}

const Loaded = Schema.Struct({
  page: PageConfig,
  cart: CartRead,
  elsewhere: Schema.Int,
  adopted: Schema.Boolean,
  applied: Schema.Boolean
})
const loaded = reader("Carts.modify", Loaded)

/** What a change decides on, and whether its form was applied before. */
const load = (sql: SqlClient.SqlClient, { identity, key = "", pageId }: Of, cooperative: PageId) =>
  sql<typeof Loaded.Encoded>`SELECT ${sql.literal(pageJson)} AS page, ${sql.literal(cartJson)} AS cart,
      (SELECT count(*) FROM (
        SELECT o.page_id FROM cart.cart o WHERE ${elsewhereOf(sql, identity)} AND o.page_id <> p.id
          AND EXISTS (SELECT FROM cart.cart_line y WHERE y.cart_id = o.id)
        UNION SELECT coalesce(e.page_id, ${cooperative}) FROM (${heldBy(sql, identity)}) e
          WHERE coalesce(e.page_id, ${cooperative}) <> p.id) others)::integer AS elsewhere,
      ${adoptedOf(sql, identity)} AS adopted,
      EXISTS (SELECT FROM cart.cart_form f
        WHERE f.cart_id = c.id AND f.key = ${key} AND f.at > now() - interval '24 hours') AS applied
    FROM ${sql.literal(pageTables)} LEFT JOIN cart.cart c ON c.page_id = p.id AND ${cartIsOf(sql, identity)}
      LEFT JOIN ${sql.literal(linesTable)} ON true
    WHERE p.id = ${pageId}`

const elsewhereOf = (sql: SqlClient.SqlClient, identity: Identity): Statement.Fragment =>
  identity._tag === "Visitor" ? sql`o.visitor_id = ${identity.id}` : sql`o.customer_id = ${identity.id}`
const adoptedOf = (sql: SqlClient.SqlClient, identity: Identity): Statement.Fragment =>
  identity._tag === "Visitor"
    ? sql`EXISTS (SELECT FROM cart.visitor v WHERE v.id = ${identity.id} AND v.adopted_by IS NOT NULL)`
    : sql.literal("false")

/** The cart's row at its next revision, if it is still as it was read. */
const stepped = (sql: SqlClient.SqlClient, identity: Identity, before: typeof CartRead.Type, next: Cart) => {
  const [visitorId, customerId] = identity._tag === "Visitor" ? [identity.id, null] : [null, identity.id]
  return before.id === null
    ? sql`INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision)
        VALUES (${next.id}, ${next.pageId}, ${visitorId}, ${customerId}, ${next.revision})
        ON CONFLICT DO NOTHING RETURNING id`
    : sql`UPDATE cart.cart SET revision = ${next.revision}, changed_at = statement_timestamp()
        WHERE id = ${before.id} AND revision = ${before.revision} RETURNING id`
}

/** One statement: the cart's next revision with what changed in it, or nothing when somebody was quicker. */
const write = (sql: SqlClient.SqlClient, { identity, key }: Of, before: typeof CartRead.Type, next: Cart) => {
  const known = new Set<CartLine>(before.lines)
  const kept = new Set<string>(next.lines.map(({ id }) => id))
  const gone = before.lines.flatMap(({ id }) => (kept.has(id) ? [] : [id]))
  const lines = next.lines.filter((line) => !known.has(line))
  return sql<{ id: string }>`WITH c AS (${stepped(sql, identity, before, next)}),
    gone AS (DELETE FROM cart.cart_line x USING c WHERE x.cart_id = c.id AND x.id = ANY (${gone}::uuid[])),
    lines AS (INSERT INTO cart.cart_line AS x (id, cart_id, item_id, quantity, seen_minor)
      SELECT j.id, c.id, j."itemId", j.quantity, j.seen FROM c, json_to_recordset(${json(lines)}::json)
        AS j(id uuid, "itemId" text, quantity integer, seen bigint)
      ON CONFLICT (id) DO UPDATE SET quantity = excluded.quantity, seen_minor = excluded.seen_minor),
    old AS (DELETE FROM cart.cart_form f USING c
      WHERE f.cart_id = c.id AND f.at <= now() - interval '24 hours'),
    form AS (INSERT INTO cart.cart_form AS f (cart_id, key, at) SELECT c.id, k.key, now()
        FROM c, (SELECT ${key ?? null}::text AS key) k WHERE k.key IS NOT NULL
      ON CONFLICT (cart_id, key) DO UPDATE SET at = excluded.at)
    SELECT id FROM c`
}

/** What was sent to the database and not heard of again; null when it is known to have come to nothing. */
interface Sent {
  cart: Cart | null
}

/** Whether the cart that is there now is the one that was sent: then only the answer was lost. */
const arrived = (sent: Cart | null, read: typeof CartRead.Type): Effect.Effect<boolean> => {
  if (sent === null || read.revision < sent.revision) return Effect.succeed(false)
  return read.id === sent.id && json(read) === json(sent)
    ? Effect.succeed(true)
    : Effect.die(new StoreUnavailable({ why: "away", operation: "Carts.modify", code: "" }))
}

/** Reads, decides and writes; null when somebody else wrote in between. */
const attempt = Effect.fnUntraced(function* <E>(
  { cooperative, mint, one, sql }: Kept,
  of: Of,
  decide: Decide<E>,
  sent: Sent
) {
  const [row] = yield* one({ name: "Carts.modify", idempotentBy: "read" }, load(sql, of, cooperative))
  if (row === undefined) return yield* new PageNotFound({ pageId: of.pageId })
  const { adopted, applied, cart: before, elsewhere, page } = yield* loaded(row)
  if (adopted) return yield* new VisitorAdopted()
  const cart: Cart = { ...before, id: before.id ?? (yield* mint) }
  if (of.key !== undefined && applied) return cart
  if (yield* arrived(sent.cart, before)) return cart
  const next = yield* Effect.fromResult(decide({ cart, page, elsewhere }))
  if (next === cart) return cart
  let sends = 0
  const sending = Effect.suspend(() => {
    sends += 1
    sent.cart = next
    return write(sql, of, before, next)
  }).pipe(Effect.catchIf(breaks("cart_visitor_open"), () => Effect.fail(new VisitorAdopted())))
  const written = yield* one({ name: "Carts.modify", idempotentBy: "cart revision" }, sending)
  if (written.length > 0) return next
  if (sends === 1) sent.cart = null
  return null
})

type Decide<E> = (changing: Changing) => Result.Result<Cart, E>
interface Kept extends Context.Service.Shape<typeof Tx> {
  readonly cooperative: PageId
  readonly mint: Effect.Effect<CartId>
}

/** Whoever was overtaken takes the cart's lock for the next try: then nobody is overtaken for ever. */
const modify = Effect.fnUntraced(function* <E>(kept: Kept, of: Of, decide: Decide<E>) {
  const { run, sql } = kept
  const sent: Sent = { cart: null }
  const locked = run(
    { name: "Carts.modify", idempotentBy: "cart revision" },
    Effect.andThen(
      sql`SELECT FROM cart.cart c
        WHERE c.page_id = ${of.pageId} AND ${cartIsOf(sql, of.identity)} FOR NO KEY UPDATE`,
      attempt(kept, of, decide, sent)
    )
  )
  let cart = yield* attempt(kept, of, decide, sent)
  // Under the lock only the making of the first cart can be overtaken, and that once.
  for (let tries = 0; cart === null && tries < lockedMost; tries += 1) cart = yield* locked
  if (cart !== null) return cart
  return yield* Effect.die(new StoreUnavailable({ why: "busy", operation: "Carts.modify", code: "" }))
})

/** Carts, each change one compare-and-set on the revision. */
export const layer = (cooperative: PageId) =>
  Layer.effect(
    Carts,
    Effect.gen(function* () {
      const tx = yield* Tx
      const ids = yield* Ids
      const mint = Effect.map(ids.uuid, (id) => CartId.make(id))
      const { one, sql } = tx
      const summary = yield* summaries(tx, cooperative)
      return Carts.of({
        view: (identity, pageId) =>
          one(
            { name: "Carts.view", idempotentBy: "read" },
            contentsOfPage(sql, { identity, cooperative }, pageId)
          ).pipe(
            Effect.flatMap(([row]) =>
              row === undefined
                ? Effect.fail(new PageNotFound({ pageId }))
                : contentsFrom(row, cooperative, mint)
            )
          ),
        list: (identity) =>
          one(
            { name: "Carts.list", idempotentBy: "read" },
            contentsOfAll(sql, { identity, cooperative }, cartsMost)
          ).pipe(
            Effect.flatMap((rows) => Effect.forEach(rows, (row) => contentsFrom(row, cooperative, mint)))
          ),
        summary,
        modify: (of, decide) => modify({ ...tx, cooperative, mint }, of, decide)
      })
    })
  )
