import { Currency } from "@rose-ash/cart-domain/money/Currency"
import { Minor, minorOfMajor, toMajor } from "@rose-ash/cart-domain/money/Money"
import { Schema } from "effect"

/** ISO 4217 currencies that are none of ours and do not have two digits: money may still arrive in them. */
const digitsElsewhere: ReadonlyMap<string, number> = new Map([
  ...["BIF", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV"].map(
    (code) => [code, 0] as const
  ),
  ...["XAF", "XOF", "XPF"].map((code) => [code, 0] as const),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((code) => [code, 3] as const)
])

const isOurs = Schema.is(Currency)

const scaleElsewhere = (currency: string): number => 10 ** (digitsElsewhere.get(currency) ?? 2)

/** A wire's major units of minor units, also of a currency that is none of ours. */
export const majorOf = (minor: number, currency: string): number =>
  isOurs(currency) ? toMajor({ minor: Minor.make(minor), currency }) : minor / scaleElsewhere(currency)

/** Minor units of a wire's major units, also of a currency that is none of ours; undefined when not exact. */
export const minorOf = (major: number, currency: string): number | undefined => {
  if (isOurs(currency)) return minorOfMajor(major, currency)
  const scale = scaleElsewhere(currency)
  const minor = Math.round(major * scale)
  return Number.isSafeInteger(minor) && minor / scale === major ? minor : undefined
}
