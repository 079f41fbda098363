import type { FaultMatch } from "./FaultMatch.ts"
import type { FaultRequest } from "./Faults.ts"
import { faultKind, faultKinds, isFaultName } from "./faultKinds.ts"
import { isObject, type Json, type JsonObject } from "./json.ts"

const matchTexts = ["method", "path", "merchant", "reference"] as const

const positive = (value: Json | undefined): value is number =>
  typeof value === "number" && Number.isInteger(value) && value > 0

/** Understands `match`; a text is what is wrong with it. */
const readMatch = (json: Json | undefined): FaultMatch | string => {
  if (json === undefined) return {}
  if (!isObject(json)) return "match is an object"
  const known: ReadonlySet<string> = new Set([...matchTexts, "nth", "chance"])
  const strange = Object.keys(json).find((key) => !known.has(key))
  if (strange !== undefined) return `match has no ${strange}; it has: ${[...known].join(", ")}`
  const match: { [K in (typeof matchTexts)[number]]?: string } = {}
  for (const name of matchTexts) {
    const value = json[name]
    if (value === undefined) continue
    if (typeof value !== "string") return `match.${name} is a text`
    match[name] = value
  }
  const { nth, chance } = json
  if (nth !== undefined && !positive(nth)) return "match.nth is a whole number from 1"
  if (chance !== undefined && !(typeof chance === "number" && chance > 0 && chance <= 1)) {
    return "match.chance is above 0 and at most 1"
  }
  return { ...match, ...(nth === undefined ? {} : { nth }), ...(chance === undefined ? {} : { chance }) }
}

const readGiven = (json: Json | undefined, known: ReadonlyArray<string>): JsonObject | string => {
  if (json === undefined) return {}
  if (!isObject(json)) return "with is an object"
  const strange = Object.keys(json).find((key) => !known.includes(key))
  if (strange === undefined) return json
  return `with has no ${strange} here; it has: ${known.join(", ") || "nothing"}`
}

/** Understands a rule as it is posted; a text is what is wrong with it. */
export const readFaultRequest = (json: Json | undefined): FaultRequest | string => {
  if (!isObject(json)) return "a fault rule is a JSON object"
  const { fault, times } = json
  if (!isFaultName(fault)) {
    return `no fault is called ${String(fault)}; there are: ${Object.keys(faultKinds).join(", ")}`
  }
  const match = readMatch(json["match"])
  if (typeof match === "string") return match
  const given = readGiven(json["with"], Object.keys(faultKind(fault).with ?? {}))
  if (typeof given === "string") return given
  if (times === undefined) return { fault, match, with: given }
  if (times === "always" || positive(times)) return { fault, match, with: given, times }
  return 'times is a whole number from 1, or "always"'
}
