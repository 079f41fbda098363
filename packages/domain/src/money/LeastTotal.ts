import { Context } from "effect"
import { type Currency, exponent } from "./Currency.ts"

/** 1.00 of any currency. */
export const leastUsual = 100

/**
 * The smallest total, above nothing, that is asked for online: in hundredths of a unit of whatever currency,
 * so 100 is 1.00 EUR and 1 CLP. The provider's document names none, and may refuse small amounts all the
 * same.
 */
export const LeastTotal = Context.Reference<number>("@rose-ash/cart-domain/money/LeastTotal", {
  defaultValue: () => leastUsual
})

/** So many hundredths of a unit, in minor units of a currency: never less. */
export const leastOf = (currency: Currency, hundredths: number): number =>
  Math.ceil((hundredths * 10 ** exponent(currency)) / 100)
