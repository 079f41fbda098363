import { cpuOf, databasePids } from "./cpu.ts"
import { type Got, Line } from "./Line.ts"

/** One side of a comparison. */
export interface System {
  readonly name: string
  readonly port: number
  readonly pid: number
  /** Processes that stand still while it is loaded: what they do by themselves is theirs. */
  readonly still?: ReadonlyArray<number>
  /** How it is loaded, if not over HTTP. */
  readonly slice?: (of: Load) => Promise<Slice>
}
/** How many at once, and for how many milliseconds. */
export interface Load {
  readonly connections: number
  readonly millis: number
}

/** Does an operation once, on a connection. It throws when the answer is not the right one. */
export type Act = (line: Line, system: System) => Promise<Got>

/** What was seen in one slice of time. */
export interface Slice {
  readonly rps: number
  readonly p50: number
  readonly p99: number
  /** Milliseconds of processor an operation took, of the application and of the database. */
  readonly appCpu: number
  readonly dbCpu: number
}

/** The value that so large a share of them is not above. */
export const at = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const sum = (pids: ReadonlyArray<number>): number => pids.reduce((total, pid) => total + cpuOf(pid), 0)

const signal = (pids: ReadonlyArray<number>, name: "SIGSTOP" | "SIGCONT"): void => {
  for (const pid of pids) process.kill(pid, name)
}

/** Loads a system, while whoever should stand still does. */
export const slice = async (system: System, act: Act, of: Load): Promise<Slice> => {
  const { still = [] } = system
  signal(still, "SIGSTOP")
  try {
    return await (system.slice?.(of) ?? overHttp(system, act, of))
  } finally {
    signal(still, "SIGCONT")
  }
}

/** Over so many connections, each asking again once it is answered. */
const overHttp = async (system: System, act: Act, of: Load): Promise<Slice> => {
  const lines = Array.from({ length: of.connections }, () => new Line(system.port))
  const times: Array<number> = []
  const backends = databasePids()
  const [app, database, start] = [cpuOf(system.pid), sum(backends), performance.now()]
  const end = start + of.millis
  await Promise.all(
    lines.map(async (line) => {
      for (let now = performance.now(); now < end; ) {
        await act(line, system)
        const then = performance.now()
        times.push(then - now)
        now = then
      }
    })
  )
  const seconds = (performance.now() - start) / 1000
  const [appCpu, dbCpu] = [cpuOf(system.pid) - app, sum(backends) - database]
  for (const line of lines) line.close()
  const sorted = Float64Array.from(times).sort()
  const n = Math.max(1, sorted.length)
  return {
    rps: sorted.length / seconds,
    p50: at(sorted, 0.5),
    p99: at(sorted, 0.99),
    appCpu: appCpu / n,
    dbCpu: dbCpu / n
  }
}

/** What the answer has to be: anything else would be measured as if it was fast. */
export const must = (got: Got, status: number): Got => {
  if (got.status !== status) throw new Error(`${got.status} instead of ${status}: ${got.body.toString()}`)
  return got
}
