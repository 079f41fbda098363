import { addFaults, events, happen, moveClock, type Route, removeFault, reset } from "./adminRoutes.ts"
import { faultKinds } from "./faultKinds.ts"
import { isObject, type Json, parsed, text } from "./json.ts"
import type { Provider } from "./Provider.ts"
import { makeSwitches, setSwitches } from "./Switches.ts"

/** What some fields may be. */
export const options: { readonly [field: string]: ReadonlyArray<string> } = {
  event: Object.keys(events),
  fault: Object.keys(faultKinds),
  name: Object.keys(makeSwitches())
}

const addFault: Route = (provider, { fault, times, with: given, ...match }) =>
  addFaults(provider, {}, { fault: String(fault), match, times, with: given })

const advance: Route = (provider, { advance }) => moveClock(provider, { advance_s: advance })

const throwSwitch: Route = ({ switches }, { name, value }) =>
  setSwitches(switches, { [String(name)]: value }) ?? switches

const faultFields = ["fault", "with", "times", "reference", "merchant", "method", "path", "nth", "chance"]

/**
 * Every form of the admin page: its button, the names of its fields, and the route that is asked what they
 * say.
 */
export const adminForms: {
  readonly [name: string]: readonly [button: string, fields: ReadonlyArray<string>, route: Route]
} = {
  event: ["Do it", ["which", "event", "amount"], happen],
  fault: ["Add the rule", faultFields, addFault],
  "remove-fault": ["Remove the rule", ["id"], removeFault],
  clock: ["Move it on", ["advance"], advance],
  switch: ["Set", ["name", "value"], throwSwitch],
  reset: ["Empty everything", [], reset]
}

/**
 * A form was sent; answers what came of it in a sentence. A field left empty is absent, others are JSON or
 * text.
 */
export const formSent = async (provider: Provider, name: string, sent: unknown): Promise<string> => {
  const form = Object.hasOwn(adminForms, name) ? adminForms[name] : undefined
  if (form === undefined || !isObject(sent)) return "There is no such form."
  const [, fields, route] = form
  const given: { [name: string]: Json } = {}
  for (const field of fields) {
    const value = text(sent[field])?.trim()
    if (value) given[field] = parsed(value) ?? value
  }
  const answer: unknown = await route(provider, given)
  if (answer === undefined) return "There is no such thing."
  return text(isObject(answer) ? answer["said"] : answer) ?? "Done."
}
