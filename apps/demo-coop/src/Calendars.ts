import type { Database } from "./Database.ts"
import { slots } from "./slots.ts"

/** A time to come to, with the places nobody has yet. */
export interface Opening {
  readonly id: string
  readonly name: string
  readonly page: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly minor: number
  readonly places: number
  readonly free: number
}

/** Where calendars, their slots and who has a place in them are kept. */
export interface Calendars {
  /** What lies ahead, soonest first. */
  readonly openings: () => Promise<ReadonlyArray<Opening>>
}

/** Writes the calendars; a slot that is over and that nobody ever asked for moves ahead again. */
export const seedCalendars = async ({ query }: Database, origin: string): Promise<void> => {
  const rows = slots.map((slot) => ({ ...slot, page: slot.pageId, url: `${origin}/#${slot.id}` }))
  const given = JSON.stringify(rows)
  await query(
    (sql) => sql`INSERT INTO events.calendar AS c (id, page_id, name, url)
      SELECT j->>'id', j->>'page', j->>'name', j->>'url' FROM jsonb_array_elements(${given}::jsonb) j
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url`
  )
  await query(
    (sql) => sql`INSERT INTO events.slot AS s (id, calendar_id, starts_at, ends_at, price_minor, currency)
      SELECT j.id, j.id, today + make_interval(days => j."inDays", hours => j."from"),
        today + make_interval(days => j."inDays", hours => j."to"), j.minor, 'GBP'
      FROM jsonb_to_recordset(${given}::jsonb)
          AS j(id text, "inDays" integer, "from" integer, "to" integer, minor bigint),
        (SELECT date_trunc('day', now(), 'UTC') AS today) t
      ON CONFLICT (id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at
      WHERE s.starts_at < now() AND NOT EXISTS (SELECT FROM events.calendar_entry e WHERE e.slot_id = s.id)`
  )
  await query(
    (sql) => sql`INSERT INTO events.seat (slot_id, seat)
      SELECT j->>'id', n FROM jsonb_array_elements(${given}::jsonb) j, generate_series(1, (j->>'places')::integer) n
      ON CONFLICT DO NOTHING`
  )
}

export const openCalendars = ({ query }: Database): Calendars => ({
  openings: () =>
    query(
      (sql) =>
        sql<Opening>`SELECT s.id, c.name, c.page_id AS page, s.starts_at AS "startsAt", s.ends_at AS "endsAt",
          s.price_minor::int4 AS minor, count(t.seat)::int4 AS places,
          (count(t.seat) - count(e.id))::int4 AS free
        FROM events.slot s JOIN events.calendar c ON c.id = s.calendar_id
          JOIN events.seat t ON t.slot_id = s.id
          LEFT JOIN events.calendar_entry e ON e.slot_id = t.slot_id AND e.seat = t.seat
            AND (e.state IN ('ordered', 'provisional', 'confirmed') OR (e.state = 'pending' AND e.held_until > now()))
        WHERE s.starts_at > now() GROUP BY s.id, c.id ORDER BY s.starts_at, s.id`
    )
})
