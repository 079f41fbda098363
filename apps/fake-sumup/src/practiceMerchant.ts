import type { MerchantSettings } from "./Merchants.ts"

/** Who takes money when the settings name nobody. */
export const practiceMerchant: MerchantSettings = {
  api_key: "practice-key-ash-bakery",
  merchant_code: "MPRACTICE1",
  country: "GB",
  default_currency: "GBP",
  sandbox: true,
  name: "Ash Bakery"
}
