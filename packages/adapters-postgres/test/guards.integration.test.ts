import { readFileSync } from "node:fs"
import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Cause, Effect, Exit, Layer } from "effect"
import { vi } from "vitest"
import { constraintOf, sqlErrorIn, sqlState } from "../src/sqlErrors.ts"
import { client, freshDatabase } from "./database.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 30_000 })

/** A statement that raw SQL could send, and the rule of the schema that has to refuse it. */
type Attack = readonly [guard: string, sql: string]
const file = (name: string): string => readFileSync(new URL(`./sql/${name}`, import.meta.url), "utf8")
/** Statements, each below a comment that names a rule. `#a1` stands for the uuid that ends so. */
const attacksIn = (name: string): ReadonlyArray<Attack> =>
  file(name)
    .split(/^-- /mu)
    .slice(1)
    .map((block) => {
      const end = block.indexOf("\n")
      const uuid = (_: string, tail: string) => `'00000000-0000-7000-8000-${tail.padStart(12, "0")}'`
      return [block.slice(0, end), block.slice(end).replace(/#([0-9a-f]{1,4})\b/gu, uuid)]
    })
const all = attacksIn("attacks.sql")

/** Needs no attack: keys that foreign keys point at or nobody writes, and what acts instead of refusing. */
const exempt = new Set([
  "audit_pk",
  "orders_amount",
  "payment_attempt_of_order",
  "payment_credit",
  "seller_credential_of_page",
  "migration_pkey",
  "event_fan_out",
  "visitor_moves_on"
])
/** Triggers that raise under other names than their own. */
const raisedBy: Readonly<Record<string, string>> = {
  payment_attempt_order_waits: "payment_attempt_allowed",
  payment_attempt_credential: "payment_attempt_allowed"
}
const raises: Readonly<Record<string, string>> = { orders_first_move: "orders_move" }

const block = (sql: string): string =>
  `DO $attack$ BEGIN EXECUTE $statements$${sql}$statements$; END $attack$`

const world = Effect.gen(function* () {
  const context = yield* Layer.build(client(yield* freshDatabase(), { maxConnections: 1 }))
  const sql = yield* Effect.provide(PgClient.PgClient, context)
  yield* sql.unsafe(block(file("world.sql")))
  return sql
})

/** Runs it to its very end, deferred rules too, and undoes it: the name of the rule that refused, or "". */
const tried = (sql: PgClient.PgClient, before: ReadonlyArray<string>, statement: string) =>
  Effect.gen(function* () {
    const exit = yield* Effect.exit(
      sql.withTransaction(
        Effect.gen(function* () {
          for (const first of before) yield* sql.unsafe(first)
          yield* sql.unsafe(block(statement))
          yield* sql`SET CONSTRAINTS ALL IMMEDIATE`
          return yield* Effect.fail("undone" as const)
        })
      )
    )
    const error = Exit.isFailure(exit) ? sqlErrorIn(exit.cause) : undefined
    if (error === undefined) return ""
    return constraintOf(error) || `${sqlState(error)} ${Exit.isFailure(exit) ? Cause.pretty(exit.cause) : ""}`
  })

interface Guard {
  readonly name: string
  readonly drop: string
}
/** Every rule of the schema, and what removes it. */
const guardsOf = (sql: PgClient.PgClient) => sql<Guard>`
  SELECT conname AS name,
      format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname) AS drop
    FROM pg_constraint
    WHERE connamespace = 'cart'::regnamespace AND conrelid <> 0 AND contype IN ('c', 'f', 'p', 'u')
  UNION ALL SELECT conname, format('ALTER DOMAIN cart.%I DROP CONSTRAINT %I', t.typname, conname)
    FROM pg_constraint c JOIN pg_type t ON t.oid = c.contypid
    WHERE t.typnamespace = 'cart'::regnamespace AND c.contype = 'c'
  UNION ALL SELECT c.relname, format('DROP INDEX cart.%I', c.relname)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indisunique AND c.relnamespace = 'cart'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))
  UNION ALL SELECT t.tgname, format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = 'cart'::regnamespace AND t.tgname NOT LIKE '%whole'
  ORDER BY 1`

const dropsOf = (guards: ReadonlyArray<Guard>, [guard, statement]: Attack): ReadonlyArray<string> => {
  if (statement.trim().startsWith("TRUNCATE")) {
    const table = /cart\.([a-z_]+)/u.exec(statement)?.[1] ?? ""
    return [`DROP TRIGGER ${table}_whole ON cart.${table}`]
  }
  const name = raisedBy[guard] ?? guard
  return guards.filter((known) => known.name === name).map(({ drop }) => drop)
}

it.live("every attack is refused by the rule it names", () =>
  Effect.gen(function* () {
    const sql = yield* world
    const wrong: Array<readonly [string, string]> = []
    for (const [guard, statement] of all) {
      const refused = yield* tried(sql, [], statement)
      if (refused !== (raises[guard] ?? guard)) wrong.push([statement, refused])
    }
    assert.deepStrictEqual(wrong, [])
  }).pipe(Effect.scoped)
)
it.live("with its rule removed, no attack is refused by that rule: each rule is the one that holds", () =>
  Effect.gen(function* () {
    const sql = yield* world
    const guards = yield* guardsOf(sql)
    for (const attack of all) {
      const [guard, statement] = attack
      const drops = dropsOf(guards, attack)
      assert.isAbove(drops.length, 0, `nothing to remove for ${guard}`)
      const refused = yield* tried(sql, drops, statement)
      assert.notStrictEqual(refused, raises[guard] ?? guard, statement)
      assert.notMatch(refused, /^42|^0A/u, `${statement}: ${drops.join("; ")}`)
    }
  }).pipe(Effect.scoped)
)
it.live("no rule of the schema is without an attack", () =>
  Effect.gen(function* () {
    const sql = yield* world
    const attacked = new Set(all.flatMap(([guard]) => [guard, raisedBy[guard] ?? guard]))
    const guards = yield* guardsOf(sql)
    const unattacked = guards.filter(({ name }) => !attacked.has(name) && !exempt.has(name))
    assert.deepStrictEqual(
      unattacked.map(({ name }) => name),
      []
    )
    assert.isAbove(guards.length, 90)
  }).pipe(Effect.scoped)
)
it.live("what is right is not refused", () =>
  Effect.gen(function* () {
    const sql = yield* world
    const right = attacksIn("allowed.sql")
    assert.isAbove(right.length, 5)
    for (const [, statement] of right) assert.strictEqual(yield* tried(sql, [], statement), "", statement)
  }).pipe(Effect.scoped)
)
