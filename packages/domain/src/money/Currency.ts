import { Schema } from "effect"

/**
 * What SumUp takes (its API document), with the ISO 4217 exponent. Never from `Intl`: that differs between
 * runtimes.
 */
const exponents = {
  BGN: 2,
  BRL: 2,
  CHF: 2,
  CLP: 0,
  COP: 2,
  CZK: 2,
  DKK: 2,
  EUR: 2,
  GBP: 2,
  HRK: 2,
  HUF: 2,
  NOK: 2,
  PLN: 2,
  RON: 2,
  SEK: 2,
  USD: 2
} as const

export const Currency = Schema.Literals([
  "BGN",
  "BRL",
  "CHF",
  "CLP",
  "COP",
  "CZK",
  "DKK",
  "EUR",
  "GBP",
  "HRK",
  "HUF",
  "NOK",
  "PLN",
  "RON",
  "SEK",
  "USD"
])
export type Currency = typeof Currency.Type

/** Digits after the decimal point: 0 or 2. */
export const exponent = (currency: Currency): 0 | 2 => exponents[currency]
/** The smallest step that may be charged, in minor units: COP and HUF are only paid in whole units. */
export const step = (currency: Currency): number => (currency === "COP" || currency === "HUF" ? 100 : 1)
