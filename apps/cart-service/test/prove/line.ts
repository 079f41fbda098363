import { execFileSync } from "node:child_process"
import { appendFileSync, mkdirSync } from "node:fs"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { Schema } from "effect"

const root = fileURLToPath(new URL("../../../..", import.meta.url))
const counts = Schema.Record(Schema.String, Schema.Int)

/** How a rig tells what came of it: one line, whose names keep their meaning. */
export const Line = Schema.Struct({
  v: Schema.Literal(1),
  rig: Schema.String,
  goal: Schema.String,
  commit: Schema.String,
  dirty: Schema.Boolean,
  seed: Schema.String.check(Schema.isPattern(/^0x[0-9a-f]+$/)),
  runs: Schema.Int,
  ms: Schema.Int,
  pg: Schema.NullOr(Schema.String),
  cores: Schema.Int,
  breaks: counts,
  faults: counts,
  figures: Schema.Record(Schema.String, Schema.Union([Schema.Number, Schema.String])),
  ok: Schema.Boolean,
  /** When it was written, ISO 8601. */
  at: Schema.optionalKey(Schema.String)
})
export type Line = typeof Line.Type
/** What the rig itself says; the rest is known of any. */
export type Told = Pick<Line, "goal" | "breaks" | "faults" | "figures" | "ok">

const git = (...args: ReadonlyArray<string>): string =>
  execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim()

/** Checks the line and keeps it. */
export const written = (
  of: Pick<Line, "rig" | "runs" | "ms" | "pg"> & { readonly seed: number },
  told: Told
) => {
  const line = Schema.decodeUnknownSync(Line)({
    v: 1,
    rig: of.rig,
    goal: told.goal,
    commit: git("rev-parse", "HEAD"),
    dirty: git("status", "--porcelain") !== "",
    seed: `0x${of.seed.toString(16)}`,
    runs: of.runs,
    ms: of.ms,
    pg: of.pg,
    cores: availableParallelism(),
    breaks: told.breaks,
    faults: told.faults,
    figures: told.figures,
    ok: told.ok,
    at: new Date().toISOString()
  })
  mkdirSync(`${root}/reports`, { recursive: true })
  appendFileSync(`${root}/reports/proof.jsonl`, `${JSON.stringify(line)}\n`)
  return line
}
