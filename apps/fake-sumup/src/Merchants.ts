import { randomBytes } from "node:crypto"
import { uuidOf } from "./Ids.ts"
import type { JsonObject } from "./json.ts"

/** A merchant as the settings name it, in the provider's own words. */
export interface MerchantSettings {
  readonly api_key: string
  readonly merchant_code: string
  readonly country: string
  readonly default_currency: string
  readonly sandbox: boolean
  readonly name: string
}

export type Merchant = Omit<MerchantSettings, "api_key"> & { readonly keys: ReadonlyArray<string> }

/** Who takes money when the settings name nobody. */
export const practiceMerchant: MerchantSettings = {
  api_key: "practice-key-ash-bakery",
  merchant_code: "MPRACTICE1",
  country: "GB",
  default_currency: "GBP",
  sandbox: true,
  name: "Ash Bakery"
}

/** Who takes money, and which key is whose. `saved` is told of every change. */
export const makeMerchants = (saved: (merchant: Merchant) => void) => {
  const byCode = new Map<string, Merchant>()
  const list = (): ReadonlyArray<Merchant> => [...byCode.values()]
  const find = (code: string): Merchant | undefined => byCode.get(code)

  /** A merchant as it was written down earlier. */
  const restore = (merchant: Merchant): void => void byCode.set(merchant.merchant_code, merchant)

  const save = (merchant: Merchant, keys: ReadonlyArray<string>): Merchant => {
    const changed = { ...merchant, keys }
    restore(changed)
    saved(changed)
    return changed
  }

  /** Adds a merchant, or gives one that exists this key as well. */
  const add = ({ api_key, ...facts }: MerchantSettings): Merchant => {
    const keys = [...(find(facts.merchant_code)?.keys ?? []), api_key]
    return save({ ...facts, keys }, [...new Set(keys)])
  }

  /** The merchant this key belongs to; a public key opens nothing. */
  const ofKey = (key: string): Merchant | undefined =>
    key.startsWith("sup_pk_") ? undefined : list().find(({ keys }) => keys.includes(key))

  /** Makes a key, or all keys of a merchant, worthless. */
  const revoke = (code: string, key?: string): Merchant | undefined => {
    const merchant = find(code)
    return merchant && save(merchant, key === undefined ? [] : merchant.keys.filter((one) => one !== key))
  }

  /** A new key takes the place of all old ones, unless they are kept for a while. */
  const rotate = (code: string, keepOld: boolean) => {
    const merchant = find(code)
    const key = `practice-key-${code.toLowerCase()}-${randomBytes(4).toString("hex")}`
    return merchant && { key, merchant: save(merchant, keepOld ? [...merchant.keys, key] : [key]) }
  }

  return { list, find, restore, add, ofKey, revoke, rotate, clear: () => byCode.clear() }
}

export const payToEmail = (code: string): string => `${code.toLowerCase()}@practice.example`
export const userId = (code: string): string => uuidOf(`user of ${code}`)

/** The body of `GET /v1/merchants/{merchant_code}`. */
export const merchantBody = ({ keys: _, name, ...facts }: Merchant): JsonObject => {
  const locale = facts.country === "GB" ? "en-GB" : `${facts.country.toLowerCase()}-${facts.country}`
  const created_at = "2026-01-01T00:00:00.000Z"
  const profile = { alias: name, business_profile: { name }, default_locale: locale }
  return { ...facts, ...profile, created_at, updated_at: created_at }
}
