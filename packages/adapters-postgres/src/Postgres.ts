import { PgClient } from "@effect/sql-pg"
import { Ids, type PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, type Redacted } from "effect"
import * as AdoptionsPostgres from "./AdoptionsPostgres.ts"
import * as AuditsPostgres from "./AuditsPostgres.ts"
import * as CalendarEntriesPostgres from "./CalendarEntriesPostgres.ts"
import * as CartsPostgres from "./CartsPostgres.ts"
import * as CataloguePostgres from "./CataloguePostgres.ts"
import * as DifferencesPostgres from "./DifferencesPostgres.ts"
import * as EventsPostgres from "./EventsPostgres.ts"
import * as IdentitiesPostgres from "./IdentitiesPostgres.ts"
import * as InboxPostgres from "./InboxPostgres.ts"
import { bringUpToDate } from "./migrations.ts"
import * as OrdersPostgres from "./OrdersPostgres.ts"
import * as PageConfigsPostgres from "./PageConfigsPostgres.ts"
import * as ReadinessPostgres from "./ReadinessPostgres.ts"
import * as SellerKeysPostgres from "./SellerKeysPostgres.ts"
import { limits, Tx } from "./Tx.ts"

/** Where the store is, and what seals its secrets. */
export interface PostgresConfig {
  readonly url: Redacted.Redacted
  /** A log-in that alone may read sellers' keys; `url` where there is none. */
  readonly payUrl?: Redacted.Redacted | undefined
  /** At least 32 bytes. Sellers' keys are sealed under a key derived from it. */
  readonly secretKey: Redacted.Redacted
  /** What sealed them before: still opens them. */
  readonly previousSecretKey?: Redacted.Redacted | undefined
  /** Whose items and entries are that name no page. */
  readonly cooperativePage: PageId
  /** Connections of this process; 10 unless told otherwise. */
  readonly maxConnections?: number | undefined
  /**
   * Named prepared statements. False for poolers that cannot keep them: then limits of the session are not
   * sent either, which such poolers refuse, and the role has to carry them.
   */
  readonly prepare?: boolean | undefined
}

/** Limits of the server for each session, in milliseconds: the second fence behind the deadlines of `Tx`. */
const sessionLimits = {
  statement_timeout: "2000",
  lock_timeout: "1000",
  idle_in_transaction_session_timeout: "5000",
  // Short statements only: a parallel plan or a compiled one can only be a mistake here.
  max_parallel_workers_per_gather: "0",
  jit: "off",
  timezone: "UTC"
}

const client = ({ prepare = true }: PostgresConfig, url: Redacted.Redacted, maxConnections: number) =>
  PgClient.layer({
    url,
    maxConnections,
    prepare,
    preparedStatementCacheSize: 300,
    connectTimeout: "2 seconds",
    applicationName: "rose-ash-cart",
    ...(prepare ? { startupParameters: sessionLimits } : {})
  })

const pool = (config: PostgresConfig, url: Redacted.Redacted, maxConnections: number) =>
  Layer.provide(Tx.layer({ maxConnections }), client(config, url, maxConnections))

/** Every port but the payment provider, kept in one PostgreSQL database. */
export const layer = (config: PostgresConfig) => {
  const {
    cooperativePage,
    maxConnections = limits.maxConnections,
    payUrl,
    previousSecretKey,
    secretKey
  } = config
  const shared = pool(config, config.url, maxConnections)
  const keys = SellerKeysPostgres.layer(secretKey, previousSecretKey)
  return Layer.mergeAll(
    AdoptionsPostgres.layer,
    AuditsPostgres.layer,
    CartsPostgres.layer(cooperativePage),
    OrdersPostgres.layer(cooperativePage),
    PageConfigsPostgres.layer,
    CataloguePostgres.layer(cooperativePage),
    IdentitiesPostgres.layer(cooperativePage),
    EventsPostgres.layer,
    InboxPostgres.layer,
    DifferencesPostgres.layer,
    ReadinessPostgres.layer,
    payUrl === undefined ? keys : Layer.provide(keys, pool(config, payUrl, 2))
  ).pipe(
    Layer.provideMerge(CalendarEntriesPostgres.layer(cooperativePage)),
    Layer.provide(shared),
    Layer.provide(Ids.layer)
  )
}

/**
 * Brings the schema up to date; safe when several processes start at once. Returns the names of the files it
 * applied. A failure is a defect: without its schema the service is nothing.
 */
export const migrate = ({ url }: Pick<PostgresConfig, "url">): Effect.Effect<ReadonlyArray<string>> =>
  bringUpToDate.pipe(
    Effect.provide(PgClient.layer({ url, maxConnections: 1, applicationName: "rose-ash-cart migrate" })),
    Effect.orDie
  )
