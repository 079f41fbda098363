import type { Stage } from "./FaultKind.ts"
import { type FaultName, faultKind, lasts } from "./faultKinds.ts"
import { fractionOf } from "./Ids.ts"
import type { JsonObject } from "./json.ts"

/** A call (each has a number of its own), a press on a page or a webhook: what rules are matched against. */
export interface Subject {
  readonly method: string
  readonly path: string
  readonly merchant: string | undefined
  readonly reference: string | undefined
  readonly call?: number
}

export interface FaultRequest {
  readonly fault: FaultName
  /**
   * Which subjects it is for, by what stands in a subject; what is absent matches anything, and in a path `*`
   * is
   * any part. From the `nth` that matches on, counted from 1; by `chance` only so often: above 0, at most 1.
   */
  readonly match?: JsonObject
  readonly with?: JsonObject
  /** How often it fires: once, or for a lasting fault always, when absent. */
  readonly times?: number | "always"
}

/** A rule, how often it was seen to match, and how often its fault had an effect. */
export interface FaultRule extends Required<FaultRequest> {
  readonly id: number
  seen: number
  fired: number
  /** Parameters, or what they are when they are not given. */
  readonly number: (name: string, fallback: number) => number
  readonly text: (name: string, fallback: string) => string
  /** Whoever applies the fault says that it had an effect. */
  readonly fire: () => void
}

/** Spent rules beyond this many are forgotten, oldest first; the counts by fault are not. */
const spentKeptMax = 20_000

const matches = ({ match }: FaultRule, subject: Subject): boolean => {
  const names = ["call", "merchant", "reference"] as const
  if (names.some((name) => (match[name] ?? subject[name]) !== subject[name])) return false
  if (String(match["method"] ?? subject.method).toUpperCase() !== subject.method) return false
  if (match["path"] === undefined) return true
  const parts = String(match["path"]).split("*")
  const pattern = parts.map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")
  return new RegExp(`^${pattern}$`).test(subject.path)
}

/** The faults that are asked for and how often each fired. The same seed throws the same dice. */
export const makeFaults = (seed: number) => {
  const rules = new Map<number, FaultRule>()
  const waiting = new Set<FaultRule>()
  const fired = new Map<string, number>()
  let count = 0

  const retire = (rule: FaultRule): void => {
    waiting.delete(rule)
    if (rules.size - waiting.size <= spentKeptMax) return
    for (const one of rules.values()) if (!waiting.has(one)) return void rules.delete(one.id)
  }

  const add = ({ fault, match = {}, with: given = {}, times }: FaultRequest): FaultRule => {
    const kept = { id: ++count, fault, match, with: given, seen: 0, fired: 0 }
    const rule: FaultRule = {
      ...kept,
      times: times ?? (lasts(fault, given) ? "always" : 1),
      text: (name, fallback) => String(given[name] ?? fallback),
      number: (name, fallback) => Number(given[name] ?? fallback) || 0,
      fire: () => {
        rule.fired += 1
        fired.set(fault, (fired.get(fault) ?? 0) + 1)
        if (rule.times !== "always" && rule.fired >= rule.times) retire(rule)
      }
    }
    rules.set(rule.id, rule)
    waiting.add(rule)
    return rule
  }

  /** The rules that are due for this subject at this stage, oldest first. */
  const due = (stage: Stage, subject: Subject): ReadonlyArray<FaultRule> =>
    [...waiting]
      .filter((rule) => matches(rule, subject) && faultKind(rule.fault).stages(rule.with).includes(stage))
      .filter((rule) => ++rule.seen >= Number(rule.match["nth"] ?? 1))
      .filter(({ id, match, seen }) => fractionOf(`${seed} ${id} ${seen}`) < Number(match["chance"] ?? 1))

  return {
    add,
    due,
    list: (): ReadonlyArray<FaultRule> => [...rules.values()],
    /** How often each fault fired since the start or the last reset. */
    fired: (): { readonly [fault: string]: number } => Object.fromEntries(fired),
    /** How many rules can still fire. */
    waiting: () => waiting.size,
    /** A call is over: rules that were for it alone fire no more, but stay in the list. */
    retireCall: (ids: ReadonlyArray<number>): void => {
      for (const rule of waiting) if (ids.includes(rule.id) && rule.match["call"] !== undefined) retire(rule)
    },
    remove: (id: number): boolean => {
      for (const rule of waiting) if (rule.id === id) waiting.delete(rule)
      return rules.delete(id)
    },
    clear: (): void => {
      for (const kept of [rules, waiting, fired]) kept.clear()
    }
  }
}
