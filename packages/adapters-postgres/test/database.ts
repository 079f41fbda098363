import { randomUUID } from "node:crypto"
import { PgClient } from "@effect/sql-pg"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Context, Effect, Layer, Redacted } from "effect"
import { inject } from "vitest"
import * as Postgres from "../src/Postgres.ts"
import { type PgProxy, proxied } from "./PgProxy.ts"
import { seeds } from "./seeds.ts"

export const cooperativePage = PageId.make("cooperative")
export const secretKey = Redacted.make("practice-secret-of-the-tests-32-bytes-long")

export const client = (url: string, more: Partial<PgClient.PgPoolConfig> = {}) =>
  PgClient.layer({ url: Redacted.make(url), maxConnections: 4, ...more })

const admin = (text: string) =>
  Effect.provide(
    Effect.orDie(Effect.flatMap(PgClient.PgClient, (sql) => sql.unsafe(text))),
    Layer.orDie(client(inject("databaseUrl"), { maxConnections: 1 }))
  )

/** A database of one's own, made from a template in some milliseconds; gone when the scope closes. */
export const freshDatabase = (template: string | null = inject("databaseTemplate")) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.suspend(() => {
        const name = `cart_test_${randomUUID().replaceAll("-", "")}`
        const from = template === null ? "" : ` TEMPLATE ${template} STRATEGY file_copy`
        return Effect.as(admin(`CREATE DATABASE ${name}${from}`), name)
      }),
      (name) => admin(`DROP DATABASE ${name} WITH (FORCE)`)
    ),
    (name) => {
      const url = new URL(inject("databaseUrl"))
      url.pathname = `/${name}`
      return url.href
    }
  )

/** Where the test's database is. */
export class Database extends Context.Service<Database, { readonly url: string }>()("test/Database") {
  static readonly layer = Layer.effect(
    Database,
    Effect.map(freshDatabase(), (url) => Database.of({ url }))
  )
}

/** Without named prepared statements when `DATABASE_PREPARE=no`, as behind a pooler that cannot keep them. */
export const isPrepared = process.env["DATABASE_PREPARE"] !== "no"

export const config = (
  url: string,
  more: Partial<Postgres.PostgresConfig> = {}
): Postgres.PostgresConfig => ({
  url: Redacted.make(url),
  secretKey,
  cooperativePage,
  prepare: isPrepared,
  ...more
})

/** What stands between the ports and their database, in tests that look at the wire or break it. */
export class Wire extends Context.Service<Wire, { readonly proxy: PgProxy; readonly url: string }>()(
  "test/Wire"
) {
  static readonly layer = Layer.effect(
    Wire,
    Effect.flatMap(Database, ({ url }) => Effect.map(proxied(url), (wire) => Wire.of(wire)))
  )
}

/** Every port on a database of its own behind a proxy. */
export const portsOnWire = (more: Partial<Postgres.PostgresConfig> = {}) => {
  const onDatabase = Layer.unwrap(
    Effect.map(Effect.all([Database, Wire]), ([{ url }, wire]) =>
      Layer.mergeAll(Postgres.layer(config(wire.url, more)), client(url))
    )
  )
  return Layer.effect(Seeds, seeds(cooperativePage)).pipe(
    Layer.provideMerge(onDatabase),
    Layer.provideMerge(Wire.layer),
    Layer.provideMerge(Database.layer),
    Layer.orDie
  )
}

/** Every port on a database of its own, a plain client to look behind them, and the siblings' doings. */
export const ports = (more: Partial<Postgres.PostgresConfig> = {}) => {
  const onDatabase = Layer.unwrap(
    Effect.map(Database, ({ url }) => Layer.mergeAll(Postgres.layer(config(url, more)), client(url)))
  )
  return Layer.effect(Seeds, seeds(cooperativePage)).pipe(
    Layer.provideMerge(onDatabase),
    Layer.provideMerge(Database.layer),
    Layer.orDie
  )
}
