// `npm test`: types, style, Effect diagnostics, unused code, house rules, packages, then every test.
// `npm test -- packages/domain` gives its arguments to vitest and runs nothing else.
// `npm run check` leaves the tests out.
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { command } from "./run/command.ts"
import type { Count } from "./run/report.ts"
import { vitest } from "./run/vitest.ts"

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "")
const args = process.argv.slice(2)
const minutesMax = 10
const start = performance.now()
// The tests start the service some hundred times: it need not be compiled each time.
const { NODE_COMPILE_CACHE = join(root, "node_modules", ".cache", "compiled") } = process.env
Object.assign(process.env, { NODE_COMPILE_CACHE })
const remaining = () => Math.max(1000, minutesMax * 60_000 - (performance.now() - start))

type Check = readonly [name: string, line: string]
/** Each is one item of the count. */
const checks: readonly [Check, ...ReadonlyArray<Check>] = [
  ["types", "tsc -b"],
  ["style", "biome ci --error-on-warnings ."],
  // All sources as one project: what each package's `lint` says of it, in a fifth of the time.
  ["effect", "effect-tsgo diagnostics --project tsconfig.effect.json --format text --strict"],
  ["unused", "knip"],
  ["house", "node scripts/house.ts"],
  ["packages", "turbo run build pack:check --output-logs=errors-only"]
]

const timed = (name: string, seconds: number, verdict: string) =>
  console.log(`${name.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s  ${verdict}`)

const runCheck = async ([name, line]: Check): Promise<Count> => {
  const { code, output, seconds } = await command(line.split(" "), {
    cwd: root,
    timeout: remaining(),
    quiet: true
  })
  if (code === 0) {
    timed(name, seconds, "passed")
    return { passed: 1, failed: 0, problems: [] }
  }
  console.log(output.trim())
  timed(name, seconds, `failed: ${line}`)
  return { passed: 0, failed: 1, problems: [`${name}: ${line}`] }
}

const runTests = async (): Promise<Count> => {
  const before = performance.now()
  const count = await vitest({ root, args, timeout: remaining() })
  const verdict = `${count.passed} passed, ${count.failed} failed`
  timed("tests", (performance.now() - before) / 1000, verdict)
  return count
}

const onlyChecks = args[0] === "--checks"
const onlyTests = args.length > 0 && !onlyChecks
const counts: Array<Count> = []
if (!onlyTests) {
  // What the others may read is written by the first; they write nothing that another reads.
  const [types, ...others] = checks
  counts.push(await runCheck(types), ...(await Promise.all(others.map(runCheck))))
}
if (!onlyChecks) counts.push(await runTests())

const sum = (of: "passed" | "failed") => counts.reduce((total, count) => total + count[of], 0)
const part = onlyChecks ? "checks: " : onlyTests ? "narrowed: " : ""
for (const problem of counts.flatMap(({ problems }) => problems)) console.log(`- ${problem}`)
console.log(`${((performance.now() - start) / 1000).toFixed(0)} s in all`)
console.log(`${part}${sum("passed")} passed, ${sum("failed")} failed`)
process.exitCode = sum("failed") > 0 ? 1 : 0
