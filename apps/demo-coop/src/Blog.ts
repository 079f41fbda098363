import type { Database } from "./Database.ts"
import type { Member } from "./layout.ts"
import { pages } from "./pages.ts"
import { people } from "./people.ts"
import { digest } from "./session.ts"

/** Where people, their sessions and the pages are kept. */
export interface Blog {
  /** Milliseconds that a session lasts. */
  readonly sessionLasts: number
  /** `before` is the session that the browser had until now: the cart hears whose it was. */
  readonly logIn: (person: string, session: string, before: string | undefined) => Promise<void>
  readonly logOut: (session: string | undefined) => Promise<void>
}

const sessionDays = 30

/** Whose session it is, as every sibling may ask. */
export const who =
  ({ query }: Database) =>
  async (session: string): Promise<Member | null> => {
    const rows = await query(
      (sql) =>
        sql<Member>`SELECT user_id AS id, name FROM auth_api.active_session WHERE sid_hash = decode(${digest(session)}, 'hex')`
    )
    return rows[0] ?? null
  }

/** Writes the people and the pages; what was there is brought up to date. */
export const seedBlog = async ({ query }: Database): Promise<void> => {
  await query(
    (sql) => sql`INSERT INTO blog.users AS u (id, name, email, email_verified)
      SELECT p->>'id', p->>'name', p->>'email', true FROM jsonb_array_elements(${JSON.stringify(people)}::jsonb) p
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email`
  )
  await query(
    (sql) => sql`INSERT INTO blog.page AS p (id, title)
      SELECT j->>'id', j->>'title' FROM jsonb_array_elements(${JSON.stringify(pages)}::jsonb) j
      ON CONFLICT (id) DO UPDATE SET title = excluded.title`
  )
  const editors = people.flatMap(({ edits, id }) => (edits === undefined ? [] : [{ id, ...edits }]))
  await query(
    (sql) => sql`INSERT INTO blog.page_editor (page_id, user_id, role)
      SELECT j->>'page', j->>'id', j->>'role' FROM jsonb_array_elements(${JSON.stringify(editors)}::jsonb) j
      ON CONFLICT DO NOTHING`
  )
}

export const openBlog = ({ query }: Database): Blog => ({
  sessionLasts: sessionDays * 24 * 60 * 60 * 1000,
  logIn: async (person, session, before) => {
    // One statement: whoever is logged in was told of, and nobody is told of who is not.
    await query(
      (sql) => sql`WITH s AS (INSERT INTO blog.session (sid_hash, user_id, expires_at)
        VALUES (decode(${digest(session)}, 'hex'), ${person}, now() + ${`${sessionDays} days`}::interval)
        RETURNING sid_hash, user_id)
        SELECT cart_api.tell('blog', 'login-' || encode(sid_hash, 'hex'), 'user.logged_in',
          jsonb_build_object('user_id', user_id, 'session', ${digest(before ?? session)}::text)) FROM s`
    )
  },
  logOut: async (session) => {
    if (session === undefined) return
    await query(
      (sql) => sql`UPDATE blog.session SET revoked_at = now()
        WHERE sid_hash = decode(${digest(session)}, 'hex') AND revoked_at IS NULL`
    )
  }
})
