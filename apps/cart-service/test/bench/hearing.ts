// What the service says to its database and answers for each operation, heard before anything is measured.
import type { PgProxy } from "../../../../packages/adapters-postgres/test/PgProxy.ts"
import { Line } from "./Line.ts"
import type { System } from "./load.ts"
import type { Operation } from "./Operation.ts"
import { inCommon, Recorder, type Scripts, scripts } from "./recording.ts"
import { kinds, person } from "./seed.ts"
import type { World } from "./world.ts"

/** Long enough for each worker to have looked at its work twice. */
const idleMillis = 3000
const lookMillis = 4000
/** People of an operation who try it, and more of them to hold the two sides against each other. */
export const trials = 18
export const agreeing = 3

/** What the same person must have done before, unless the operation begins with it. */
const before = ({ prepare, requests }: Operation, n: number) =>
  requests.includes("place") ? undefined : prepare?.(person(n))

/**
 * Whether nothing else happened meanwhile. Where a worker was faster than who came back, two things happened
 * at once, and no script tells that.
 */
const isAlone = ({ back }: Scripts): boolean => back === undefined || back.reads
const count = (of: Scripts, names: ReadonlyArray<string> = Object.keys(of)): number =>
  names.reduce((sum, name) => sum + (of[name]?.said.length ?? 0), 0)

/** Several people do it: the fewest statements of all who did it alone with such a cart. */
const heardOfOne = async (
  system: System,
  proxy: PgProxy,
  { from, idle, operation }: Tried
): Promise<Heard> => {
  const waits = operation.requests.includes("hook")
  const all = []
  let told: ReadonlyArray<{ readonly n: number; readonly scripts: Scripts }> = []
  const kindsOf = () =>
    Array.from({ length: kinds }, (_, kind) => told.find(({ n }) => n % kinds === kind)?.scripts)
  for (let n = from + 1; n <= from + trials; n++) {
    const line = new Recorder(system, proxy, idle)
    await before(operation, n)?.(line, system)
    await operation.act(person(n))(line, system)
    line.close()
    all.push({ n, heard: line.heard })
    // What a provider's call wakes is looked at by a worker, whom the next one must not hear.
    if (waits) await new Promise((resolve) => setTimeout(resolve, lookMillis))
    const constant = inCommon(all.map(({ heard }) => heard))
    told = all
      .map(({ heard, n }) => ({ n, scripts: scripts(heard, { n, port: system.port, constant }) }))
      .filter((one) => isAlone(one.scripts))
      .toSorted((a, b) => count(a.scripts) - count(b.scripts))
    if (waits && n >= from + kinds && kindsOf().every((one) => one !== undefined)) break
  }
  const found = kindsOf().flatMap((one) => (one === undefined ? [] : [one]))
  if (found.length < kinds) throw new Error(`${operation.name}: nobody was heard alone: try again`)
  return { kinds: found, statements: count(told[0]?.scripts ?? {}, operation.requests) }
}
interface Tried {
  readonly operation: Operation
  /** The person before the first who tries it. */
  readonly from: number
  readonly idle: ReadonlySet<string>
}

/** What was heard of an operation, by kind of cart; and how many statements it takes. */
export interface Heard {
  readonly kinds: ReadonlyArray<Scripts>
  readonly statements: number
}

/** With a service of its own behind a proxy, and without what idle workers say by themselves. */
export const heardOf = (
  world: World,
  operations: ReadonlyArray<Omit<Tried, "idle">>
): Promise<ReadonlyArray<Heard>> =>
  world.listening(async (system, proxy) => {
    await new Promise((resolve) => setTimeout(resolve, idleMillis))
    const idle = new Set(proxy.executed.filter((text) => !/^(BEGIN|COMMIT|ROLLBACK)/.test(text)))
    const found = new Map<string, Heard>()
    // Whoever settles is heard first: orders that wait are looked after, and that would be heard as well.
    const first = (operation: Operation): number => Number(!operation.requests.includes("hook"))
    for (const of of operations.toSorted((a, b) => first(a.operation) - first(b.operation))) {
      const { name, requests } = of.operation
      // Who has heard somebody order and settle has heard a checkout.
      const settled = requests.includes("hook") ? found.get("settle") : undefined
      const heard = settled ?? (await heardOfOne(system, proxy, { ...of, idle }))
      const [kind = {}] = heard.kinds
      found.set(name, settled === undefined ? heard : { ...heard, statements: count(kind, requests) })
    }
    return operations.map(({ operation }) => found.get(operation.name) ?? { kinds: [], statements: 0 })
  })

/** What may differ between two answers that say the same: names, times, and where it is said. */
const plain = (text: string): string =>
  text
    .replaceAll(/localhost:\d+|RA-\w{4}-\w{4}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "…")
    .replaceAll(/\d{1,2} \w{3} \d{4},? \d\d:\d\d|\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.]+Z/g, "…")

/** Both have to answer the same, or nothing is compared. */
export const mustAgree = async (
  operation: Operation,
  from: number,
  [one, other]: readonly [System, System]
): Promise<void> => {
  const { act, name } = operation
  const most = operation.requests.includes("hook") ? 1 : agreeing
  for (let n = from + 1; n <= from + most; n++) {
    // New ones each time: what is not used for some seconds is closed by the other side.
    const [left, right] = [new Line(one.port), new Line(other.port)]
    await before(operation, n)?.(left, one)
    await before(operation, n)?.(right, other)
    const [ours, theirs] = [await act(person(n))(left, one), await act(person(n))(right, other)]
    const [a, b] = [ours, theirs].map(({ body, status }) => plain(`${status} ${body.toString()}`))
    if (a !== b) throw new Error(`${name}: the floor answers otherwise:\n${a}\n${b}`)
    left.close()
    right.close()
  }
}

/** So many people do what comes before, some at once. */
export const prepared = async (
  { prepare }: Operation,
  system: System,
  of: { readonly from: number; readonly people: number }
): Promise<void> => {
  if (prepare === undefined) return
  let n = of.from
  const one = async () => {
    const line = new Line(system.port)
    while (n < of.from + of.people) {
      n += 1
      await prepare(person(n))(line, system)
    }
    line.close()
  }
  await Promise.all(Array.from({ length: 8 }, one))
}
