import { isObject, type Json } from "./json.ts"

/** Each question only a real sandbox can answer, with the strictest reading as the default. */
const strictest = {
  deleteOfExpired: "200", // what DELETE of an expired checkout answers
  expiry: "eager", // `valid_until` ends a checkout at that moment, or at the next look
  reuseOfReference: false, // a reference may be used again once its checkout failed or expired
  webhookOnExpiry: true,
  payAfterDelete: false, // an open page can still pay what was deactivated
  statusAfterSession: "PENDING", // of a checkout without `valid_until` when its page session ended
  deleteDuringBank: "refused",
  fractionsOfWhole: "refused", // of HUF and COP
  statusOfForeignMerchant: 403,
  statusOfWrongCurrency: 400,
  descriptionMax: 128,
  bodyOf429: "problem",
  listLagSeconds: 0, // how long a new checkout is missing from the list by reference
  listKeepsPaid: true,
  historyDays: 0, // how far history goes back; 0 is for ever
  referenceInTransactions: true,
  autoRedirect: false, // the success page sends the buyer back by itself
  checkoutIdInRedirect: false, // the link back carries `?checkout_id=`
  webhookUrl: "verbatim", // `return_url` is called as given or without its path
  webhookTimeoutMs: 10_000
}

export type Switches = typeof strictest

/** What may be chosen; anything of the same type where nothing is listed. */
const choices: { readonly [name: string]: ReadonlyArray<unknown> } = {
  deleteOfExpired: ["200", "409"],
  expiry: ["eager", "lazy"],
  statusAfterSession: ["PENDING", "EXPIRED"],
  deleteDuringBank: ["refused", "allowed"],
  fractionsOfWhole: ["refused", "accepted"],
  statusOfForeignMerchant: [401, 403, 404],
  statusOfWrongCurrency: [400, 403],
  bodyOf429: ["problem", "error", "empty"],
  webhookUrl: ["verbatim", "origin"]
}

export const makeSwitches = (given: Partial<Switches> = {}): Switches => ({ ...strictest, ...given })

/** Sets switches from JSON; answers what is wrong with it, and then sets nothing. */
export const setSwitches = (switches: Switches, given: Json | undefined): string | undefined => {
  const types = new Map(Object.entries(strictest).map(([name, value]) => [name, typeof value]))
  const thrown: { [name: string]: unknown } = {}
  for (const [name, asked] of Object.entries(isObject(given) ? given : {})) {
    const type = types.get(name)
    const value = type === "string" ? String(asked) : asked
    if (type === undefined) return `no switch is called ${name}; there are: ${[...types.keys()].join(", ")}`
    if (typeof value !== type) return `${name} is a ${type}`
    if (!(choices[name] ?? [value]).includes(value)) return `${name} is one of ${choices[name]?.join(", ")}`
    thrown[name] = value
  }
  Object.assign(switches, thrown)
  return undefined
}
