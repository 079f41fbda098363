import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { Effect, Schedule } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { isRolledBack } from "./sqlErrors.ts"

const folder = new URL("../migrations/", import.meta.url)

/** One numbered file and the SHA-256, hex, of what it says. */
export interface Migration {
  readonly name: string
  readonly text: string
  readonly digest: string
}

/** The migrations that ship with this package, in order. */
export const shipped: Effect.Effect<ReadonlyArray<Migration>> = Effect.sync(() =>
  readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z_]+\.sql$/u.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, folder), "utf8")
      return { name, text, digest: createHash("sha256").update(text).digest("hex") }
    })
)

/** Defect: a file that was applied says something else today. What it did cannot be known any more. */
class MigrationChanged extends Error {
  readonly _tag = "MigrationChanged"
  constructor(name: string) {
    super(
      `migration ${name} was changed after it had been applied: ` +
        "put the old file back, and write what is new as a new file"
    )
  }
}

const versionLeast = 150_000
/** Defect: the schema needs what only newer servers have. */
class ServerTooOld extends Error {
  readonly _tag = "ServerTooOld"
  constructor(version: string) {
    super(`the database server is PostgreSQL ${version}: version 15 or newer is needed`)
  }
}
const checkVersion = Effect.fnUntraced(function* (sql: SqlClient.SqlClient) {
  const [server] = yield* sql<{
    number: number
    version: string
  }>`SELECT current_setting('server_version') AS version,
    current_setting('server_version_num')::integer AS number`
  if (server !== undefined && server.number < versionLeast) {
    return yield* Effect.die(new ServerTooOld(server.version))
  }
})

const applied = (sql: SqlClient.SqlClient) =>
  sql<{
    name: string
    digest: string
  }>`SELECT name, encode(digest, 'hex') AS digest FROM cart.migration ORDER BY name`

/** What of the shipped files a database that has these applied still needs. */
const missingOf = (
  files: ReadonlyArray<Migration>,
  done: ReadonlyArray<{ readonly name: string; readonly digest: string }>
) => {
  const digests = new Map(done.map(({ digest, name }) => [name, digest]))
  return files.filter(({ name }) => !digests.has(name))
}

/** Names of shipped migrations that the database has not had; all of them where it has never seen any. */
export const unapplied: Effect.Effect<
  ReadonlyArray<string>,
  SqlError.SqlError,
  SqlClient.SqlClient
> = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const files = yield* shipped
  const [table] = yield* sql<{ here: boolean }>`SELECT to_regclass('cart.migration') IS NOT NULL AS here`
  const done = table?.here === true ? yield* applied(sql) : []
  return missingOf(files, done).map(({ name }) => name)
})

/** A file has many statements and a message may have one: it goes as one block. */
const run = (sql: SqlClient.SqlClient, { digest, name, text }: Migration) =>
  Effect.gen(function* () {
    yield* sql.unsafe(`DO $migration$ BEGIN EXECUTE $text$${text}$text$; END $migration$`)
    yield* sql`INSERT INTO cart.migration (name, digest) VALUES (${name}, decode(${digest}, 'hex'))`
    yield* Effect.logInfo("migration applied", { name })
  })

/**
 * Brings the schema up to date: all of it or nothing, in one transaction. Of several that start at once one
 * works and the others wait for it, and then find nothing to do. Needs a role that may create schemas in its
 * database.
 */
export const bringUpToDate: Effect.Effect<
  ReadonlyArray<string>,
  SqlError.SqlError,
  SqlClient.SqlClient
> = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const files = yield* shipped
  const work = Effect.gen(function* () {
    yield* checkVersion(sql)
    yield* sql`SELECT pg_advisory_xact_lock(hashtextextended('rose-ash cart migrations', 0))`
    yield* sql`SET LOCAL lock_timeout = '2s'`
    yield* sql`SET LOCAL client_min_messages = 'warning'`
    yield* sql`CREATE SCHEMA IF NOT EXISTS cart`
    yield* sql`CREATE TABLE IF NOT EXISTS cart.migration (
        name text PRIMARY KEY, digest bytea NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`
    const done = yield* applied(sql)
    const shippedDigest = new Map(files.map(({ digest, name }) => [name, digest]))
    const changed = done.find(({ digest, name }) => (shippedDigest.get(name) ?? digest) !== digest)
    if (changed !== undefined) return yield* Effect.die(new MigrationChanged(changed.name))
    const missing = missingOf(files, done)
    yield* Effect.forEach(missing, (file) => run(sql, file), { discard: true })
    return missing.map(({ name }) => name)
  })
  // Whoever reads for long makes the step give up and come again, instead of everybody queueing behind it.
  const again = { while: isRolledBack, times: 10, schedule: Schedule.spaced("1 second") }
  return yield* Effect.retry(sql.withTransaction(work), again)
})
