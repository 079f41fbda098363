import { pageOfSeed } from "./seed.ts"

/** The key that the practice blog shows. */
export const blogKey = "practice-key-of-the-blog-for-the-cart"
export const cooperative = "rose-ash"
/** To the database, of the service and of the floor. */
export const connections = 10

const page = { currency: "GBP", acceptsLate: true, refundsAlone: false, contact: null, url: null }
export const bakery = { merchantCode: "MBAKERYMEASURED", apiKey: "practice-key-of-the-bakery-measured" }
const farm = { merchantCode: "MFARMMEASURED", apiKey: "practice-key-of-the-farm-measured" }

/** The pages, as an operator configures them. */
export const pages = [
  { ...page, id: pageOfSeed, name: "Ash Bakery", ...bakery },
  { ...page, id: "rose-farm", name: "Rose Farm", ...farm }
]

const nowhere = "http://localhost:1"

/** What an operator writes into .env: everything that is not said here is as it comes. */
export const environment = (of: {
  readonly port: number
  readonly databaseUrl: string
  readonly provider: string
}): Readonly<Record<string, string>> => ({
  NODE_ENV: "production",
  PORT: String(of.port),
  BIND_HOST: "127.0.0.1",
  PUBLIC_URL: `http://localhost:${of.port}`,
  BLOG_URL: nowhere,
  MARKET_URL: nowhere,
  EVENTS_URL: nowhere,
  DATABASE_URL: of.databaseUrl,
  DATABASE_CONNECTIONS: String(connections),
  SECRET_KEY: "practice-secret-of-the-measurement-32-bytes",
  SUMUP_BASE_URL: of.provider,
  PAYMENT_ORIGINS: of.provider,
  COOPERATIVE_MERCHANT_CODE: bakery.merchantCode,
  COOPERATIVE_SUMUP_KEY: bakery.apiKey,
  INTERNAL_KEYS: `blog=${blogKey}`,
  // Everybody comes from an address of their own, so limits stay as they are.
  TRUST_PROXY: "1"
})
