import { CalendarEntries, type Claim } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { EntryTaken } from "@rose-ash/cart-domain/calendar/CalendarEntry"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { EntryId, type OrderId, type PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, Schema } from "effect"
import type { SqlClient, SqlError } from "effect/sql"
import { entriesOf, entryJson, heldBy, sessionsOf } from "./entries.ts"
import { reader } from "./rows.ts"
import { detailOf, sqlState } from "./sqlErrors.ts"
import { Tx } from "./Tx.ts"

const ids = reader("CalendarEntries.adopt", Schema.Array(EntryId))

/** What the events app says when an entry cannot be claimed, with the entries' ids in its detail. */
const entryClaim = "RA001"
const takenOf = ({ entries }: Claim, error: SqlError.SqlError): EntryTaken => {
  const named = new Set(detailOf(error).split(","))
  const taken = entries.filter((id) => named.has(id))
  return new EntryTaken({ entries: taken.length === 0 ? entries : taken })
}

/** Whom the events app knows an identity as: a user, or the sessions of a browser. */
const holder = (sql: SqlClient.SqlClient, identity: Identity) =>
  identity._tag === "Customer"
    ? sql`${identity.id}::text, '{}'::bytea[]`
    : sql`NULL::text, ${sessionsOf(sql, identity.id)}`

/** Calendar entries, by the view and the functions of the events app. They join the open transaction. */
export const layer = (cooperative: PageId) =>
  Layer.effect(
    CalendarEntries,
    Effect.map(Tx, ({ one, sql }) => {
      const entry = sql.literal(entryJson)
      const read = (
        name: string,
        statement: Effect.Effect<ReadonlyArray<{ entry: unknown }>, SqlError.SqlError>
      ) =>
        Effect.flatMap(one({ name, idempotentBy: "read" }, statement), (rows) =>
          entriesOf(
            cooperative,
            rows.map((row) => row.entry)
          )
        )
      const move =
        (name: string, of: (orderId: OrderId) => Effect.Effect<unknown, SqlError.SqlError>) =>
        (orderId: OrderId): Effect.Effect<void> =>
          Effect.asVoid(one({ name, idempotentBy: "order id" }, of(orderId)))

      return CalendarEntries.of({
        pending: (identity, pageId) =>
          Effect.map(
            read(
              "CalendarEntries.pending",
              sql<{ entry: unknown }>`SELECT ${entry} AS entry FROM (${heldBy(sql, identity)}) e`
            ),
            (entries) => (pageId === undefined ? entries : entries.filter((one) => one.pageId === pageId))
          ),
        ofOrder: (orderId) =>
          read(
            "CalendarEntries.ofOrder",
            sql<{
              entry: unknown
            }>`SELECT ${entry} AS entry FROM events_api.entry e WHERE e.order_id = ${orderId}`
          ),
        claim: (of) =>
          one(
            { name: "CalendarEntries.claim", idempotentBy: "order id" },
            sql`SELECT events_api.claim(${of.orderId}, ${of.entries}::text[], ${holder(sql, of.identity)},
              cart.at(${of.until}))`.pipe(
              Effect.catchIf(
                (error) => sqlState(error) === entryClaim,
                (error) => Effect.fail(takenOf(of, error))
              )
            )
          ).pipe(Effect.asVoid),
        confirm: move("CalendarEntries.confirm", (id) => sql`SELECT events_api.paid(${id})`),
        release: move("CalendarEntries.release", (id) => sql`SELECT events_api.release(${id})`),
        cancel: move("CalendarEntries.cancel", (id) => sql`SELECT events_api.cancel(${id})`),
        reclaim: (orderId) =>
          one(
            { name: "CalendarEntries.reclaim", idempotentBy: "order id" },
            sql<{ done: boolean }>`SELECT events_api.reclaim(${orderId}) AS done`
          ).pipe(Effect.map(([row]) => row?.done === true)),
        giveBack: (identity, id) =>
          one(
            { name: "CalendarEntries.giveBack", idempotentBy: "entry id" },
            sql`SELECT events_api.give_back(${id}, ${holder(sql, identity)})`
          ).pipe(Effect.asVoid),
        adopt: (visitor, customer) =>
          one(
            { name: "CalendarEntries.adopt", idempotentBy: "visitor id" },
            sql<{
              id: string
            }>`SELECT id FROM events_api.adopt(${customer.id}, ${sessionsOf(sql, visitor.id)}) AS id`
          ).pipe(Effect.flatMap((rows) => ids(rows.map(({ id }) => id))))
      })
    })
  )
