import { type Act, type Slice, type System, slice } from "./load.ts"

/** How long and how often. Milliseconds. */
export interface Pace {
  readonly rounds: number
  readonly slice: number
  readonly warm: number
}

/** One line of the result, as `--json` prints it. */
export interface Row {
  readonly operation: string
  readonly system: string
  readonly connections: number
  readonly rps: number
  readonly p50_ms: number
  readonly p99_ms: number
  readonly appCpu_ms: number
  readonly dbCpu_ms: number
  readonly statements: number
  /**
   * Against the floor in the same rounds: the median of each round's quotient of operations a second. Null
   * where there is no floor.
   */
  readonly ratio: number | null
}

const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

interface Comparing {
  readonly operation: string
  readonly systems: ReadonlyArray<System>
  readonly act: Act
  readonly statements: number
}

/**
 * Loads the systems in turn, again and again: whatever else the machine does meets all of them. The last
 * one is the floor. The first slices of each are for warming up and are not looked at.
 */
export const compare = async (
  { act, operation, statements, systems }: Comparing,
  connections: number,
  pace: Pace
): Promise<ReadonlyArray<Row>> => {
  for (const system of systems.filter((one) => one.slice === undefined))
    await slice(system, act, { connections, millis: pace.warm })
  const seen: Array<ReadonlyArray<Slice>> = []
  for (let n = 0; n < pace.rounds; n++) {
    const turn: Array<Slice> = []
    for (const system of systems) turn.push(await slice(system, act, { connections, millis: pace.slice }))
    seen.push(turn)
  }
  return systems.map(({ name }, index): Row => {
    const of = (value: (one: Slice) => number): number =>
      median(seen.flatMap((turn) => turn.slice(index, index + 1).map(value)))
    const ratios = seen.map((turn) => (turn[index]?.rps ?? 0) / (turn.at(-1)?.rps ?? 1))
    return {
      operation,
      system: name,
      connections,
      rps: round(
        of(({ rps }) => rps),
        0
      ),
      p50_ms: round(
        of(({ p50 }) => p50),
        2
      ),
      p99_ms: round(
        of(({ p99 }) => p99),
        2
      ),
      appCpu_ms: round(
        of(({ appCpu }) => appCpu),
        3
      ),
      dbCpu_ms: round(
        of(({ dbCpu }) => dbCpu),
        3
      ),
      statements,
      ratio: systems.length === 1 ? null : round(median(ratios), 2)
    }
  })
}
