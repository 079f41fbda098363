// `npm run prove`: the rigs, each ending with one line of JSON. Words and progress go to standard error.
import { parseArgs } from "node:util"
import { Effect } from "effect"
import { isGuard } from "./guards.ts"
import { proveHostile } from "./hostile/hostile.ts"
import { written } from "./line.ts"
import { proveMoney } from "./money.ts"
import { proveLiveness, proveSafety } from "./sim.ts"
import { proveWebhooks } from "./webhooks.ts"

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    runs: { type: "string" },
    seed: { type: "string", default: "0x5eed" },
    without: { type: "string" }
  }
})
const rigs = {
  "sim.safety": { run: proveSafety, runs: 100_000, quick: 3000, pg: null },
  "sim.liveness": { run: proveLiveness, runs: 100_000, quick: 3000, pg: null },
  money: { run: proveMoney, runs: 2000, quick: 100, pg: "18" },
  hostile: { run: proveHostile, runs: 100_000, quick: 3000, pg: "18" },
  webhooks: { run: proveWebhooks, runs: 100_000, quick: 3000, pg: "18" }
} as const
const say = (words: string): void => console.error(words)
const fail = (words: string): never => {
  say(words)
  process.exit(2)
}

const isRig = (name: string): name is keyof typeof rigs => Object.hasOwn(rigs, name)
const known = Object.keys(rigs).join(", ")
/** A name, or what stands before its dot: that means all of these. */
const { only } = values
const named = Object.keys(rigs).filter((name) => (only ?? name) === name || only === name.split(".")[0])
if (named.length === 0) fail(`There is no rig "${only}": there are ${known}.`)
const guard = values.without ?? null
if (guard !== null && !isGuard(guard)) fail(`There is no guard "${guard}".`)

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
    if (!line.ok) process.exitCode = 1
  }
}
process.exit()
