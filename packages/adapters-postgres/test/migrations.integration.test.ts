import { readFileSync } from "node:fs"
import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Readiness } from "@rose-ash/cart-domain/health/Readiness"
import { Cause, Effect, Exit, Fiber, Layer, Redacted } from "effect"
import { shipped } from "../src/migrations.ts"
import { layer, migrate } from "../src/Postgres.ts"
import { client, config, freshDatabase } from "./database.ts"

const siblings = readFileSync(new URL("../siblings/siblings.sql", import.meta.url), "utf8")
const withClient = <A, E>(url: string, use: (sql: PgClient.PgClient) => Effect.Effect<A, E>) =>
  Effect.scoped(
    Effect.flatMap(Layer.build(client(url)), (context) =>
      Effect.flatMap(Effect.provide(PgClient.PgClient, context), use)
    )
  )
const asBlock = (sql: string): string => `DO $apply$ BEGIN EXECUTE $text$${sql}$text$; END $apply$`
const silent = "the database does not answer"
const look = (url: string) =>
  Effect.scoped(
    Effect.flatMap(Layer.build(layer(config(url))), (context) =>
      Effect.provide(
        Effect.flatMap(Readiness, (readiness) => readiness.missing),
        context
      )
    )
  )
/** What is missing; asked again where a busy machine was too slow to say. */
const missing = (url: string) =>
  Effect.repeat(look(url), { until: (said) => !said.includes(silent), times: 3 })
/** The same database, as another role. */
const as = (url: string, role: string): string => {
  const other = new URL(url)
  other.username = role
  return other.href
}

it.live("many who start at once bring an empty database up to date once", () =>
  Effect.gen(function* () {
    const url = yield* freshDatabase(null)
    const starter = migrate({ url: Redacted.make(url) })
    const applied = yield* Effect.all([starter, starter, starter, starter, starter], { concurrency: 5 })
    const names = (yield* shipped).map(({ name }) => name)
    assert.deepStrictEqual(applied.flat(), names)
    assert.isAbove(names.length, 5)
    assert.deepStrictEqual(yield* starter, [])
  }).pipe(Effect.scoped)
)
it.live("a file that was changed after it had been applied is refused, by its name", () =>
  Effect.gen(function* () {
    const url = yield* freshDatabase()
    yield* withClient(
      url,
      (sql) => sql`UPDATE cart.migration SET digest = sha256('another') WHERE name = '0003_carts.sql'`
    )
    const exit = yield* Effect.exit(migrate({ url: Redacted.make(url) }))
    assert.isTrue(Exit.isFailure(exit))
    const said = Exit.isFailure(exit) ? String(Cause.squash(exit.cause)) : ""
    assert.include(said, "migration 0003_carts.sql was changed after it had been applied")
  }).pipe(Effect.scoped)
)
it.live("a file that fails leaves nothing of any file", () =>
  Effect.gen(function* () {
    const url = yield* freshDatabase(null)
    // The first file wants to make this schema: the second run of it cannot.
    yield* withClient(url, (sql) => sql`CREATE SCHEMA cart_api`)
    assert.isTrue(Exit.isFailure(yield* Effect.exit(migrate({ url: Redacted.make(url) }))))
    const [schema] = yield* withClient(url, (sql) => sql`SELECT to_regnamespace('cart') IS NULL AS absent`)
    assert.deepStrictEqual(schema, { absent: true })
  }).pipe(Effect.scoped)
)
it.live(
  "whoever reads for long makes it give up and come again",
  () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase()
      const [start, held] = [Date.now(), 2500]
      const reading = withClient(url, (sql) =>
        sql.withTransaction(
          Effect.andThen(sql`LOCK TABLE cart.migration IN ACCESS EXCLUSIVE MODE`, Effect.sleep(held))
        )
      )
      const reader = yield* Effect.forkChild(reading)
      yield* Effect.sleep(300)
      assert.deepStrictEqual(yield* migrate({ url: Redacted.make(url) }), [])
      assert.isAbove(Date.now() - start, held)
      yield* Fiber.join(reader)
    }).pipe(Effect.scoped),
  15_000
)
it.live("a role that owns its database and nothing else is enough", () =>
  Effect.gen(function* () {
    const url = yield* freshDatabase(null)
    const role = `owner_${url.slice(-12)}`
    const name = new URL(url).pathname.slice(1)
    yield* withClient(url, (sql) =>
      Effect.andThen(
        sql.unsafe(`CREATE ROLE ${role} LOGIN NOCREATEROLE NOSUPERUSER`),
        sql.unsafe(`ALTER DATABASE ${name} OWNER TO ${role}`)
      )
    )
    yield* Effect.addFinalizer(() =>
      Effect.orDie(
        withClient(url, (sql) =>
          Effect.andThen(
            sql.unsafe(`ALTER DATABASE ${name} OWNER TO CURRENT_USER`),
            Effect.andThen(sql.unsafe(`DROP OWNED BY ${role} CASCADE`), sql.unsafe(`DROP ROLE ${role}`))
          )
        )
      )
    )
    const owned = as(url, role)
    assert.isAbove((yield* migrate({ url: Redacted.make(owned) })).length, 0)
    yield* withClient(owned, (sql) => sql.unsafe(asBlock(siblings)))
    assert.deepStrictEqual(yield* missing(owned), [])
  }).pipe(Effect.scoped)
)
it.live("what is missing is said in words: files, views, rights, functions, the whole database", () =>
  Effect.gen(function* () {
    const empty = yield* freshDatabase(null)
    const said = yield* missing(empty)
    assert.include(said, 'the migration 0001_foundation.sql has not been applied: run the command "migrate"')
    assert.include(said, "the market service does not offer the view market_api.item in this database")
    assert.isTrue(
      said.some((sentence) => sentence.startsWith("the events service does not offer the function"))
    )

    const whole = yield* freshDatabase()
    assert.deepStrictEqual(yield* missing(whole), [])
    yield* withClient(whole, (sql) => sql`DROP VIEW market_api.item`)
    assert.deepStrictEqual(yield* missing(whole), [
      "the market service does not offer the view market_api.item in this database"
    ])
    assert.deepStrictEqual(yield* missing(as(whole, "blog_app")), [
      "this service's role may not read the schema cart"
    ])
    assert.deepStrictEqual(yield* missing(as(whole, "nobody_knows")), [
      "the database does not accept this service's log-in"
    ])
    assert.deepStrictEqual(yield* missing(`${whole}_gone`), [
      "the database that is configured does not exist on its server"
    ])
    const nowhere = new URL(whole)
    nowhere.port = "1"
    assert.deepStrictEqual(yield* look(nowhere.href), [silent])
  }).pipe(Effect.scoped)
)
it.live("the practice copy of the siblings may be applied again", () =>
  Effect.gen(function* () {
    const url = yield* freshDatabase()
    yield* withClient(url, (sql) => sql.unsafe(asBlock(siblings)))
  }).pipe(Effect.scoped)
)
