import { assert, describe, it } from "@effect/vitest"
import type { Line } from "./prove/line.ts"
import { compare, page, table } from "./prove/report.ts"

const line: Line = {
  v: 1,
  rig: "money",
  goal: "G15",
  commit: "0123456789abcdef",
  dirty: false,
  seed: "0x7",
  runs: 2000,
  ms: 1000,
  pg: "18",
  cores: 2,
  breaks: {},
  faults: { oversize: 3 },
  figures: { orders: 2000, purchases_per_s: 10 },
  ok: true
}

describe("what the rigs said, read again", () => {
  it("is a table of goals, and a goal without a line is not measured", () => {
    const rows = table([{ ...line, seed: "0x1" }, line]).split("\n")
    const row = (rig: string) => rows.find((one) => one.includes(`| ${rig} |`)) ?? ""
    assert.include(row("money"), "| 2,000 | 0x7 | ok | 3 | 012345678 |")
    assert.include(row("webhooks"), "not measured")
    assert.include(table([{ ...line, ok: false, breaks: { S9: 1 } }]), "not ok: S9")
    const whole = page([line, { ...line, rig: "money.without-match", ok: false, breaks: { S9: 2 } }])
    assert.include(whole, "## money.without-match")
    assert.include(whole, "- S9: 2")
  })

  it("beside an earlier run shows what is worse, and nothing else", () => {
    const beside = (now: Partial<Line>) => compare([line], [{ ...line, ...now }]).worse
    assert.deepStrictEqual(beside({ figures: { orders: 1990, purchases_per_s: 9 } }), [])
    assert.deepStrictEqual(beside({ ok: false }), ["money: is not ok"])
    assert.deepStrictEqual(beside({ runs: 1000 }), ["money: 1000 runs instead of 2000"])
    assert.deepStrictEqual(beside({ faults: {} }), ["money: oversize fires no longer"])
    assert.deepStrictEqual(beside({ figures: { purchases_per_s: 5 } }), ["money: purchases_per_s 10 → 5"])
    assert.deepStrictEqual(beside({ figures: { purchases_per_s: 5 }, cores: 1 }), [])
    assert.deepStrictEqual(compare([line], []).worse, ["money: was not run"])
    const twin = { ...line, rig: "money.without-match", ok: false, breaks: { S9: 1 } }
    assert.deepStrictEqual(compare([twin], [twin]).worse, [])
    assert.deepStrictEqual(compare([twin], [{ ...twin, ok: true }]).worse, [
      "money.without-match: breaks no longer"
    ])
  })
})
