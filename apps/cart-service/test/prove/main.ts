// `npm run prove`: the rigs, each ending with one line of JSON. Words and progress go to standard error.
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { Effect } from "effect"
import { proveChaos } from "./chaos.ts"
import { proveCrash } from "./crash.ts"
import { isGuard, without } from "./guards.ts"
import { proveHostile } from "./hostile/hostile.ts"
import { written } from "./line.ts"
import { proveMoney, proveMoneyInMemory } from "./money.ts"
import { compare, page, read, table } from "./report.ts"
import { proveLiveness, proveSafety } from "./sim.ts"
import { simGuards } from "./simTwins.ts"
import { proveWebhooks } from "./webhooks.ts"

const say = (words: string): void => console.error(words)
const fail = (words: string): never => {
  say(words)
  process.exit(2)
}

const { positionals, values: given } = parseArgs({
  allowPositionals: true,
  options: {
    compare: { type: "boolean", default: false },
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    replay: { type: "string" },
    runs: { type: "string" },
    seed: { type: "string", default: "0x5eed" },
    table: { type: "boolean", default: false },
    without: { type: "string" }
  }
})
/** `--replay 'sim.safety seed=0x5eed runs=3000'`: what a failed run printed, once more. */
const replayed = (line: string) => {
  const [only, ...rest] = line.trim().split(/\s+/)
  return { only, ...Object.fromEntries(rest.map((pair) => pair.split("=", 2))) }
}
const values = given.replay === undefined ? given : { ...given, ...replayed(given.replay) }
const kept = fileURLToPath(new URL("../../../../reports/proof.jsonl", import.meta.url))
if (given.table) {
  console.log(table(read(kept)))
  process.exit()
}
if (given.compare) {
  const [old, now] = positionals.map(read)
  if (old === undefined || now === undefined) fail("--compare OLD NEW: two files of lines.")
  const { rows, worse } = compare(old ?? [], now ?? [])
  for (const row of rows) console.log(row)
  for (const one of worse) console.log(`WORSE ${one}`)
  process.exit(worse.length === 0 ? 0 : 1)
}
const rigs = {
  "sim.safety": { run: proveSafety, runs: 100_000, quick: 3000, pg: null, guards: simGuards },
  "sim.liveness": { run: proveLiveness, runs: 100_000, quick: 3000, pg: null, guards: simGuards },
  money: { run: proveMoney, runs: 2000, quick: 100, pg: "18", guards: Object.keys(without) },
  "money-in-memory": {
    run: proveMoneyInMemory,
    runs: 10_000,
    quick: 2000,
    pg: null,
    guards: Object.keys(without)
  },
  chaos: { run: proveChaos, runs: 200, quick: 100, pg: "18", guards: [] },
  crash: { run: proveCrash, runs: 1500, quick: 30, pg: "18", guards: [] },
  hostile: { run: proveHostile, runs: 100_000, quick: 3000, pg: "18", guards: [] },
  webhooks: { run: proveWebhooks, runs: 100_000, quick: 3000, pg: "18", guards: [] }
} as const
const isRig = (name: string): name is keyof typeof rigs => Object.hasOwn(rigs, name)
const known = Object.keys(rigs).join(", ")
/** A name, or what stands before its dot: that means all of these. */
const { only } = values
const named = Object.keys(rigs).filter((name) => (only ?? name) === name || only === name.split(".")[0])
if (named.length === 0) fail(`There is no rig "${only}": there are ${known}.`)
const guard = values.without ?? null
for (const name of named) {
  const guards: ReadonlyArray<string> = isRig(name) ? rigs[name].guards : []
  if (guard !== null && !guards.includes(guard))
    fail(`The rig ${name} has no guard "${guard}" to take away, but ${guards.join(", ") || "none"}.`)
}

for (const name of named) {
  if (isRig(name)) {
    const rig = rigs[name]
    const [runs, seed] = [Number(values.runs ?? (values.quick ? rig.quick : rig.runs)), Number(values.seed)]
    if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed))
      fail("--runs and --seed are whole numbers.")
    const start = performance.now()
    const removed = guard !== null && isGuard(guard) ? guard : null
    const told = await Effect.runPromise(rig.run({ runs, seed, guard: removed, say }))
    const ms = Math.round(performance.now() - start)
    const line = written(
      { rig: removed === null ? name : `${name}.without-${removed}`, runs, seed, ms, pg: rig.pg },
      told
    )
    console.log(JSON.stringify(line))
    if (!line.ok) {
      process.exitCode = 1
      const lacking = removed === null ? "" : ` without=${removed}`
      say(`again: npm run prove -- --replay '${name} seed=${line.seed} runs=${runs}${lacking}'`)
    }
  }
}
writeFileSync(kept.replace(/jsonl$/, "md"), page(read(kept)))
process.exit()
