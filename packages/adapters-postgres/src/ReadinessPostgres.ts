import { type Backlog, Readiness } from "@rose-ash/cart-domain/health/Readiness"
import { Effect, Layer, Predicate } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { unapplied } from "./migrations.ts"
import { Tx } from "./Tx.ts"

/** What siblings offer, as they know it, and who has to. */
const views = [
  ["market_api.item", "market"],
  ["events_api.entry", "events"],
  ["auth_api.active_session", "auth"],
  ["blog_api.page_editor", "blog"]
] as const
const functions = [
  "events_api.claim(uuid, text[], text, bytea[], timestamptz)",
  "events_api.paid(uuid)",
  "events_api.release(uuid)",
  "events_api.reclaim(uuid)",
  "events_api.cancel(uuid)",
  "events_api.adopt(text, bytea[])",
  "events_api.give_back(text, text, bytea[])"
] as const

const missingViews = (sql: SqlClient.SqlClient) =>
  sql<{
    name: string
    here: boolean
    allowed: boolean
  }>`SELECT v.name, to_regclass(v.name) IS NOT NULL AS here,
      coalesce(has_table_privilege(to_regclass(v.name), 'SELECT'), false) AS allowed
    FROM unnest(${views.map(([name]) => name)}::text[]) AS v(name)`
const missingFunctions = (sql: SqlClient.SqlClient) =>
  sql<{ name: string }>`SELECT f.name FROM unnest(${functions}::text[]) AS f(name)
    WHERE to_regprocedure(f.name) IS NULL`

const looked = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const files = yield* unapplied
  const missing = files.map((name) => `the migration ${name} has not been applied: run the command "migrate"`)
  for (const { allowed, here, name } of yield* missingViews(sql)) {
    const owner = views.find(([view]) => view === name)?.[1] ?? "sibling"
    if (!here) missing.push(`the ${owner} service does not offer the view ${name} in this database`)
    else if (!allowed) missing.push(`this service's role may not read ${name}`)
  }
  for (const { name } of yield* missingFunctions(sql)) {
    missing.push(`the events service does not offer the function ${name} in this database`)
  }
  return missing
})

/** Every count by an index of exactly what is left, so that it costs what waits and not what was. */
const counts = (sql: SqlClient.SqlClient) =>
  sql<Backlog>`SELECT
    (SELECT count(*)::integer FROM cart.delivery WHERE dead_at IS NULL AND due_at <= now()) AS events_due,
    (SELECT count(*)::integer FROM cart.delivery WHERE dead_at IS NOT NULL) AS events_dead,
    (SELECT count(*)::integer FROM cart.inbox WHERE dead_at IS NULL AND due_at <= now()) AS messages_due,
    (SELECT count(*)::integer FROM cart.inbox WHERE dead_at IS NOT NULL) AS messages_dead,
    (SELECT count(*)::integer FROM cart.orders WHERE due_at <= now() - interval '1 minute') AS orders_overdue,
    (SELECT count(*)::integer FROM cart.money_case WHERE answer IS NULL) AS cases_open,
    (SELECT count(*)::integer FROM cart.refund WHERE state IN ('requested', 'sent')) AS refunds_moving`
const none: Backlog = {
  events_due: 0,
  events_dead: 0,
  messages_due: 0,
  messages_dead: 0,
  orders_overdue: 0,
  cases_open: 0,
  refunds_moving: 0
}

/** Why it could not even be asked, by the first letters of the server's code. */
const reasons = [
  ["28", "the database does not accept this service's log-in"],
  ["3D", "the database that is configured does not exist on its server"],
  ["42501", "this service's role may not read the schema cart"]
] as const
const wordsFor = (defect: unknown): string => {
  const code = Predicate.hasProperty(defect, "code") ? String(defect.code) : ""
  return reasons.find(([start]) => code.startsWith(start))?.[1] ?? "the database does not answer"
}

/** Whether the database answers, has this release's schema, and has what the siblings owe. */
export const layer = Layer.effect(
  Readiness,
  Effect.map(Tx, ({ one, sql }) => {
    const look: Effect.Effect<ReadonlyArray<string>, SqlError.SqlError> = Effect.provideService(
      looked,
      SqlClient.SqlClient,
      sql
    )
    return Readiness.of({
      backlog: Effect.map(one({ name: "Readiness.backlog", idempotentBy: "read" }, counts(sql)), ([row]) => ({
        ...none,
        ...row
      })),
      missing: one({ name: "Readiness.missing", idempotentBy: "read", deadline: 1900 }, look).pipe(
        Effect.catchDefect((defect) => Effect.succeed([wordsFor(defect)]))
      )
    })
  })
)
