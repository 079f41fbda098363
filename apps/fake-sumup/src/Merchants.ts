import { randomBytes } from "node:crypto"
import { uuidOf } from "./Ids.ts"
import type { JsonObject } from "./json.ts"
import type { Currency } from "./money.ts"

/** A merchant as the settings name it. */
export interface MerchantSettings {
  readonly api_key: string
  readonly merchant_code: string
  readonly country: string
  readonly default_currency: Currency
  readonly sandbox: boolean
  readonly name: string
}

export interface Merchant {
  readonly code: string
  readonly name: string
  readonly country: string
  readonly currency: Currency
  readonly sandbox: boolean
  readonly keys: ReadonlyArray<string>
}

export const payToEmail = (merchant: Merchant): string => `${merchant.code.toLowerCase()}@practice.example`

export const userId = (merchant: Merchant): string => uuidOf(`user of ${merchant.code}`)

/** Who takes money, and which key is whose. */
export class Merchants {
  readonly #byCode = new Map<string, Merchant>()
  readonly #byKey = new Map<string, string>()
  readonly #saved: (merchant: Merchant) => void

  /** Tells `saved` of every change. */
  constructor(saved: (merchant: Merchant) => void) {
    this.#saved = saved
  }

  /** Adds a merchant, or gives one that exists this key as well. */
  add(settings: MerchantSettings): Merchant {
    const known = this.#byCode.get(settings.merchant_code)
    return this.#save({
      code: settings.merchant_code,
      name: settings.name,
      country: settings.country,
      currency: settings.default_currency,
      sandbox: settings.sandbox,
      keys: [...new Set([...(known?.keys ?? []), settings.api_key])]
    })
  }

  find(code: string): Merchant | undefined {
    return this.#byCode.get(code)
  }

  /** The merchant this key belongs to; a public key opens nothing. */
  ofKey(key: string): Merchant | undefined {
    const code = key.startsWith("sup_pk_") ? undefined : this.#byKey.get(key)
    return code === undefined ? undefined : this.#byCode.get(code)
  }

  list(): ReadonlyArray<Merchant> {
    return [...this.#byCode.values()]
  }

  /** Makes a key, or all keys of a merchant, worthless. */
  revoke(code: string, key?: string): Merchant | undefined {
    const merchant = this.#byCode.get(code)
    if (merchant === undefined) return undefined
    return this.#save({ ...merchant, keys: key === undefined ? [] : merchant.keys.filter((k) => k !== key) })
  }

  /** A new key takes the place of all old ones, unless they are kept for a while. */
  rotate(code: string, keepOld: boolean): { readonly merchant: Merchant; readonly key: string } | undefined {
    const merchant = this.#byCode.get(code)
    if (merchant === undefined) return undefined
    const key = `practice-key-${code.toLowerCase()}-${randomBytes(4).toString("hex")}`
    return { key, merchant: this.#save({ ...merchant, keys: [...(keepOld ? merchant.keys : []), key] }) }
  }

  /** A merchant as it was written down earlier. */
  restore(merchant: Merchant): void {
    this.#index(merchant)
  }

  clear(): void {
    this.#byCode.clear()
    this.#byKey.clear()
  }

  #save(merchant: Merchant): Merchant {
    this.#index(merchant)
    this.#saved(merchant)
    return merchant
  }

  #index(merchant: Merchant): void {
    for (const key of this.#byCode.get(merchant.code)?.keys ?? []) this.#byKey.delete(key)
    for (const key of merchant.keys) this.#byKey.set(key, merchant.code)
    this.#byCode.set(merchant.code, merchant)
  }
}

/** The body of `GET /v1/merchants/{merchant_code}`. */
export const merchantBody = (merchant: Merchant): JsonObject => ({
  alias: merchant.name,
  business_profile: { name: merchant.name },
  country: merchant.country,
  created_at: "2026-01-01T00:00:00.000Z",
  default_currency: merchant.currency,
  default_locale:
    merchant.country === "GB" ? "en-GB" : `${merchant.country.toLowerCase()}-${merchant.country}`,
  merchant_code: merchant.code,
  sandbox: merchant.sandbox,
  updated_at: "2026-01-01T00:00:00.000Z"
})
