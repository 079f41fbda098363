import { assert, describe, it } from "@effect/vitest"
import type { Row } from "./bench/rounds.ts"
import { judged } from "./bench/targets.ts"

const row = (operation: string, system: string, connections: number, more: Partial<Row> = {}): Row => ({
  operation,
  system,
  connections,
  rps: 100,
  p50_ms: 1,
  p99_ms: 100,
  appCpu_ms: 1,
  dbCpu_ms: 1,
  statements: 1,
  ratio: system === "floor" ? 1 : 0.5,
  ...more
})

describe("what the bench is meant to reach", () => {
  it("is said of what was measured, and of nothing else", () => {
    assert.deepStrictEqual(judged([]), [])
    assert.deepStrictEqual(judged([row("page", "service", 16)]), [])
    assert.deepStrictEqual(judged([row("page", "service", 16), row("page", "floor", 16)]), [
      "page at 16, by floor: 0.50, at least 0.65 is meant: not met"
    ])
  })

  it("is met from its limit on, and above all not by a slower tail", () => {
    const checkout = (ratio: number, p99_ms: number) =>
      judged([row("checkout", "service", 16, { ratio, p99_ms }), row("checkout", "floor", 16)])
    assert.deepStrictEqual(checkout(0.6, 150), [
      "checkout at 16, by floor: 0.60, at least 0.6 is meant: met",
      "p99 of checkout at 16, by floor: 1.50, at most 1.5 is meant: met"
    ])
    assert.match(checkout(0.6, 151)[1] ?? "", /: not met$/)
    assert.match(checkout(0.59, 150)[0] ?? "", /: not met$/)
  })

  it("of placing is a part of what pgbench does", () => {
    const rows = [row("place", "service", 1, { ratio: 0.6 }), row("place", "pgbench", 1, { ratio: 1.5 })]
    assert.deepStrictEqual(judged(rows), ["place at 1, by pgbench: 0.40, at least 0.5 is meant: not met"])
  })
})
