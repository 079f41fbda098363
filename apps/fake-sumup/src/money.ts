/** Digits after the point, from an own table: what ICU says of HUF differs between Node versions. */
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

export type Currency = keyof typeof exponents

export const isCurrency = (value: unknown): value is Currency =>
  typeof value === "string" && Object.hasOwn(exponents, value)

export const exponentOf = (currency: Currency): number => exponents[currency]

/** Minor units to the number of the wire, in major units. */
export const toMajor = (minor: number, currency: Currency): number => minor / 10 ** exponents[currency]

/** Major units of the wire to minor units; undefined when there are more digits than the currency has. */
export const toMinor = (major: number, currency: Currency): number | undefined => {
  const minor = Math.round(major * 10 ** exponents[currency])
  return Number.isSafeInteger(minor) && minor / 10 ** exponents[currency] === major ? minor : undefined
}

/** Currencies the provider prints without a fraction: whether it takes one is unknown. */
export const isWholeOnly = (currency: Currency): boolean => currency === "HUF" || currency === "COP"

const declined: ReadonlySet<number> = new Set([11, 42.01, 42.76, 42.91])

/** The sandbox amounts, in major units, that every card declines. */
export const alwaysDeclines = (minor: number, currency: Currency): boolean =>
  declined.has(toMajor(minor, currency))

/** An amount for people: "£12.40". */
export const spoken = (minor: number, currency: Currency): string =>
  new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency,
    minimumFractionDigits: exponents[currency],
    maximumFractionDigits: exponents[currency]
  }).format(toMajor(minor, currency))
