import type { Database } from "./Database.ts"
import { digest } from "./session.ts"

/** Who holds a place: a known person, else whoever shows the session. */
export interface Holder {
  readonly member: string | null
  readonly session: string
}

/** The life of a place, in the words of the contract. */
export type PlaceState =
  | "pending"
  | "ordered"
  | "provisional"
  | "confirmed"
  | "declined"
  | "released"
  | "cancelled"

/** A place somebody asked for. */
export interface Place {
  readonly id: string
  readonly slot: string
  readonly name: string
  readonly page: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly state: PlaceState
  readonly heldUntil: Date | null
}

/** What an organiser says to a place that is paid for. */
export const answers = ["confirmed", "declined", "cancelled"] as const
export type Answer = (typeof answers)[number]

/** Where it is kept who has which place. */
export interface Places {
  /** Takes a place for half an hour; null when none is left. */
  readonly ask: (slot: string, of: Holder) => Promise<string | null>
  /** What this person or browser has asked for, soonest first. */
  readonly of: (holder: Holder) => Promise<ReadonlyArray<Place>>
  /** What is paid for on the pages that this member looks after. */
  readonly toAnswer: (member: string) => Promise<ReadonlyArray<Place>>
  /** The organiser's word, told to the cart in the same statement. False: not theirs, or not open to it. */
  readonly answer: (member: string, place: string, answer: Answer) => Promise<boolean>
}

const heldFor = "30 minutes"
/** From which states an answer leads on. */
const from: { readonly [A in Answer]: ReadonlyArray<PlaceState> } = {
  confirmed: ["provisional"],
  declined: ["provisional"],
  cancelled: ["provisional", "confirmed"]
}

export const openPlaces = ({ query }: Database): Places => ({
  ask: async (slot, { member, session }) => {
    const [taken] = await query(
      (sql) => sql<{ id: string | null }>`SELECT events.take(s.id, ${member},
          CASE WHEN ${member}::text IS NULL THEN decode(${digest(session)}, 'hex') END, ${heldFor}::interval) AS id
        FROM events.slot s WHERE s.id = ${slot} AND s.starts_at > now()`
    )
    return taken?.id ?? null
  },
  of: ({ member, session }) =>
    query(
      (sql) => sql<Place>`SELECT e.id, s.id AS slot, c.name, c.page_id AS page, s.starts_at AS "startsAt",
          s.ends_at AS "endsAt", e.state, e.held_until AS "heldUntil"
        FROM events.calendar_entry e JOIN events.slot s ON s.id = e.slot_id
          JOIN events.calendar c ON c.id = s.calendar_id
        WHERE (e.owner_user_id = ${member}
            OR (e.owner_user_id IS NULL AND e.owner_session = decode(${digest(session)}, 'hex')))
          AND s.ends_at > now() ORDER BY s.starts_at, e.id LIMIT 50`
    ),
  toAnswer: (member) =>
    query(
      (sql) => sql<Place>`SELECT e.id, s.id AS slot, c.name, c.page_id AS page, s.starts_at AS "startsAt",
          s.ends_at AS "endsAt", e.state, e.held_until AS "heldUntil"
        FROM events.calendar_entry e JOIN events.slot s ON s.id = e.slot_id
          JOIN events.calendar c ON c.id = s.calendar_id
          JOIN blog_api.page_editor p ON p.page_id = c.page_id AND p.user_id = ${member}
        WHERE e.state IN ('provisional', 'confirmed') ORDER BY s.starts_at, e.id LIMIT 100`
    ),
  answer: async (member, place, answer) => {
    const told = await query(
      (sql) => sql<{ id: string }>`WITH answered AS (
          UPDATE events.calendar_entry e SET state = ${answer}, changed_at = now()
            FROM events.slot s, events.calendar c, blog_api.page_editor p
            WHERE e.id = ${place} AND s.id = e.slot_id AND c.id = s.calendar_id
              AND p.page_id = c.page_id AND p.user_id = ${member} AND e.state = ANY (${from[answer]}::text[])
            RETURNING e.id, e.order_id)
        SELECT id, cart_api.tell('events', id || ':' || ${answer}, 'entry.' || ${answer},
          jsonb_build_object('entry_id', id, 'order_id', order_id)) FROM answered`
    )
    return told.length > 0
  }
})
