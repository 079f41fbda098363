import { isEventName, meantCheckout, trigger } from "./events.ts"
import { readFaultRequest } from "./faultRequest.ts"
import { isObject, type Json, type JsonObject, parsed } from "./json.ts"
import type { Provider } from "./Provider.ts"
import { setSwitches } from "./Switches.ts"

const field = (form: JsonObject, name: string): string => {
  const value = form[name]
  return typeof value === "string" ? value.trim() : ""
}

/** A number where the field has one; an empty field is absent. */
const numeric = (form: JsonObject, name: string): number | undefined => {
  const text = field(form, name)
  const value = Number(text)
  return text === "" || !Number.isFinite(value) ? undefined : value
}

/** The fields that are filled in, and nothing for those that are not. */
const filled = (form: JsonObject, names: ReadonlyArray<string>): JsonObject =>
  Object.fromEntries(names.map((name) => [name, field(form, name)]).filter(([, value]) => value !== ""))

type Form = (provider: Provider, form: JsonObject) => string | Promise<string>

const happen: Form = async (provider, form) => {
  const checkout = meantCheckout(provider, field(form, "which"))
  if (checkout === undefined) return "No checkout has this id or reference."
  const event = field(form, "event")
  if (!isEventName(event)) return "Nothing is called that."
  const outcome = await trigger(provider, checkout.id, event, { amount: numeric(form, "amount") })
  return `${event} of ${checkout.reference}: ${outcome}`
}

const addFault: Form = ({ faults }, form) => {
  const given = field(form, "with")
  const times = field(form, "times")
  const texts = filled(form, ["method", "path", "merchant", "reference"])
  const rule = readFaultRequest({
    fault: field(form, "fault"),
    match: { ...texts, nth: numeric(form, "nth"), chance: numeric(form, "chance") },
    with: given === "" ? {} : (parsed(given) ?? null),
    ...(times === "" ? {} : { times: parsed(times) ?? times })
  })
  return typeof rule === "string" ? rule : `Rule ${faults.add(rule).id}: ${rule.fault}`
}

const moveClock: Form = (provider, form) => {
  const advance = numeric(form, "advance") ?? 0
  if (advance < 0 || advance > 10 * 366 * 86_400) return "Seconds from 0 to ten years."
  provider.clock.advance(advance * 1000)
  provider.keepClock()
  return `The clock went on ${advance} s.`
}

const throwSwitch: Form = ({ switches }, form) => {
  const text = field(form, "value")
  const value: Json = parsed(text) ?? text
  const name = field(form, "name")
  const asText = setSwitches(switches, { [name]: text })
  // "200" is a text for one switch and a number for another: whichever the switch takes.
  const wrong = asText === undefined ? undefined : setSwitches(switches, { [name]: value })
  return wrong ?? `${name} is ${text}.`
}

const forms: { readonly [what: string]: Form } = {
  event: happen,
  fault: addFault,
  "remove-fault": ({ faults }, form) =>
    faults.remove(numeric(form, "id") ?? 0) ? "Rule removed." : "No such rule.",
  clock: moveClock,
  switch: throwSwitch,
  reset: (provider) => {
    provider.reset()
    return "Everything is as at the beginning."
  }
}

/** A form of the admin page; answers what came of it in a sentence. */
export const adminForms = (provider: Provider, what: string, body: unknown): string | Promise<string> => {
  const form = Object.hasOwn(forms, what) ? forms[what] : undefined
  return form === undefined ? "There is no such form." : form(provider, isObject(body) ? body : {})
}
