import { type FaultMatch, matches, pattern, type Subject } from "./FaultMatch.ts"
import { type FaultKind, type FaultName, faultKind, type Stage } from "./faultKinds.ts"
import type { Json, JsonObject } from "./json.ts"

export interface FaultRequest {
  readonly fault: FaultName
  readonly match?: FaultMatch
  readonly with?: JsonObject
  /** How often it fires: once, or for a lasting fault always, when absent. */
  readonly times?: number | "always"
}

/** A rule and how often its fault had an effect. */
export interface FaultRule {
  readonly id: number
  readonly fault: FaultName
  readonly match: FaultMatch
  readonly with: JsonObject
  readonly times: number | "always"
  readonly fired: number
}

/** A fault that is due. It counts as fired only when whoever applies it says so. */
export interface DueFault {
  readonly fault: FaultName
  readonly given: JsonObject
  readonly number: (name: string, fallback: number) => number
  readonly text: (name: string, fallback: string) => string
  readonly fire: () => void
}

interface Rule {
  readonly id: number
  readonly fault: FaultName
  readonly match: FaultMatch
  readonly with: JsonObject
  readonly times: number | "always"
  readonly stages: ReadonlyArray<Stage>
  readonly path: RegExp | undefined
  readonly draw: () => number
  fired: number
  seen: number
}

/** Spent rules beyond this many are forgotten, oldest first; the counts by fault are not. */
const spentKeptMax = 20_000

/** The faults that are asked for and how often each fired. */
export class Faults {
  readonly #rules = new Map<number, Rule>()
  readonly #everywhere = new Set<Rule>()
  readonly #byReference = new Map<string, Set<Rule>>()
  readonly #fired = new Map<FaultName, number>()
  readonly #spent = new Set<number>()
  readonly #seed: number
  #id = 0

  /** The same seed throws the same dice for the same rules. */
  constructor(seed: number) {
    this.#seed = seed
  }

  add(request: FaultRequest): FaultRule {
    const match = request.match ?? {}
    const given = request.with ?? {}
    const kind = faultKind(request.fault)
    const rule: Rule = {
      id: ++this.#id,
      fault: request.fault,
      match,
      with: given,
      times: request.times ?? (lasts(kind, given) ? "always" : 1),
      stages: kind.stages(given),
      path: match.path === undefined ? undefined : pattern(match.path),
      draw: dice(this.#seed + this.#id),
      fired: 0,
      seen: 0
    }
    this.#rules.set(rule.id, rule)
    this.#activate(rule)
    return shown(rule)
  }

  /** The rules that are due for this subject at this stage, oldest first. */
  due(stage: Stage, subject: Subject): ReadonlyArray<DueFault> {
    const bound = subject.reference === undefined ? undefined : this.#byReference.get(subject.reference)
    if (this.#everywhere.size === 0 && bound === undefined) return []
    return [...this.#everywhere, ...(bound ?? [])]
      .filter((rule) => rule.stages.includes(stage) && matches(rule, subject))
      .filter((rule) => ++rule.seen >= (rule.match.nth ?? 1))
      .filter(({ match, draw }) => match.chance === undefined || draw() < match.chance)
      .map((rule) => this.#dueFault(rule))
  }

  list(): ReadonlyArray<FaultRule> {
    return [...this.#rules.values()].map(shown)
  }

  /** How often each fault fired since the start or the last reset. */
  fired(): { readonly [fault: string]: number } {
    return Object.fromEntries([...this.#fired].sort(([a], [b]) => a.localeCompare(b)))
  }

  /** A call is over: rules that were for it alone fire no more, but stay in the list. */
  retireCall(ids: ReadonlyArray<number>): void {
    for (const id of ids) {
      const rule = this.#rules.get(id)
      if (rule?.match.call !== undefined) this.#retire(rule)
    }
  }

  /** How many rules can still fire. */
  waiting(): number {
    return [...this.#byReference.values()].reduce((sum, rules) => sum + rules.size, this.#everywhere.size)
  }

  remove(id: number): boolean {
    const rule = this.#rules.get(id)
    if (rule !== undefined) this.#retire(rule)
    return this.#rules.delete(id)
  }

  clear(): void {
    for (const kept of [this.#rules, this.#everywhere, this.#byReference, this.#fired, this.#spent])
      kept.clear()
  }

  #dueFault(rule: Rule): DueFault {
    const value = (name: string): Json | undefined => rule.with[name]
    return {
      fault: rule.fault,
      given: rule.with,
      number: (name, fallback) => asNumber(value(name), fallback),
      text: (name, fallback) => {
        const text = value(name)
        return typeof text === "string" || typeof text === "number" ? String(text) : fallback
      },
      fire: () => {
        rule.fired += 1
        this.#fired.set(rule.fault, (this.#fired.get(rule.fault) ?? 0) + 1)
        if (rule.times !== "always" && rule.fired >= rule.times) this.#retire(rule)
      }
    }
  }

  #activate(rule: Rule): void {
    const { reference } = rule.match
    if (reference === undefined) {
      this.#everywhere.add(rule)
      return
    }
    const bound = this.#byReference.get(reference)
    if (bound === undefined) this.#byReference.set(reference, new Set([rule]))
    else bound.add(rule)
  }

  #retire(rule: Rule): void {
    this.#everywhere.delete(rule)
    const bound = this.#byReference.get(rule.match.reference ?? "")
    if (bound?.delete(rule) && bound.size === 0) this.#byReference.delete(rule.match.reference ?? "")
    this.#spent.add(rule.id)
    for (const oldest of this.#spent) {
      if (this.#spent.size <= spentKeptMax) return
      this.#spent.delete(oldest)
      this.#rules.delete(oldest)
    }
  }
}

const shown = (rule: Rule): FaultRule => ({
  id: rule.id,
  fault: rule.fault,
  match: rule.match,
  with: rule.with,
  times: rule.times,
  fired: rule.fired
})

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
const dice = (seed: number): (() => number) => {
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const lasts = ({ lasting }: FaultKind, given: JsonObject): boolean =>
  lasting === "with s" ? given["s"] !== undefined : lasting === true

const asNumber = (value: Json | undefined, fallback: number): number => {
  const number = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : fallback
}
