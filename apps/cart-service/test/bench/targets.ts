import type { Row } from "./rounds.ts"

interface Target {
  readonly name: string
  /** Operations a second as a part of the other system's, or its p99 as a multiple of the other's. */
  readonly figure: "rps" | "p99_ms"
  readonly operation: string
  readonly beside: "floor" | "pgbench"
  readonly connections: number
  readonly limit: number
}

const part = (
  operation: string,
  limit: number,
  connections: ReadonlyArray<number> = [1, 16, 64],
  beside: Target["beside"] = "floor"
): ReadonlyArray<Target> =>
  connections.map((many) => ({
    name: `${operation} at ${many}, by ${beside}`,
    figure: "rps",
    operation,
    beside,
    connections: many,
    limit
  }))

/** What a run is meant to reach. */
const targets: ReadonlyArray<Target> = [
  ...part("summary", 0.8, [16]),
  ...part("summary", 1, [64]),
  ...part("page", 0.65),
  ...part("add", 0.75),
  ...part("place", 0.5, [1, 16, 64], "pgbench"),
  ...part("checkout", 0.6),
  {
    name: "p99 of checkout at 16, by floor",
    figure: "p99_ms",
    operation: "checkout",
    beside: "floor",
    connections: 16,
    limit: 1.5
  }
]

/** A line for each target in these rows: what is, what is meant, and whether it is met. */
export const judged = (rows: ReadonlyArray<Row>): ReadonlyArray<string> =>
  targets.flatMap(({ beside, connections, figure, limit, name, operation }) => {
    const of = (system: string) =>
      rows.find(
        (row) => row.operation === operation && row.system === system && row.connections === connections
      )
    const [ours, theirs] = [of("service"), of(beside)]
    if (ours === undefined || theirs === undefined) return []
    // Quotients of the rounds where there are any: a slow moment of the machine is in both.
    const quotient =
      figure === "rps" && ours.ratio !== null && theirs.ratio !== null
        ? ours.ratio / theirs.ratio
        : ours[figure] / theirs[figure]
    const isMet = figure === "rps" ? quotient >= limit : quotient <= limit
    const meant = `${figure === "rps" ? "at least" : "at most"} ${limit}`
    return [`${name}: ${quotient.toFixed(2)}, ${meant} is meant: ${isMet ? "met" : "not met"}`]
  })
