import { Schema } from "effect"
import { Currency, exponent } from "./Currency.ts"

/** An amount in minor units: a whole number, 0 to 9,999,999,999. */
export const Minor = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 9_999_999_999 })).pipe(
  Schema.brand("Minor")
)
export type Minor = typeof Minor.Type

/**
 * One order asks for at most this much: 100,000.00. Below the first amount that 32-bit floats cannot tell
 * apart.
 */
export const orderMost = 10_000_000

/** An amount of one currency, in minor units. */
export const Money = Schema.Struct({ minor: Minor, currency: Currency })
export type Money = typeof Money.Type

export const money = (minor: number, currency: Currency): Money => ({ minor: Minor.make(minor), currency })
export const equals = (a: Money, b: Money): boolean => a.minor === b.minor && a.currency === b.currency

/** "12.40" of 1240 GBP, "1500" of 1500 CLP: exact digits for wires and machines, not for people. */
export const toDecimal = ({ currency, minor }: Money): string => {
  const digits = exponent(currency)
  if (digits === 0) return String(minor)
  const text = String(minor).padStart(digits + 1, "0")
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/**
 * 12.4 of 1240 GBP: the number as wires of major units carry it. Exact for every amount an order may have.
 */
export const toMajor = ({ currency, minor }: Money): number => minor / 10 ** exponent(currency)

/**
 * Minor units of a wire's major units, or undefined when that is no exact amount of the currency: never
 * rounded.
 */
export const minorOfMajor = (major: number, currency: Currency): number | undefined => {
  const scale = 10 ** exponent(currency)
  const minor = Math.round(major * scale)
  return Number.isSafeInteger(minor) && minor / scale === major ? minor : undefined
}
