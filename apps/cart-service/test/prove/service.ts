import { readFileSync } from "node:fs"
import { createServer } from "node:net"
import { PgClient } from "@effect/sql-pg"
import * as Postgres from "@rose-ash/cart-adapters-postgres"
import { startEmbedded } from "@rose-ash/cart-adapters-postgres/embedded"
import * as Domain from "@rose-ash/cart-domain/Domain"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, Redacted, type Scope } from "effect"
import { seeds } from "../../../../packages/adapters-postgres/test/seeds.ts"
import * as App from "../../src/App.ts"
import { complete } from "../../src/Database.ts"
import { read } from "../../src/Settings.ts"

const siblings = new URL(import.meta.resolve("@rose-ash/cart-adapters-postgres/siblings.sql"))

/** A port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })

/** A real server with every table, and what siblings offer in it. */
const database = Effect.gen(function* () {
  const { url } = yield* Effect.acquireDisposable(Effect.promise(() => startEmbedded()))
  const client = PgClient.layer({ url: Redacted.make(url), maxConnections: 4 })
  const text = readFileSync(siblings, "utf8")
  yield* Effect.flatMap(PgClient.PgClient, (sql) =>
    sql.unsafe(`DO $apply$ BEGIN EXECUTE $siblings$${text}$siblings$; END $apply$`)
  ).pipe(Effect.provide(client))
  yield* Postgres.migrate({ url: Redacted.make(url) })
  return { url, client }
}).pipe(Effect.orDie)

type Ports = ReturnType<typeof App.ports>
/** What is put around the ports of a service. */
export type Around = (ports: Ports) => Ports

/** What a service of a rig is told. */
export const environmentOf = (
  providerUrl: string,
  port: number,
  also: { readonly [name: string]: string }
) => ({
  DATABASE_CONNECTIONS: "16",
  SECRET_KEY: "practice-secret-of-the-rig-of-32-bytes",
  PORT: String(port),
  BIND_HOST: "127.0.0.1",
  PUBLIC_URL: `http://localhost:${port}`,
  SUMUP_BASE_URL: providerUrl,
  PAYMENT_ORIGINS: providerUrl,
  LOG_LEVEL: "error",
  ...also
})

/** The service as it is composed, listening and working; something may be put around its ports. */
export const service = (
  providerUrl: string,
  port: number,
  around: Around,
  also: { readonly [name: string]: string } = {},
  /** What stands between the service and its database: the address that it is told instead. */
  wire: (url: string) => Effect.Effect<string, never, Scope.Scope> = Effect.succeed
) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const { client, url } = yield* database
      const environment = environmentOf(providerUrl, port, { DATABASE_URL: yield* wire(url), ...also })
      const settings = yield* complete(yield* read(environment, false))
      const ports = around(App.ports(settings))
      const world = Layer.effect(Seeds, seeds(PageId.make(settings.cooperative.page)))
      return Layer.mergeAll(world, App.layer(settings, ports)).pipe(
        Layer.provideMerge(Domain.layer.pipe(Layer.provideMerge(ports))),
        Layer.provideMerge(client)
      )
    })
  )
