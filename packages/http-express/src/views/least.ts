import type { Currency } from "@rose-ash/cart-domain/money/Currency"
import { leastOf, leastUsual } from "@rose-ash/cart-domain/money/LeastTotal"
import type { SiteShape } from "../Site.ts"

const minorOf = ({ config }: SiteShape, currency: Currency): number =>
  leastOf(currency, config.leastTotal ?? leastUsual)

/** The smallest total that is asked for online, as people write it. */
export const leastText = (site: SiteShape, currency: Currency): string =>
  site.formats.money(minorOf(site, currency), currency)

/** There is something to pay, and too little to ask for online. */
export const isTooLow = (site: SiteShape, total: number, currency: Currency): boolean =>
  total > 0 && total < minorOf(site, currency)
