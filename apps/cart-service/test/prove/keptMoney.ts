import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import type { Book } from "./Books.ts"
import { ours } from "./booksPostgres.ts"

/** Every payment that came by the provider, and what went back of it, in the database of this address. */
export const keptMoney = (url: string): Promise<Book> =>
  Effect.runPromise(
    Effect.provide(ours, PgClient.layer({ url: Redacted.make(url), maxConnections: 1 })).pipe(Effect.orDie)
  )
