import type { Told } from "../line.ts"
import { bodyNames } from "./bodies.ts"
import { kinds } from "./corpus.ts"
import { framingNames } from "./framing.ts"
import type { Break } from "./judges.ts"
import { slowNames } from "./slow.ts"

export interface Came {
  readonly found: ReadonlyArray<Break>
  readonly faults: ReadonlyMap<string, number>
  readonly statuses: ReadonlyMap<number, number>
  readonly times: ReadonlyArray<number>
  readonly routes: number
  readonly unvisited: number
  readonly grown: number
  readonly lines: number
  readonly longest: number
  readonly hash: string
}

/** From so many attacks on, a run may take its time. */
export const longFrom = 10_000
/** From so many attacks on, each of them has to have been tried. */
const allFrom = 2000
/** Of each kind of break so many are told in words. */
const saidMost = 5
/** Megabytes that may be held in the end, more than at the beginning. */
const grownMost = 100

const places = ["param", "query", "form", "name", "header", "cookie", "notice", "json"]
const named = [
  ...kinds.map((name) => `text.${name}`),
  ...places.map((name) => `in.${name}`),
  ...bodyNames.map((name) => `body.${name}`),
  ...framingNames.map((name) => `framing.${name}`),
  ...["name.odd", "method.other"]
]

/** What came of it, and in words what was wrong. What was never tried proves nothing. */
export const outcome = (
  of: { readonly runs: number; readonly say: (words: string) => void; readonly slow?: boolean },
  came: Came
): Told => {
  const { faults, found, grown, hash, lines, longest, routes, statuses, times, unvisited } = came
  const broken = new Map<string, number>()
  for (const { is, name } of found) {
    const before = broken.get(name) ?? 0
    broken.set(name, before + 1)
    if (before < saidMost) of.say(`${name}: ${is}`)
  }
  const slow = of.slow === false ? [] : slowNames(of.runs >= longFrom).map((name) => `slow.${name}`)
  const silent = [...named, ...slow].filter((name) => (faults.get(name) ?? 0) === 0)
  if (of.runs >= allFrom) {
    for (const name of silent) of.say(`never tried: ${name}`)
    if (silent.length + unvisited > 0) broken.set("untried", silent.length + unvisited)
  }
  if (grown > grownMost) broken.set("memory", 1)
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number) => Math.round((sorted[Math.floor((sorted.length - 1) * part)] ?? 0) * 10) / 10
  return {
    goal: "G6",
    breaks: Object.fromEntries(broken),
    faults: Object.fromEntries([...faults].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    figures: {
      hash,
      routes,
      unvisited,
      p50_ms: at(0.5),
      p99_ms: at(0.99),
      longest_ms: at(1),
      slow_longest_ms: longest,
      log_lines: lines,
      heap_grown_mb: grown,
      ...Object.fromEntries([...statuses].map(([status, n]) => [`status_${status}`, n]))
    },
    ok: broken.size === 0
  }
}
