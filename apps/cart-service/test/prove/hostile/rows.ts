import { PgClient } from "@effect/sql-pg"
import { Effect } from "effect"

interface Table {
  readonly name: string
  readonly digest: string
}
const allTables = `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%' ORDER BY 1`
/** A row that is written has another transaction's number; one that is gone is missing. */
const digestOf = (name: string) =>
  `SELECT '${name}' AS name, count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) AS digest FROM ${name}`

/** Looks at what is stored, without any of the service's code. */
export const rowsOf = Effect.gen(function* () {
  const sql = yield* PgClient.PgClient
  const ask = <A extends object>(statement: string): Promise<ReadonlyArray<A>> =>
    Effect.runPromise(sql.unsafe<A>(statement))
  const tables = yield* sql.unsafe<{ name: string }>(allTables)
  const digests = tables.map(({ name }) => digestOf(name)).join(" UNION ALL ")
  let [writes, known] = ["", new Map<string, string>()]
  const look = async (): Promise<ReadonlyMap<string, string>> =>
    new Map((await ask<Table>(digests)).map(({ digest, name }) => [name, digest]))

  /** Which tables were written since it was last asked: whoever writes nothing takes no number. */
  const written = async (): Promise<ReadonlyArray<string>> => {
    const [now] = await ask<{ next: string }>("SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next")
    if (now?.next === writes) return []
    writes = now?.next ?? ""
    const [before, after] = [known, await look()]
    known = new Map(after)
    return [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name)
  }
  /** The tables in which one of these texts stands as it is. */
  const holding = async (texts: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
    const found = tables.map(
      ({ name }) => `SELECT '${name}' AS name WHERE EXISTS (SELECT FROM ${name} t WHERE
        strpos(t::text, ANY_TEXT) > 0)`
    )
    const each = texts.map((text) =>
      ask<{ name: string }>(
        found.join(" UNION ALL ").replaceAll("ANY_TEXT", `'${text.replaceAll("'", "''")}'`)
      )
    )
    return (await Promise.all(each)).flat().map(({ name }) => name)
  }
  return { ask, written, holding }
}).pipe(Effect.orDie)
export type Rows = Effect.Success<typeof rowsOf>
