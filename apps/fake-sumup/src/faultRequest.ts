import type { Stage } from "./FaultKind.ts"
import type { FaultRequest, Subject } from "./Faults.ts"
import { faultKind, faultKinds, isFaultName } from "./faultKinds.ts"
import { isObject, type Json, parsed, text } from "./json.ts"

const isText = (value: unknown): boolean => typeof value === "string"
const isPositive = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0

/** What may be matched, and by what. */
const matchable: { readonly [name: string]: (value: unknown) => boolean } = {
  method: isText,
  path: isText,
  merchant: isText,
  reference: isText,
  nth: isPositive,
  chance: (value) => Number(value) > 0 && Number(value) <= 1
}

/** Understands a rule as it is posted; a text is what is wrong with it. */
export const readFaultRequest = (json: Json | undefined): FaultRequest | string => {
  if (!isObject(json)) return "a fault rule is a JSON object"
  const { fault, match = {}, times, with: given = {} } = json
  const known = Object.keys(faultKinds).join(", ")
  if (!isFaultName(fault)) return `no fault is called ${String(fault)}; there are: ${known}`
  if (!isObject(match)) return "match is an object"
  const strange = Object.entries(match).find(([name, value]) => !matchable[name]?.(value))
  if (strange) return `match.${strange.join(" is not ")}; it may have ${Object.keys(matchable).join(", ")}`
  if (!isObject(given)) return "with is an object"
  const { parameters } = faultKind(fault)
  const unknown = Object.keys(given).find((name) => !parameters.includes(name))
  if (unknown) return `with has no ${unknown}; it has: ${parameters.join(", ") || "nothing"}`
  if (times === undefined) return { fault, match, with: given }
  if (times === "always" || isPositive(times)) return { fault, match, with: given, times }
  return 'times is a whole number from 1, or "always"'
}

/** What comes of a call and is not the call itself. */
const laterStages: ReadonlyArray<Stage> = ["webhook", "page", "closed", "paid"]

/**
 * The faults of an `X-Fake-Fault: <fault>[;key=value]` header, more than one separated by commas: for this
 * call
 * alone, or, where a fault is about what comes of it, for the same reference. A text is what is wrong with
 * it.
 */
export const headerFaults = (header: unknown, subject: Subject): ReadonlyArray<FaultRequest> | string => {
  const { call, merchant, reference } = subject
  const requests: Array<FaultRequest> = []
  for (const one of (text(header) ?? "").split(",").filter(Boolean)) {
    const [fault = "", ...parameters] = one.split(";").map((part) => part.trim())
    const given: { [name: string]: Json } = {}
    for (const parameter of parameters) {
      const [name = "", ...value] = parameter.split("=")
      given[name] = parsed(value.join("=")) ?? value.join("=")
    }
    const request = readFaultRequest({ fault, with: given })
    if (typeof request === "string") return request
    const stages = faultKind(request.fault).stages(given)
    const isLater = call === undefined || stages.every((stage) => laterStages.includes(stage))
    requests.push({ ...request, match: isLater ? { merchant, reference } : { call } })
  }
  return requests
}
