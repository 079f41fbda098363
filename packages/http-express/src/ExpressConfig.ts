import type { InternalConfig } from "./services.ts"

/** Most requests of each class in one minute, by address or by who asks. */
export interface Limits {
  /** Looking, by address. */
  readonly reads: number
  /** Changing carts: by who asks, and by address. */
  readonly cart: number
  readonly cartByAddress: number
  /** Ordering and paying. */
  readonly pay: number
  readonly payByAddress: number
  /** Following one payment: return page and "Check again". */
  readonly follow: number
  /** Orders and links that were looked for in vain, by address. */
  readonly misses: number
}

/**
 * How the web side is set up: plain data, checked by whoever reads the settings. Addresses without a last
 * slash.
 */
export interface ExpressConfig {
  /** 0 takes any free port. */
  readonly port: number
  readonly host?: string
  /** Where browsers find this service, e.g. `https://cart.example`. */
  readonly publicUrl: string
  /** Origins whose forms may add to a cart, and that people may be sent back to. */
  readonly siblingOrigins: ReadonlyArray<string>
  /** Origins of hosted payment pages, as in a Content-Security-Policy. */
  readonly paymentOrigins: ReadonlyArray<string>
  /** Origins of pictures. */
  readonly mediaOrigins: ReadonlyArray<string>
  /** The auth service's session cookie, which is only read. */
  readonly sessionCookie: string
  /** How many proxies stand before this service. */
  readonly trustProxy: number
  readonly links: { readonly blog: string; readonly market: string; readonly events: string }
  /** Payments are practice: every page says so. */
  readonly practice: boolean
  /** Views are read again at every request, and models are watched for unknown names. */
  readonly development: boolean
  readonly limits?: Partial<Limits>
  /** Without it no sibling opens anything. */
  readonly internal?: InternalConfig
  /** Milliseconds that `/readyz` says 503 before new connections are refused: a balancer learns of it; 0. */
  readonly drainDelay?: number
  /** Buyers are written to; not when not given. */
  readonly letters?: boolean
  /** The smallest total that is asked for online, in hundredths of a unit; 1.00 when not given. */
  readonly leastTotal?: number
  /** Whose clocks people read; `Europe/London` when not given. */
  readonly timeZone?: string
}

export const limitsOf = (config: ExpressConfig): Limits => ({
  reads: 300,
  cart: 60,
  cartByAddress: 300,
  pay: 10,
  payByAddress: 30,
  follow: 60,
  misses: 20,
  ...config.limits
})
