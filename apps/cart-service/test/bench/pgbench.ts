import { execFile } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { at, type Load, type Slice } from "./load.ts"
import type { Said, Scripts } from "./recording.ts"
import { kinds } from "./seed.ts"
import { connections } from "./settings.ts"
import { slotOf, type Template } from "./template.ts"

const run = promisify(execFile)

/** Whether it is there. It is PostgreSQL's own, and not everybody has it. */
export const hasPgbench = (): Promise<boolean> =>
  run("pgbench", ["--version"]).then(
    () => true,
    () => false
  )

/** Text as SQL that pgbench leaves alone: it takes a colon and what follows for a variable of its own. */
const literal = (text: string): string =>
  `'${text.replaceAll("'", "''").replaceAll(/:(?=\w)/g, "' || chr(58) || '")}'`
const expression = (template: Template): string =>
  template
    .flatMap((piece, index) => (index % 2 === 1 ? slotOf(piece).sql : piece === "" ? [] : literal(piece)))
    .join(" || ") || "''"

const writtenOut = (param: Said["params"][number]): string =>
  param === null ? "NULL" : typeof param === "number" ? String(param) : expression(param)

/** The types that the server gives each statement's parameters. */
const typed = (url: string, said: ReadonlyArray<Said>) =>
  Effect.flatMap(PgClient.PgClient, (sql) =>
    Effect.forEach(said, ({ text }, n) =>
      Effect.andThen(
        sql.unsafe(`PREPARE said_${n} AS ${text}`),
        sql.unsafe<{ types: ReadonlyArray<string> }>(
          `SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'said_${n}'`
        )
      )
    )
  ).pipe(Effect.provide(PgClient.layer({ url: Redacted.make(url), maxConnections: 1 })), Effect.runPromise)

/** The same statements with their parameters written out, for person `:n`. */
const written = async (url: string, said: ReadonlyArray<Said>): Promise<string> => {
  const types = await typed(url, said)
  const statements = said.map(({ params, text }, index) => {
    const of = types[index]?.[0]?.types ?? []
    const known = params.map((param, k) => `(${writtenOut(param)})::${of[k]}`)
    return `${text.replaceAll(/\$(\d+)/g, (_, k) => known[Number(k) - 1] ?? "")};`
  })
  return statements.join("\n")
}

/** People are taken for so many orders a second: more than two processors have done. */
const perSecondMost = 700
/** Its connections are new in each slice, and learn the schema and plan first: seconds that do not count. */
const learning = 1.4

/** pgbench sending the statements of these requests, each time for the next person of each kind of cart. */
export const pgbench = async (
  url: string,
  of: { readonly scripts: ReadonlyArray<Scripts>; readonly requests: ReadonlyArray<string> }
) => {
  const folder = mkdtempSync(join(tmpdir(), "cart-pgbench-"))
  const files = await Promise.all(
    of.scripts.map(async (scripts, kind) => {
      const file = join(folder, `${kind}.sql`)
      const said = of.requests.flatMap((request) => scripts[request]?.said ?? [])
      const next = `\\set i${kind} :i${kind} + 1\n\\set n :base + ${kinds} * (:client_id * :each + :i${kind}) + ${kind}\n`
      writeFileSync(file, `${next}${await written(url, said)}\n`)
      return file
    })
  )
  /** Each slice takes people of its own, from the person after `from` on. */
  const slice = (from: number) => {
    let base = Math.ceil(from / kinds) * kinds
    return async (load: Load): Promise<Slice> => {
      // As many as the service has: more would be another thing than the same statements.
      const clients = Math.min(load.connections, connections)
      const seconds = Math.ceil(learning + load.millis / 1000)
      const each = Math.ceil((seconds * perSecondMost) / kinds / clients)
      const of = { base, each }
      base += kinds * each * clients
      return measured(clients, seconds, of)
    }
  }
  const measured = async (
    clients: number,
    seconds: number,
    of: { readonly base: number; readonly each: number }
  ): Promise<Slice> => {
    for (const name of readdirSync(folder)) if (name.startsWith("log")) rmSync(join(folder, name))
    const variables = Object.entries({ ...of, i0: 0, i1: 0, i2: 0 })
    await run(
      "pgbench",
      [
        ...["-n", "-M", "prepared", "-l", "--log-prefix", join(folder, "log")],
        ...["-c", String(clients), "-j", String(Math.min(2, clients)), "-T", String(seconds)],
        ...variables.flatMap(([name, value]) => ["-D", `${name}=${value}`]),
        ...files.flatMap((file) => ["-f", file]),
        url
      ],
      { maxBuffer: 10_000_000 }
    )
    const logs = readdirSync(folder).filter((name) => name.startsWith("log"))
    // Each line: client, transaction, microseconds, script, and when it ended, in seconds and microseconds.
    const all = logs.flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"))
    const ended = all.map((line) => line.split(" ").map(Number))
    const start = Math.min(...ended.map(([, , took = 0, , at = 0, micros = 0]) => at + (micros - took) / 1e6))
    const seen = ended.filter(([, , , , at = 0, micros = 0]) => at + micros / 1e6 > start + learning)
    const sorted = Float64Array.from(seen.map(([, , took = 0]) => took / 1000)).sort()
    const rps = sorted.length / (seconds - learning)
    // Its processes are gone by now: nobody knows what they used.
    const unknown = Number.NaN
    return { rps, p50: at(sorted, 0.5), p99: at(sorted, 0.99), appCpu: unknown, dbCpu: unknown }
  }
  return { slice, close: () => rmSync(folder, { recursive: true, force: true }) }
}
