import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Identities } from "@rose-ash/cart-domain/identity/Identities"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { refusal } from "@rose-ash/cart-domain/testing/contract"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, Redacted } from "effect"
import { vi } from "vitest"
import * as Postgres from "../src/Postgres.ts"
import { client, config, freshDatabase, secretKey } from "./database.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 30_000 })

const pageId = PageId.make("ash")
const merchant = "M-ASH"
const key = Redacted.make("practice-key-of-ash-0123456789")
const other = Redacted.make("another-practice-secret-of-32-bytes-and-more")

/** The ports as a process with these secrets has them, and a plain client beside them. */
const started = (url: string, secret: Redacted.Redacted, previous?: Redacted.Redacted) =>
  Effect.gen(function* () {
    const more = { secretKey: secret, ...(previous === undefined ? {} : { previousSecretKey: previous }) }
    const context = yield* Layer.build(Layer.mergeAll(Postgres.layer(config(url, more)), client(url)))
    return {
      keys: yield* Effect.provide(SellerKeys, context),
      pages: yield* Effect.provide(PageConfigs, context),
      identities: yield* Effect.provide(Identities, context),
      sql: yield* Effect.provide(PgClient.PgClient, context)
    }
  })
const page = (id: PageId) => ({
  id,
  name: "Ash",
  currency: "GBP" as const,
  seller: null,
  paused: false,
  acceptsLate: true,
  refundsAlone: false,
  contact: null,
  url: null
})
/** Every value of every column of these tables, as text. */
const dump = (sql: PgClient.PgClient) =>
  Effect.map(
    sql<{ all: string }>`SELECT string_agg(r::text, ' ') AS all FROM (
      SELECT t::text AS r FROM cart.seller_credential t UNION ALL SELECT t::text FROM cart.page_config t
      UNION ALL SELECT t::text FROM cart.visitor t UNION ALL SELECT t::text FROM cart.visitor_key t) x`,
    ([row]) => row?.all ?? ""
  )

it.live("a key is sealed at rest, and opens with the secret it was sealed with or the one before", () =>
  Effect.gen(function* () {
    const url = yield* freshDatabase()
    const { keys, pages, sql } = yield* started(url, secretKey)
    yield* pages.save(page(pageId))
    const { credentialId } = yield* keys.save(pageId, merchant, key)
    const rest = yield* dump(sql)
    assert.notInclude(rest, Redacted.value(key))
    assert.notInclude(rest, Buffer.from(Redacted.value(key)).toString("hex"))
    const rotated = yield* started(url, other, secretKey)
    assert.strictEqual(Redacted.value((yield* rotated.keys.get(credentialId)).key), Redacted.value(key))
    const stranger = yield* started(url, other)
    assert.strictEqual(yield* refusal(stranger.keys.get(credentialId)), "SellerKeyLost")
    assert.strictEqual(yield* stranger.keys.newest(pageId, merchant), null)
  }).pipe(Effect.scoped)
)
it.live("a sealed key that is changed, or put under another page or merchant, does not open", () =>
  Effect.gen(function* () {
    const { keys, pages, sql } = yield* started(yield* freshDatabase(), secretKey)
    const elm = PageId.make("elm")
    yield* pages.save(page(pageId))
    yield* pages.save(page(elm))
    const mine = yield* keys.save(pageId, merchant, key)
    const theirs = yield* keys.save(elm, merchant, Redacted.make("practice-key-of-elm-0123456789"))
    yield* sql`ALTER TABLE cart.seller_credential DISABLE TRIGGER seller_credential_frozen`
    const tampers = [
      sql`UPDATE cart.seller_credential SET sealed = set_byte(sealed, 3, get_byte(sealed, 3) # 1)
        WHERE id = ${mine.credentialId}`,
      sql`UPDATE cart.seller_credential SET merchant_code = 'M-ELM' WHERE id = ${mine.credentialId}`,
      sql`UPDATE cart.seller_credential c SET sealed = e.sealed, nonce = e.nonce FROM cart.seller_credential e
        WHERE c.id = ${mine.credentialId} AND e.id = ${theirs.credentialId}`,
      sql`UPDATE cart.seller_credential SET sealed = substr(sealed, 1, 20) WHERE id = ${mine.credentialId}`
    ]
    yield* sql`CREATE TABLE before AS SELECT * FROM cart.seller_credential`
    for (const tamper of tampers) {
      yield* tamper
      assert.strictEqual(yield* refusal(keys.get(mine.credentialId)), "SellerKeyLost")
      yield* sql`UPDATE cart.seller_credential c SET merchant_code = b.merchant_code, nonce = b.nonce,
        sealed = b.sealed
        FROM before b WHERE b.id = c.id`
      assert.strictEqual(Redacted.value((yield* keys.get(mine.credentialId)).key), Redacted.value(key))
    }
    assert.strictEqual((yield* keys.get(theirs.credentialId)).merchantCode, merchant)
  }).pipe(Effect.scoped)
)
it.live("no cookie and no session is kept, only digests; and only a welcome writes", () =>
  Effect.gen(function* () {
    const { identities, sql } = yield* started(yield* freshDatabase(), secretKey)
    const session = Redacted.make("practice-session-cookie")
    yield* identities.recognise({ token: Redacted.make("made-up"), session })
    const [before] = yield* sql`SELECT FROM cart.visitor`
    assert.isUndefined(before)
    const { token } = yield* identities.welcome({ token: null, session })
    assert.isAtLeast(Buffer.from(Redacted.value(token), "base64url").length, 32)
    const rest = yield* dump(sql)
    for (const secret of [Redacted.value(token), Redacted.value(session)]) {
      assert.notInclude(rest, secret)
      assert.notInclude(rest, Buffer.from(secret).toString("hex"))
    }
  }).pipe(Effect.scoped)
)
