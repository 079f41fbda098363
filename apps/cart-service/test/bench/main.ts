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
    only: { type: "string" },
    orders: { type: "string", default: "0" }
  }
})
const root = fileURLToPath(new URL("../../../..", import.meta.url))
/** Each operation has people of its own, and some more to try it. */
const people = 10_000
const trials = 5
const pastOrders = Number(values.orders)
if (!Number.isSafeInteger(pastOrders) || pastOrders < 0) throw new Error("--orders is a whole number.")
/** Long enough for each worker to have looked at its work twice. */
const idleMillis = 3000
const connections = [1, 16, 64]
const pace: Pace = values.quick
  ? { rounds: 3, slice: 1000, warm: 500 }
  : { rounds: 7, slice: 3000, warm: 3000 }
const say = (words: string): void => console.error(words)
/** What needs much to be there first is measured when it is named. */
const chosen = operations.filter(({ name, seed }) =>
  values.only === undefined ? seed === undefined : name === values.only
)
if (chosen.length === 0) throw new Error(`There are ${operations.map(({ name }) => name).join(", ")}.`)

/** Those of an operation come after this one. */
const before = ({ name }: Operation): number =>
  chosen.findIndex((one) => one.name === name) * (people + trials)

const peopleOf = (operation: Operation): number => operation.people ?? people

/** What some operations need to be there. */
const furniture = chosen.flatMap(
  (one) => one.seed?.(before(one) + 1, before(one) + peopleOf(one) + trials) ?? []
)

/** As the container does. What is built already is not built again. */
const build = (): void => {
  const args = ["run", "build", "--only", "--filter=@rose-ash/cart-service", "--output-logs=errors-only"]
  execFileSync(process.execPath, ["toolchain.mjs", "turbo", ...args], { cwd: root, stdio: "pipe" })
}

/**
 * The statements of one operation: the fewest of some times, and none that workers send by themselves while
 * nobody asks for anything.
 */
const sent = (world: World) =>
  world.listening(async (system, proxy) => {
    await new Promise((resolve) => setTimeout(resolve, idleMillis))
    const idle = new Set(proxy.executed.filter((text) => !/^(BEGIN|COMMIT|ROLLBACK)/.test(text)))
    const found: Record<string, ReadonlyArray<string>> = {}
    for (const operation of chosen) {
      const line = new Line(system.port)
      for (let n = 1; n <= trials; n++) {
        proxy.reset()
        await operation.act(person(before(operation) + peopleOf(operation) + n))(line, system)
        const fewest = found[operation.name]
        const texts = proxy.executed.filter((text) => !idle.has(text))
        if (fewest === undefined || texts.length < fewest.length) found[operation.name] = texts
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
const mustAgree = async (operation: Operation, one: System, other: System): Promise<void> => {
  const { act, name } = operation
  const [left, right] = [new Line(one.port), new Line(other.port)]
  for (let n = 1; n <= 20; n++) {
    const who = act(person(before(operation) + n))
    const [ours, theirs] = [await who(left, one), await who(right, other)]
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
const world = await World.open(chosen.length * (people + trials), pastOrders, furniture)
try {
  const statements = await sent(world)
  const service = await world.service()
  const floor = await world.floor({ statements, pages: await pagesOf(service) })
  if (!values.json)
    console.log(columns.map((name, n) => (n < 2 ? name.padEnd(10) : name.padStart(11))).join(" "))
  for (const operation of chosen) {
    const systems = operation.hasFloor ? [service, floor] : [service]
    if (operation.hasFloor) await mustAgree(operation, service, floor)
    const act = everybody(operation, before(operation), peopleOf(operation))
    for (const many of connections) {
      const comparing = {
        operation: operation.name,
        systems,
        act,
        statements: statements[operation.name]?.length ?? 0
      }
      for (const row of await compare(comparing, many, pace)) console.log(told(row))
    }
  }
  for (const { name, pid } of [service, floor])
    say(`memory after it: ${name} ${memoryOf(pid).toFixed(0)} MiB`)
} finally {
  await world[Symbol.asyncDispose]()
}
process.exit()
