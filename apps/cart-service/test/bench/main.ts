// `npm run bench`: this service beside the floor, in turn, on this machine. Words go to standard error.
import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { memoryOf } from "./cpu.ts"
import { Line } from "./Line.ts"
import type { System } from "./load.ts"
import { everybody, type Operation, operations, page } from "./operations.ts"
import { compare, type Pace, type Row } from "./rounds.ts"
import { person } from "./seed.ts"
import { World } from "./world.ts"

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    only: { type: "string" }
  }
})
const root = fileURLToPath(new URL("../../../..", import.meta.url))
const people = 10_000
/** Of people of their own, whose carts nobody looks at. */
const trials = 5
const connections = [1, 16, 64]
const pace: Pace = values.quick
  ? { rounds: 3, slice: 1000, warm: 500 }
  : { rounds: 7, slice: 3000, warm: 3000 }
const say = (words: string): void => console.error(words)
const chosen = operations.filter(({ name }) => values.only === undefined || name === values.only)
if (chosen.length === 0) throw new Error(`There are ${operations.map(({ name }) => name).join(", ")}.`)

/** As the container does. What is built already is not built again. */
const build = (): void => {
  const args = ["run", "build", "--only", "--filter=@rose-ash/cart-service...", "--output-logs=errors-only"]
  execFileSync(process.execPath, ["toolchain.mjs", "turbo", ...args], { cwd: root, stdio: "pipe" })
}

/** The statements of one operation: the fewest of some times, for workers send theirs in between. */
const sent = (world: World) =>
  world.listening(async (system, proxy) => {
    const found: Record<string, ReadonlyArray<string>> = {}
    for (const operation of chosen) {
      const line = new Line(system.port)
      for (let n = 1; n <= trials; n++) {
        proxy.reset()
        await operation.act(person(people + n))(line, system)
        const before = found[operation.name]
        if (before === undefined || proxy.executed.length < before.length)
          found[operation.name] = [...proxy.executed]
      }
      line.close()
    }
    return found
  })

/** The page of each cart that the seed makes, by the quantity of its first line. */
const pagesOf = async (service: System): Promise<Record<string, string>> => {
  const line = new Line(service.port)
  const found: Record<string, string> = {}
  for (const n of [1, 2, 3]) found[1 + (n % 3)] = (await page.act(person(n))(line, service)).body.toString()
  line.close()
  return found
}

/** Both have to give the same bytes, or nothing is compared. One after the other: both may write. */
const mustAgree = async ({ act, name }: Operation, one: System, other: System): Promise<void> => {
  const [left, right] = [new Line(one.port), new Line(other.port)]
  for (let n = 1; n <= 20; n++) {
    const [ours, theirs] = [await act(person(n))(left, one), await act(person(n))(right, other)]
    if (!ours.body.equals(theirs.body))
      throw new Error(
        `${name}: the floor answers otherwise:\n${ours.body.toString()}\n${theirs.body.toString()}`
      )
  }
  left.close()
  right.close()
}

const columns = [
  "operation",
  "system",
  "connections",
  "rps",
  "p50_ms",
  "p99_ms",
  "appCpu_ms",
  "dbCpu_ms",
  "statements",
  "ratio"
] as const
const told = (row: Row): string =>
  values.json
    ? JSON.stringify(row)
    : columns
        .map((name, n) => (n < 2 ? String(row[name]).padEnd(10) : String(row[name]).padStart(11)))
        .join(" ")

build()
const world = await World.open(people + trials)
try {
  const statements = await sent(world)
  const service = await world.service()
  const systems = [service, await world.floor({ statements, pages: await pagesOf(service) })] as const
  if (!values.json)
    console.log(columns.map((name, n) => (n < 2 ? name.padEnd(10) : name.padStart(11))).join(" "))
  for (const operation of chosen) {
    await mustAgree(operation, ...systems)
    for (const many of connections) {
      const act = everybody(operation, people)
      const comparing = {
        operation: operation.name,
        systems,
        act,
        statements: statements[operation.name]?.length ?? 0
      }
      for (const row of await compare(comparing, many, pace)) console.log(told(row))
    }
  }
  for (const { name, pid } of systems) say(`memory after it: ${name} ${memoryOf(pid).toFixed(0)} MiB`)
} finally {
  await world[Symbol.asyncDispose]()
}
process.exit()
