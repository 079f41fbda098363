import { Buffer } from "node:buffer"
import { createHash } from "node:crypto"
import { Identities, type Presented, type Recognised } from "@rose-ash/cart-domain/identity/Identities"
import { type Customer, type Visitor, visitor } from "@rose-ash/cart-domain/identity/Identity"
import {
  CustomerId,
  Ids,
  type PageId,
  PageId as PageIdSchema,
  VisitorId
} from "@rose-ash/cart-domain/text/Ids"
import { Email, tidy } from "@rose-ash/cart-domain/text/Text"
import { Effect, Layer, Option, Redacted, Schema } from "effect"
import { holding } from "./entries.ts"
import { Tx } from "./Tx.ts"

const digestShape = /^[0-9a-f]{64}$/u
const isPage = Schema.is(PageIdSchema)
const isEmail = Schema.is(Email)
const customerId = Schema.decodeUnknownOption(CustomerId)
const visitorId = Schema.decodeUnknownOption(Schema.NullOr(VisitorId))

const digestOf = (token: string): string => createHash("sha256").update(token).digest("hex")
/** The digest of what was shown; a digest that nothing has when nothing was shown. */
const keyOf = (shown: Redacted.Redacted | null): string | null =>
  shown === null ? null : digestOf(Redacted.value(shown))

interface PersonRow {
  readonly user_id: string | null
  readonly name: string | null
  readonly email: string | null
}

/** A person as the auth service tells it; an address only when it is verified. */
const personOf = ({ email, name, user_id }: PersonRow): Customer | null => {
  const id = Option.getOrNull(customerId(user_id))
  if (id === null) return null
  const called = tidy(120, name ?? "")
  return {
    _tag: "Customer",
    id,
    name: called === "" ? "Customer" : called,
    email: isEmail(email) ? email : null
  }
}

interface RecognisedRow extends PersonRow {
  readonly visitor: string | null
  readonly pages: ReadonlyArray<string> | null
  readonly treasurer: boolean | null
  readonly unbound: boolean
}

const recognised = (row: RecognisedRow | undefined): Recognised => {
  const nobody = { pages: [], treasurer: false }
  if (row === undefined) return { identity: null, adoptable: null, unbound: false, staff: nobody }
  const { unbound } = row
  const id = Option.getOrNull(visitorId(row.visitor))
  const browser = id === null ? null : visitor(id)
  const person = personOf(row)
  if (person === null) return { identity: browser, adoptable: null, unbound, staff: nobody }
  const pages = (row.pages ?? []).filter((page) => isPage(page))
  return {
    identity: person,
    adoptable: browser,
    unbound,
    staff: { pages, treasurer: row.treasurer === true }
  }
}

/** The session of `r` holds places, and the visitor that was found has not got it as its key. */
const isUnbound = `(EXISTS (SELECT FROM events_api.entry e
    WHERE e.owner_session = r.session AND e.owner_user_id IS NULL AND ${holding})
  AND NOT EXISTS (SELECT FROM cart.visitor_key k WHERE k.key_hash = r.session
    AND k.kind = 'session' AND k.visitor_id = r.visitor AND k.retired_at IS NULL))`

/** Who is asking: the cart's own keys, and the auth service's sessions by the view it offers. */
export const layer = (cooperative: PageId) =>
  Layer.effect(
    Identities,
    Effect.gen(function* () {
      const { one, sql } = yield* Tx
      const ids = yield* Ids

      const recognise = (presented: Presented) => {
        const [token, session] = [keyOf(presented.token), keyOf(presented.session)]
        if (token === null && session === null) return Effect.succeed(recognised(undefined))
        return one(
          { name: "Identities.recognise", idempotentBy: "read" },
          sql<RecognisedRow>`SELECT r.*, ${sql.literal(isUnbound)} AS unbound FROM (SELECT s.user_id, s.name, CASE WHEN s.email_verified THEN s.email END AS email,
              (SELECT array_agg(e.page_id ORDER BY e.page_id) FROM blog_api.page_editor e
                WHERE e.user_id = s.user_id AND e.role <> 'treasurer') AS pages,
              EXISTS (SELECT FROM blog_api.page_editor e WHERE e.user_id = s.user_id AND e.role = 'treasurer'
                AND coalesce(e.page_id, ${cooperative}) = ${cooperative}) AS treasurer,
              (SELECT k.visitor_id FROM cart.visitor_key k JOIN cart.visitor v ON v.id = k.visitor_id
                WHERE k.key_hash = shown.token AND k.kind = 'cookie' AND k.retired_at IS NULL
                  AND v.adopted_by IS NULL) AS visitor, shown.session
            FROM (SELECT decode(${token}, 'hex') AS token, decode(${session}, 'hex') AS session) shown
              LEFT JOIN auth_api.active_session s ON s.sid_hash = shown.session) r`
        ).pipe(Effect.map(([row]) => recognised(row)))
      }

      const welcome = Effect.fnUntraced(function* ({ session }: Presented) {
        const id = VisitorId.make(yield* ids.uuid)
        const token = Buffer.from(yield* ids.bytes(32)).toString("base64url")
        yield* one(
          { name: "Identities.welcome", idempotentBy: "visitor id" },
          sql`WITH v AS (INSERT INTO cart.visitor (id) VALUES (${id}) ON CONFLICT DO NOTHING)
            INSERT INTO cart.visitor_key AS k (key_hash, visitor_id, kind)
            SELECT decode(j.digest, 'hex'), ${id}::uuid, j.kind
              FROM (VALUES (${digestOf(token)}, 'cookie'), (${keyOf(session)}, 'session')) AS j(digest, kind)
              WHERE j.digest IS NOT NULL
            ON CONFLICT (key_hash) DO UPDATE SET visitor_id = excluded.visitor_id, retired_at = NULL`
        )
        return { visitor: visitor(id), token: Redacted.make(token) }
      })

      const bind = ({ id }: Visitor, { session }: Presented) =>
        session === null
          ? Effect.void
          : one(
              { name: "Identities.bind", idempotentBy: "visitor id" },
              sql`INSERT INTO cart.visitor_key AS k (key_hash, visitor_id, kind)
                VALUES (decode(${keyOf(session)}, 'hex'), ${id}, 'session')
                ON CONFLICT (key_hash) DO UPDATE SET visitor_id = excluded.visitor_id, retired_at = NULL
                  WHERE k.kind = 'session'`
            ).pipe(Effect.asVoid)

      /** A session whose places nobody has claimed gets a visitor of its own here. */
      const visitorOfSession = Effect.fnUntraced(function* (digest: string) {
        if (!digestShape.test(digest)) return null
        const made = yield* ids.uuid
        const [row] = yield* one(
          { name: "Identities.visitorOfSession", idempotentBy: "session" },
          sql<{ id: string }>`WITH shown AS (SELECT decode(${digest}, 'hex') AS session),
            known AS (SELECT k.visitor_id AS id FROM cart.visitor_key k, shown
              WHERE k.key_hash = shown.session AND k.kind = 'session'),
            made AS (INSERT INTO cart.visitor (id) SELECT ${made}::uuid FROM shown
              WHERE NOT EXISTS (SELECT FROM known) AND EXISTS (SELECT FROM events_api.entry e
                WHERE e.owner_session = shown.session AND e.owner_user_id IS NULL
                  AND ${sql.literal(holding)}) RETURNING id),
            key AS (INSERT INTO cart.visitor_key (key_hash, visitor_id, kind)
              SELECT shown.session, made.id, 'session' FROM shown, made
              ON CONFLICT DO NOTHING RETURNING visitor_id AS id)
            SELECT id FROM known UNION ALL SELECT id FROM key`
        )
        const id = Option.getOrNull(visitorId(row?.id ?? null))
        return id === null ? null : visitor(id)
      })

      return Identities.of({
        recognise,
        welcome,
        bind,
        visitorOfSession,
        customer: (id) =>
          one(
            { name: "Identities.customer", idempotentBy: "read" },
            sql<PersonRow>`SELECT s.user_id, s.name, CASE WHEN s.email_verified THEN s.email END AS email
              FROM auth_api.active_session s WHERE s.user_id = ${id} LIMIT 1`
          ).pipe(Effect.map(([row]) => (row === undefined ? null : personOf(row))))
      })
    })
  )
