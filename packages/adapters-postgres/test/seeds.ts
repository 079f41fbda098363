import { createHash, randomUUID } from "node:crypto"
import { PgClient } from "@effect/sql-pg"
import { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import type { Customer } from "@rose-ash/cart-domain/identity/Identity"
import { money } from "@rose-ash/cart-domain/money/Money"
import { Catalogue } from "@rose-ash/cart-domain/page/Catalogue"
import type { PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { type LoggedIn, type PageSeed, Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { CustomerId, type EntryId, ItemId, PageId } from "@rose-ash/cart-domain/text/Ids"
import { hour } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Redacted } from "effect"

const fresh = (): string => randomUUID().slice(-12)
const digest = (token: string): string => createHash("sha256").update(token).digest("hex")

const people = (sql: PgClient.PgClient) => ({
  person: Effect.fnUntraced(function* (of: Parameters<Seeds["Service"]["person"]>[0] = {}) {
    const { email = "wren@example.org", name = "Wren", staff } = of
    const id = CustomerId.make(`person-${fresh()}`)
    const session = `session-${randomUUID()}`
    yield* sql`INSERT INTO blog.users (id, name, email, email_verified) VALUES (${id}, ${name}, ${email},
      true)`
    yield* sql`INSERT INTO blog.session (sid_hash, user_id, expires_at)
      VALUES (decode(${digest(session)}, 'hex'), ${id}, now() + interval '1 day')`
    for (const page of staff?.pages ?? []) {
      yield* sql`INSERT INTO blog.page_editor (page_id, user_id) VALUES (${page}, ${id})`
    }
    if (staff?.treasurer === true) {
      yield* sql`INSERT INTO blog.page_editor (page_id, user_id, role) VALUES (NULL, ${id}, 'treasurer')`
    }
    const customer: Customer = { _tag: "Customer", id, name, email }
    const person: LoggedIn = { customer, session: Redacted.make(session) }
    return person
  }, Effect.orDie),
  logOut: (session: Redacted.Redacted) =>
    Effect.asVoid(
      Effect.orDie(sql`UPDATE blog.session SET revoked_at = now()
        WHERE sid_hash = decode(${digest(Redacted.value(session))}, 'hex')`)
    ),
  adopt: Effect.fnUntraced(function* (...[visitor, customer]: Parameters<Seeds["Service"]["adopt"]>) {
    yield* sql`UPDATE cart.visitor SET adopted_by = ${customer.id}, adopted_at = now()
      WHERE id = ${visitor.id}`
    yield* sql`UPDATE cart.visitor_key SET retired_at = now() WHERE visitor_id = ${visitor.id}
      AND retired_at IS NULL`
    yield* sql`UPDATE cart.orders SET customer_id = ${customer.id} WHERE visitor_id = ${visitor.id}
      AND customer_id IS NULL`
  }, Effect.orDie)
})

const events = (sql: PgClient.PgClient, entries: CalendarEntries["Service"]) => ({
  slot: Effect.fnUntraced(function* ({ capacity, pageId, price }: Parameters<Seeds["Service"]["slot"]>[0]) {
    const { currency, minor } = price ?? money(500, yield* currencyOf(sql, pageId))
    const [slot] = yield* sql<{ id: string }>`WITH c AS (
        INSERT INTO events.calendar (page_id, name) VALUES (${pageId}, ${`Place ${fresh()}`}) RETURNING id),
      s AS (INSERT INTO events.slot (calendar_id, starts_at, ends_at, price_minor, currency)
        SELECT c.id, date_trunc('hour', now()) + interval '30 days', date_trunc('hour',
          now()) + interval '30 days 1 hour',
          ${minor}::bigint, ${currency} FROM c RETURNING id),
      t AS (INSERT INTO events.seat (slot_id, seat) SELECT s.id, n FROM s, generate_series(1, ${capacity}) n)
      SELECT id FROM s`
    return slot?.id ?? ""
  }, Effect.orDie),
  hold: Effect.fnUntraced(function* ({
    identity,
    slot,
    span = hour
  }: Parameters<Seeds["Service"]["hold"]>[0]) {
    const user = identity._tag === "Customer" ? identity.id : null
    const session = identity._tag === "Customer" ? null : yield* sessionOf(sql, identity.id)
    const [taken] = yield* sql<{ id: string | null }>`SELECT events.take(${slot}, ${user}, ${session}::bytea,
      ${span}::bigint * interval '1 millisecond') AS id`
    const id = taken?.id ?? null
    if (id === null) return null
    const held = yield* entries.pending(identity)
    return held.find((entry) => entry.id === id) ?? null
  }, Effect.orDie),
  lapse: (id: EntryId) =>
    Effect.asVoid(
      Effect.orDie(
        sql`UPDATE events.calendar_entry SET held_until = date_trunc('milliseconds', now()) WHERE id = ${id}`
      )
    ),
  organise: (id: EntryId, as: "confirmed" | "declined") =>
    Effect.asVoid(Effect.orDie(sql`UPDATE events.calendar_entry SET state = ${as} WHERE id = ${id}`))
})

const currencyOf = (sql: PgClient.PgClient, pageId: PageId | null) =>
  Effect.map(
    sql<{ currency: PageConfig["currency"] }>`SELECT currency FROM cart.page_config WHERE id = ${pageId}`,
    ([row]) => row?.currency ?? "GBP"
  )

/** The session that siblings know a visitor's browser by; made now when it came without one. */
const sessionOf = Effect.fnUntraced(function* (sql: PgClient.PgClient, visitorId: string) {
  const known = yield* sql<{ key: Uint8Array }>`SELECT key_hash AS key FROM cart.visitor_key
    WHERE visitor_id = ${visitorId} AND kind = 'session' LIMIT 1`
  if (known[0] !== undefined) return known[0].key
  const [made] = yield* sql<{ key: Uint8Array }>`INSERT INTO cart.visitor_key (key_hash, visitor_id, kind)
    VALUES (sha256(convert_to(${`session-${randomUUID()}`}, 'UTF8')), ${visitorId}, 'session')
      RETURNING key_hash AS key`
  return made?.key ?? new Uint8Array()
})

/** What siblings do, by SQL. */
export const seeds = (cooperative: PageId) =>
  Effect.gen(function* () {
    const sql = yield* PgClient.PgClient
    const pages = yield* PageConfigs
    const keys = yield* SellerKeys
    const catalogue = yield* Catalogue
    const page = Effect.fnUntraced(function* (id: PageId, { payable = true, ...given }: PageSeed) {
      const usual = { name: `Page ${id}`, currency: "GBP", acceptsLate: true, refundsAlone: false } as const
      const plain = { ...usual, id, seller: null, paused: false, contact: null, url: null, ...given }
      yield* pages.save(plain)
      yield* sql`INSERT INTO blog.page (id, title) VALUES (${id}, ${plain.name}) ON CONFLICT DO NOTHING`
      if (payable) yield* keys.save(id, `M-${id}`.slice(0, 32), Redacted.make(`practice-key-${id}`))
      return yield* pages.get(id)
    }, Effect.orDie)
    const item = Effect.fnUntraced(function* (of: Parameters<Seeds["Service"]["item"]>[0]) {
      const id = ItemId.make(`item-${fresh()}`)
      const price = of.price ?? money(250, yield* currencyOf(sql, of.pageId ?? cooperative))
      yield* sql`INSERT INTO market.product (id, page_id, name, price_minor, currency, tax_rate, available,
        most)
        VALUES (${id}, ${of.pageId}, ${of.name ?? `Item ${id}`}, ${price.minor}::bigint, ${price.currency},
          ${of.taxRate ?? null}, ${of.available ?? true}, ${of.most ?? 99})`
      return yield* catalogue.get(id)
    }, Effect.orDie)
    const write = (statement: Effect.Effect<unknown, unknown>) => Effect.asVoid(Effect.orDie(statement))

    return Seeds.of({
      ...people(sql),
      ...events(sql, yield* CalendarEntries),
      cooperative: page(cooperative, { name: "The cooperative" }),
      page: (of = {}) => page(PageId.make(`page-${fresh()}`), of),
      item,
      reprice: (id, minor) =>
        write(sql`UPDATE market.product SET price_minor = ${minor}::bigint WHERE id = ${id}`),
      offer: (id, available) =>
        write(sql`UPDATE market.product SET available = ${available} WHERE id = ${id}`),
      forget: (id) => write(sql`DELETE FROM market.product WHERE id = ${id}`),
      consumer: (name) =>
        write(sql`INSERT INTO cart.consumer (name) VALUES (${name}) ON CONFLICT DO NOTHING`),
      wait: (span) => Effect.sleep(span)
    })
  })
