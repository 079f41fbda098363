// What the rigs said, read again: the goals as a table, two files beside each other, a page to look at.
import { existsSync, readFileSync } from "node:fs"
import { Schema } from "effect"
import { Line } from "./line.ts"

/** What is aimed at, in one run that anyone can repeat; a rig that is not here has no goal of its own. */
const goals: ReadonlyArray<readonly [rig: string, goal: string, aim: string]> = [
  ["sim.safety", "G1", "1,000,000 simulated purchases with faults to the end, 0 breaks"],
  ["sim.liveness", "G1", "1,000,000 simulated purchases, faults stop, all end, 0 breaks"],
  ["money", "G15", "2,000 purchases with every fault mixed, both ledgers equal to the penny"],
  ["money-in-memory", "G15", "2,000 purchases with every fault mixed, both ledgers equal to the penny"],
  ["webhooks", "G7", "100,000 forged webhooks, 0 reads of the provider, 0 credits"],
  ["hostile", "G6", "100,000 hostile requests, 100 % of routes, 0 failures"],
  ["crash", "G3", "21 failpoints × 50 kills and 500 at random, 0 lost, 0 doubled, 0 stuck"],
  ["chaos", "G4", "reply of COMMIT lost at every transaction, 0 double effects"],
  ["races", "G5", "12 races × 200 × 50-way, 0 breaks, 0 deadlocks, twins red in 95 %"],
  ["histories", "G2", "200,000 histories in memory, 2,000 on each PostgreSQL, 0 breaks"],
  ["mutation", "G17", "90 % of the domain's mutants killed"]
]

/** The lines of a file; one that is not of this kind is told by its number. */
export const read = (file: string): ReadonlyArray<Line> =>
  (existsSync(file) ? readFileSync(file, "utf8") : "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line, n) => {
      try {
        return Schema.decodeUnknownSync(Line)(JSON.parse(line))
      } catch (cause) {
        throw new Error(`${file}, line ${n + 1}, is no line of a rig`, { cause })
      }
    })

const newest = (lines: ReadonlyArray<Line>, rig: string): Line | undefined =>
  lines.findLast((one) => one.rig === rig)
const sum = (counts: Line["breaks"]): number => Object.values(counts).reduce((total, n) => total + n, 0)
const number = (n: number): string => n.toLocaleString("en-GB")
const cells = (line: Line): ReadonlyArray<string> => [
  number(line.runs),
  line.seed,
  line.ok ? "ok" : `not ok: ${Object.keys(line.breaks).join(", ") || "a fault never fired"}`,
  number(sum(line.faults)),
  `${line.at ?? ""} ${line.commit.slice(0, 9)}${line.dirty ? " (changed)" : ""}`.trim()
]

/** The goals and what was measured last of each; without a line it says so. */
export const table = (lines: ReadonlyArray<Line>): string => {
  const rows = goals.map(([rig, goal, aim]) => {
    const line = newest(lines, rig)
    return [goal, rig, aim, ...(line === undefined ? ["–", "–", "not measured", "–", "–"] : cells(line))]
  })
  const head = ["Goal", "Rig", "Aim", "Runs", "Seed", "Came out", "Faults fired", "Measured"]
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n")
}

/** A page of the newest line of every rig, guards that were taken away included, with all it counted. */
export const page = (lines: ReadonlyArray<Line>): string => {
  const rigs = [...new Set(lines.map(({ rig }) => rig))].sort()
  const list = (counts: Readonly<Record<string, number | string>>): string =>
    Object.entries(counts)
      .map(([name, n]) => `- ${name}: ${typeof n === "number" ? number(n) : n}`)
      .join("\n")
  const of = (rig: string): string => {
    const line = newest(lines, rig)
    if (line === undefined) return ""
    const [runs, seed, came, , measured] = cells(line)
    const facts = `${runs} runs, seed ${seed}: ${came}. ${(line.ms / 1000).toFixed(0)} s on ${line.cores} cores, ${measured}.`
    const parts = [
      ["Broken", line.breaks],
      ["Figures", line.figures],
      ["Faults", line.faults]
    ] as const
    const told = parts.flatMap(([name, counts]) =>
      Object.keys(counts).length === 0 ? [] : [`${name}:\n\n${list(counts)}`]
    )
    return [`## ${rig}`, facts, ...told].join("\n\n")
  }
  return `${["# What the rigs found", table(lines), ...rigs.map(of)].join("\n\n")}\n`
}

/** How much worse a figure may be that is a time or a rate; counts may not differ for the worse at all. */
const tolerance = 1.3
const isTime = (name: string): boolean => /_(ms|per_s)$/.test(name)

interface Compared {
  readonly rows: ReadonlyArray<string>
  readonly worse: ReadonlyArray<string>
}
/** Two runs beside each other: what is worse in the newer one is said, and fails. */
export const compare = (old: ReadonlyArray<Line>, now: ReadonlyArray<Line>): Compared => {
  const rows: Array<string> = []
  const worse: Array<string> = []
  for (const rig of new Set(old.map((line) => line.rig))) {
    const [before, after] = [newest(old, rig), newest(now, rig)]
    if (before === undefined) continue
    if (after === undefined) {
      worse.push(`${rig}: was not run`)
      continue
    }
    // Without a guard a run has to break.
    const isTwin = rig.includes(".without-")
    if (after.ok === isTwin) worse.push(`${rig}: ${isTwin ? "breaks no longer" : "is not ok"}`)
    if (after.runs < before.runs) worse.push(`${rig}: ${after.runs} runs instead of ${before.runs}`)
    for (const name of Object.keys(before.faults))
      if ((before.faults[name] ?? 0) > 0 && (after.faults[name] ?? 0) === 0)
        worse.push(`${rig}: ${name} fires no longer`)
    const sameMachine = before.cores === after.cores && before.pg === after.pg
    for (const [name, was] of Object.entries(before.figures)) {
      const is = after.figures[name]
      if (typeof was !== "number" || typeof is !== "number") continue
      const ratio = was === 0 ? 1 : is / was
      rows.push(`${rig} ${name}: ${was} → ${is} (${ratio.toFixed(2)})`)
      const slower = name.endsWith("_per_s") ? 1 / ratio : ratio
      if (isTime(name) && sameMachine && slower > tolerance) worse.push(`${rig}: ${name} ${was} → ${is}`)
    }
  }
  return { rows, worse }
}
