import type { Subject } from "./FaultMatch.ts"
import type { FaultRequest } from "./Faults.ts"
import { faultKind, isFaultName, type Stage } from "./faultKinds.ts"
import { type Json, parsed } from "./json.ts"

const ofTheCall: ReadonlySet<Stage> = new Set([
  "early",
  "refuse",
  "create",
  "refund",
  "body",
  "answer",
  "late"
])

const meaning = (text: string): Json => parsed(text) ?? text

/**
 * The faults of an `X-Fake-Fault: <fault>[;key=value]` header, more than one separated by commas: for
 * this call alone, or, where a fault is about what comes of it, for the same reference. A text is what
 * is wrong with the header.
 */
export const headerFaults = (header: string, subject: Subject): ReadonlyArray<FaultRequest> | string => {
  const requests: Array<FaultRequest> = []
  for (const one of header.split(",")) {
    const [name, ...parameters] = one.split(";").map((part) => part.trim())
    if (!isFaultName(name)) return `No fault is called ${name}.`
    const given = Object.fromEntries(
      parameters.map((parameter) => {
        const [key = "", ...value] = parameter.split("=")
        return [key, meaning(value.join("="))]
      })
    )
    const bound = faultKind(name)
      .stages(given)
      .some((stage) => ofTheCall.has(stage))
    const { merchant, reference } = subject
    const same = { ...(merchant ? { merchant } : {}), ...(reference ? { reference } : {}) }
    const match = bound && subject.call !== undefined ? { call: subject.call } : same
    requests.push({ fault: name, with: given, match })
  }
  return requests
}
