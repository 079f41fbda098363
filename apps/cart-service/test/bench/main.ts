// `npm run bench`: this service beside the floor, in turn, on this machine. Words go to standard error.
import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { memoryOf } from "./cpu.ts"
import { agreeing, heardOf, mustAgree, prepared, trials } from "./hearing.ts"
import type { System } from "./load.ts"
import { everybody, type Operation } from "./Operation.ts"
import { operations } from "./operations.ts"
import { hasPgbench, pgbench } from "./pgbench.ts"
import { compare, type Pace, type Row } from "./rounds.ts"
import { judged } from "./targets.ts"
import { World } from "./world.ts"

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    only: { type: "string" },
    carts: { type: "string", default: "0" },
    orders: { type: "string", default: "0" }
  }
})
const root = fileURLToPath(new URL("../../../..", import.meta.url))
const pastOrders = Number(values.orders)
if (!Number.isSafeInteger(pastOrders) || pastOrders < 0) throw new Error("--orders is a whole number.")
const connections = [1, 16, 64]
const pace: Pace = values.quick
  ? { rounds: 3, slice: 400, warm: 200 }
  : { rounds: 7, slice: 3000, warm: 3000 }
const say = (words: string): void => console.error(words)
/** What needs much to be there first is measured when it is named. */
const chosen = operations.filter(({ name, seed }) =>
  values.only === undefined ? seed === undefined : name === values.only
)
if (chosen.length === 0) throw new Error(`There are ${operations.map(({ name }) => name).join(", ")}.`)

/** Each operation has people of its own: some who try it, some who compare, and those who do it. */
const peopleOf = ({ name, once, people }: Operation): number => {
  if (people !== undefined) return people
  if (!once) return values.quick ? 2000 : 10_000
  // pgbench orders for most of them.
  if (name === "place") return values.quick ? 15_000 : 80_000
  return values.quick ? 3000 : 15_000
}
const first = (operation: Operation): number =>
  chosen.slice(0, chosen.indexOf(operation)).reduce((sum, one) => sum + peopleOf(one) + trials + agreeing, 0)
/** Everybody has two carts; more people than are needed make as many carts as were asked for. */
const everyone = Math.max(
  chosen.reduce((sum, one) => sum + peopleOf(one) + trials + agreeing, 0),
  Math.ceil(Number(values.carts) / 2)
)
/** What some operations need to be there. */
const furniture = chosen.flatMap(
  (one) => one.seed?.(first(one) + 1, first(one) + peopleOf(one) + trials + agreeing) ?? []
)

/** As the container does. What is built already is not built again. */
const build = (): void => {
  const args = ["run", "build", "--only", "--filter=@rose-ash/cart-service", "--output-logs=errors-only"]
  execFileSync(process.execPath, ["toolchain.mjs", "turbo", ...args], { cwd: root, stdio: "pipe" })
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
const world = await World.open(everyone, pastOrders, furniture)
try {
  const [floorUrl, pgbenchUrl] = [await world.copy("floor"), await world.copy("pgbench")]
  const heard = await heardOf(
    world,
    chosen.map((operation) => ({ operation, from: first(operation) }))
  )
  const service = await world.service()
  const operationsHeard = chosen.map((operation, n) => ({
    last: first(operation) + peopleOf(operation) + trials + agreeing,
    kinds: heard[n]?.kinds ?? []
  }))
  const floor = await world.floor(operationsHeard, floorUrl, [service.pid])
  const placing = heard[chosen.findIndex(({ name }) => name === "place")]
  const bench =
    placing !== undefined && (await hasPgbench())
      ? await pgbench(pgbenchUrl, { scripts: placing.kinds, requests: ["review", "place"] })
      : null
  if (bench === null) say("pgbench is not measured: it is not installed, or nobody orders")
  if (!values.json)
    console.log(columns.map((name, n) => (n < 2 ? name.padEnd(10) : name.padStart(11))).join(" "))
  const rows: Array<Row> = []
  for (const operation of chosen) {
    const start = first(operation) + trials
    const ahead = operation.ahead?.(values.quick) ?? 0
    const two: readonly [System, System] = [service, floor]
    if (operation.hasFloor) await mustAgree(operation, start, two)
    for (const system of operation.hasFloor ? two : [service])
      await prepared(operation, system, { from: start + agreeing, people: ahead })
    const act = everybody(operation, start + agreeing + ahead, peopleOf(operation) - ahead)
    const beside: ReadonlyArray<System> =
      operation.name === "place" && bench !== null
        ? [{ name: "pgbench", port: 0, pid: 0, still: [service.pid], slice: bench.slice(start) }]
        : []
    const systems = operation.hasFloor ? [service, ...beside, floor] : [service]
    const comparing = {
      operation: operation.name,
      systems,
      act,
      statements: heard[chosen.indexOf(operation)]?.statements ?? 0
    }
    for (const many of connections)
      for (const row of await compare(comparing, many, pace)) {
        rows.push(row)
        console.log(told(row))
      }
  }
  bench?.close()
  for (const words of judged(rows)) (values.json ? say : console.log)(words)
  for (const { name, pid } of [service, floor])
    say(`memory after it: ${name} ${memoryOf(pid).toFixed(0)} MiB`)
} finally {
  await world[Symbol.asyncDispose]()
}
process.exit()
