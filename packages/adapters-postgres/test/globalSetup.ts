import { readFileSync } from "node:fs"
import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import type { TestProject } from "vitest/node"
import { startEmbedded } from "../src/embedded.ts"
import { bringUpToDate } from "../src/migrations.ts"

declare module "vitest" {
  export interface ProvidedContext {
    /** A log-in that may create databases. */
    databaseUrl: string
    /** The name of a database with every migration and the siblings' practice copy, to be copied from. */
    databaseTemplate: string
  }
}

const siblings = readFileSync(new URL("../siblings/siblings.sql", import.meta.url), "utf8")
const applySiblings = Effect.flatMap(PgClient.PgClient, (sql) =>
  sql.unsafe(`DO $apply$ BEGIN EXECUTE $siblings$${siblings}$siblings$; END $apply$`)
)
const on = (url: string) => PgClient.layer({ url: Redacted.make(url), maxConnections: 1 })

/** The same server, another database. */
const named = (url: string, database: string): string => {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

const prepare = async (url: string, template: string): Promise<void> => {
  const create = Effect.flatMap(PgClient.PgClient, (sql) => sql.unsafe(`CREATE DATABASE ${template}`))
  await Effect.runPromise(Effect.provide(create, on(url)))
  const fill = Effect.andThen(applySiblings, bringUpToDate)
  await Effect.runPromise(Effect.provide(fill, on(named(url, template))))
}

/**
 * A server of the run's own, or the one of DATABASE_URL; in it a template that every test file's database is
 * copied from.
 */
export default async ({ provide }: TestProject) => {
  const given = process.env["DATABASE_URL"]
  const server = given === undefined ? await startEmbedded() : null
  const url = server?.url ?? given ?? ""
  const template = `cart_test_template_${process.pid}`
  await prepare(url, template)
  provide("databaseUrl", url)
  provide("databaseTemplate", template)
  return async () => {
    if (server !== null) return server[Symbol.asyncDispose]()
    const drop = Effect.flatMap(PgClient.PgClient, (sql) =>
      sql.unsafe(`DROP DATABASE ${template} WITH (FORCE)`)
    )
    await Effect.runPromise(Effect.provide(drop, on(url)))
  }
}
