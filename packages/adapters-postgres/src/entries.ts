import { CalendarEntry } from "@rose-ash/cart-domain/calendar/CalendarEntry"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import type { PageId } from "@rose-ash/cart-domain/text/Ids"
import { tidy, Url } from "@rose-ash/cart-domain/text/Text"
import { Effect, Option, Schema } from "effect"
import type { SqlClient, Statement } from "effect/sql"

/** The entry of `e` (events_api.entry) as the events app tells it. Its times may be anything. */
export const entryJson = `json_build_object('id', e.entry_id, 'pageId', e.page_id, 'name', e.name,
  'startsAt', cart.ms(e.starts_at), 'endsAt', cart.ms(e.ends_at), 'minor', e.price_minor,
  'currency', e.currency, 'state', e.state, 'heldUntil', cart.ms(e.held_until), 'orderId', e.order_id,
  'url', e.url)`

/** `e` has its seat. */
export const holding = `e.state IN ('pending', 'ordered', 'provisional', 'confirmed')`

/** What this identity holds and no order has claimed, lapsed holds of the last day included, by id. */
export const heldBy = (sql: SqlClient.SqlClient, identity: Identity): Statement.Fragment =>
  identity._tag === "Visitor"
    ? sql`SELECT e.* FROM cart.visitor_key o JOIN events_api.entry e ON e.owner_session = o.key_hash
       WHERE o.visitor_id = ${identity.id} AND o.kind = 'session' AND e.owner_user_id IS NULL
         AND ${unclaimed(sql)}`
    : sql`SELECT e.* FROM events_api.entry e WHERE e.owner_user_id = ${identity.id} AND ${unclaimed(sql)}`

const unclaimed = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql.literal(`e.order_id IS NULL AND e.state IN ('pending', 'released')
     AND (e.state = 'pending' OR e.held_until > now() - interval '1 day')`)

/** The session keys a visitor's entries are held by. */
export const sessionsOf = (sql: SqlClient.SqlClient, visitorId: string): Statement.Fragment =>
  sql`ARRAY(SELECT o.key_hash::bytea FROM cart.visitor_key o
    WHERE o.visitor_id = ${visitorId} AND o.kind = 'session')`

const Told = Schema.Struct({
  pageId: Schema.NullOr(Schema.String),
  name: Schema.String,
  minor: Schema.Int,
  currency: Schema.String,
  url: Schema.NullOr(Schema.String)
})
const told = Schema.decodeUnknownOption(Told)
const entry = Schema.decodeUnknownOption(CalendarEntry)
const isUrl = Schema.is(Url)
const isRow = Schema.is(Schema.Record(Schema.String, Schema.Unknown))

const entryOf = (cooperative: PageId, row: unknown): Option.Option<CalendarEntry> =>
  Option.flatMap(told(row), ({ currency, minor, name, pageId, url }) =>
    entry({
      ...(isRow(row) ? row : {}),
      pageId: pageId ?? cooperative,
      name: tidy(200, name),
      price: { minor, currency },
      url: url !== null && isUrl(url) ? url : null
    })
  )

/** Those that can be read, by id. */
export const entriesOf = (
  cooperative: PageId,
  rows: ReadonlyArray<unknown>
): Effect.Effect<ReadonlyArray<CalendarEntry>> => {
  const entries = rows.flatMap((row) => Option.toArray(entryOf(cooperative, row)))
  const lost = rows.length - entries.length
  const sorted = entries.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return lost === 0
    ? Effect.succeed(sorted)
    : Effect.as(Effect.logWarning("calendar entries not readable", { lost }), sorted)
}
