import { isObject, type Json, type JsonObject } from "./json.ts"

/** Each question only a real sandbox can answer, with the strictest reading as the default. */
const strictest = {
  /** What DELETE of an expired checkout answers. */
  deleteOfExpired: "200",
  /** When `valid_until` ends a checkout: at that moment, or at the next look. */
  expiry: "eager",
  /** Whether a reference may be used again once its checkout failed or expired. */
  reuseOfReference: false,
  webhookOnExpiry: true,
  /** Whether a checkout that was deactivated can still be paid by an open page. */
  payAfterDelete: false,
  /** What the API says of a checkout without `valid_until` when its page session ended. */
  statusAfterSession: "PENDING",
  /** What DELETE answers while a bank is asked. */
  deleteDuringBank: "refused",
  /** Fractions of HUF and COP. */
  fractionsOfWhole: "refused",
  statusOfForeignMerchant: 403,
  statusOfWrongCurrency: 400,
  descriptionMax: 128,
  /** The shape of a 429: a problem, an error, or no body. */
  bodyOf429: "problem",
  /** How long a new checkout is missing from the list by reference, s. */
  listLagSeconds: 0,
  /** Whether paid checkouts stay in the list. */
  listKeepsPaid: true,
  /** How many days history goes back; 0 is for ever. */
  historyDays: 0,
  /** Whether transactions carry the checkout's reference. */
  referenceInTransactions: true,
  /** The success page sends the buyer back by itself. */
  autoRedirect: false,
  /** The link back carries `?checkout_id=`. */
  checkoutIdInRedirect: false,
  /** Whether `return_url` is called as given or without its path. */
  webhookUrl: "verbatim",
  webhookTimeoutMs: 10_000
}

export type Switches = typeof strictest

const allowed: { readonly [K in keyof Switches]?: ReadonlyArray<Json> } = {
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

const isSwitch = (name: string): name is keyof Switches => Object.hasOwn(strictest, name)

export const makeSwitches = (given: Partial<Switches> = {}): Switches => ({ ...strictest, ...given })

/** Sets switches from JSON; answers what is wrong with it, and then sets nothing. */
export const setSwitches = (switches: Switches, given: Json | undefined): string | undefined => {
  if (!isObject(given)) return "switches are a JSON object"
  for (const [name, value] of Object.entries(given)) {
    if (!isSwitch(name)) return `no switch is called ${name}; there are: ${Object.keys(strictest).join(", ")}`
    if (typeof value !== typeof strictest[name]) return `${name} is a ${typeof strictest[name]}`
    const choice = allowed[name]
    if (choice !== undefined && !choice.includes(value ?? null))
      return `${name} is one of ${choice.join(", ")}`
  }
  Object.assign(switches, given)
  return undefined
}

export const switchesBody = (switches: Switches): JsonObject => ({ ...switches })
