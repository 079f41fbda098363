const currencies = "BGN BRL CHF CLP COP CZK DKK EUR GBP HRK HUF NOK PLN RON SEK USD".split(" ")

export const isCurrency = (value: unknown): value is string => currencies.some((one) => one === value)

/** Digits after the point: never from Intl, for what ICU says of HUF differs between Node versions. */
export const exponentOf = (currency: string): number => (currency === "CLP" ? 0 : 2)

/** Minor units to the number of the wire, in major units. */
export const toMajor = (minor: number, currency: string): number => minor / 10 ** exponentOf(currency)

/** Major units of the wire to minor units; undefined when there are more digits than the currency has. */
export const toMinor = (major: number, currency: string): number | undefined => {
  const minor = Math.round(major * 10 ** exponentOf(currency))
  return Number.isSafeInteger(minor) && toMajor(minor, currency) === major ? minor : undefined
}

/** Currencies the provider prints without a fraction: whether it takes one is unknown. */
export const isWholeOnly = (currency: string): boolean => currency === "HUF" || currency === "COP"

/** Whether it is one of the sandbox amounts that every card declines. */
export const alwaysDeclines = (minor: number, currency: string): boolean =>
  [11, 42.01, 42.76, 42.91].includes(toMajor(minor, currency))

/** An amount for people: "£12.40". */
export const spoken = (minor: number, currency: string): string => {
  const digits = exponentOf(currency)
  const format = { style: "currency", currency, minimumFractionDigits: digits } as const
  return new Intl.NumberFormat("en-GB", { ...format, maximumFractionDigits: digits }).format(
    toMajor(minor, currency)
  )
}
