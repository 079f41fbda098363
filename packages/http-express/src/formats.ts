import { type Currency, exponent } from "@rose-ash/cart-domain/money/Currency"
import { Minor, toDecimal } from "@rose-ash/cart-domain/money/Money"
import type { Instant } from "@rose-ash/cart-domain/time/Instant"

/** Amounts and times as people of one language and place read them. */
export interface Formats {
  /** "£12.40" of 1240 GBP: digits by our own table of currencies. */
  money(minor: number, currency: Currency): string
  /** "22 Nov 2026, 14:02" */
  moment(at: Instant): string
  /** "14:35" on the same day as `now`, else "23 Nov 2026, 14:35". */
  until(at: Instant, now: Instant): string
  /** "Sat, 29 Nov 2026, 10:00–12:00" */
  span(from: Instant, to: Instant): string
  /** "2026-11-22T14:02:00.000Z", for `<time>`. */
  iso(at: Instant): string
  /** "£41.10 and €12.00" */
  list(texts: ReadonlyArray<string>): string
  /** The year that an instant is in. */
  year(at: Instant): number
}

/** Made when first needed: one of these takes some milliseconds, and a start needs none. */
const lazy = <A>(make: () => A): (() => A) => {
  let made: A | undefined
  return () => {
    made ??= make()
    return made
  }
}

export const formats = (locale: string, timeZone: string): Formats => {
  const date = { day: "numeric", month: "short", year: "numeric", timeZone } as const
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const
  const moments = lazy(() => new Intl.DateTimeFormat(locale, { ...date, ...clock }))
  const days = lazy(() => new Intl.DateTimeFormat(locale, date))
  const clocks = lazy(() => new Intl.DateTimeFormat(locale, clock))
  const weekdays = lazy(() => new Intl.DateTimeFormat(locale, { ...date, weekday: "short" }))
  const years = lazy(() => new Intl.DateTimeFormat("en", { year: "numeric", timeZone }))
  const list = lazy(() => new Intl.ListFormat(locale, { type: "conjunction" }))
  const currencies = new Map<Currency, Intl.NumberFormat>()
  const formatOf = (currency: Currency): Intl.NumberFormat => {
    const known = currencies.get(currency)
    if (known !== undefined) return known
    const digits = exponent(currency)
    const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits }
    const made = new Intl.NumberFormat(locale, { style: "currency", currency, ...shown })
    currencies.set(currency, made)
    return made
  }
  const sameDay = (a: Instant, b: Instant): boolean => days().format(a) === days().format(b)
  return {
    money: (minor, currency) =>
      formatOf(currency).format(Number(toDecimal({ minor: Minor.make(minor), currency }))),
    moment: (at) => moments().format(at),
    until: (at, now) => (sameDay(at, now) ? clocks().format(at) : moments().format(at)),
    span: (from, to) =>
      sameDay(from, to)
        ? `${weekdays().format(from)}, ${clocks().format(from)}–${clocks().format(to)}`
        : `${weekdays().format(from)}, ${clocks().format(from)} – ${weekdays().format(to)}, ${clocks().format(to)}`,
    iso: (at) => new Date(at).toISOString(),
    list: (texts) => list().format(texts),
    year: (at) => Number(years().format(at))
  }
}
