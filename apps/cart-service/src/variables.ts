import { Currency } from "@rose-ash/cart-domain/money/Currency"
import { Seller } from "@rose-ash/cart-domain/page/PageConfig"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Email, line } from "@rose-ash/cart-domain/text/Text"
import type { Limits } from "@rose-ash/cart-http-express"
import { type LogLevel, Schema } from "effect"
import { addressesIn, keysIn, rolesIn, scopesIn } from "./pairs.ts"
import * as Variable from "./Variable.ts"

const port = "a port number from 0 to 65535"
const address = "an address without a path, like https://cart.example"
const addresses = "addresses without paths, separated by spaces"
const databaseAddress = "a database's address, like postgres://user:password@host:5432/cart"
const namedKeys = "names with keys of at least 24 letters, at most two for a name, like blog=key market=key"
const cookieName = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/u))
const limitNames = [
  "reads",
  "cart",
  "cartByAddress",
  "pay",
  "payByAddress",
  "follow",
  "misses"
] as const satisfies ReadonlyArray<keyof Limits>
const limitMost = 1_000_000

const limitsIn = (text: string): Partial<Limits> | undefined => {
  const pairs = text.split(/[\s,]+/).filter((pair) => pair !== "")
  const read = pairs.flatMap((pair) => {
    const [given, digits = ""] = pair.split("=")
    const name = limitNames.find((one) => one === given)
    const most = /^\d+$/.test(digits) ? Number(digits) : 0
    return name !== undefined && most > 0 && most <= limitMost ? [[name, most] as const] : []
  })
  return read.length === pairs.length ? Object.fromEntries(read) : undefined
}

/** "1.00" is 100; undefined for what is no amount up to 100.00. */
const hundredths = (text: string): number | undefined => {
  const minor = /^\d{1,3}(\.\d\d)?$/.test(text) ? Math.round(Number(text) * 100) : 0
  return minor >= 1 && minor <= 10_000 ? minor : undefined
}

const levels = new Map<string, LogLevel.LogLevel>([
  ["debug", "Debug"],
  ["info", "Info"],
  ["warn", "Warn"],
  ["error", "Error"]
])
const isTimeZone = Schema.makeFilter((zone: string) =>
  Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC" ? undefined : "no such time zone"
)

/** Every variable the service reads, in the order of .env.example. */
export const variables = {
  environment: Variable.of(
    { name: "NODE_ENV", is: "production, development or test" },
    Schema.Literals(["production", "development", "test"])
  ),
  configFile: Variable.of({ name: "CONFIG_FILE", is: "the path of an app-config.yaml" }, Schema.String),
  port: Variable.count({ name: "PORT", is: port }, 0, 65_535),
  host: Variable.of({ name: "BIND_HOST", is: "a name or number of this machine, like 127.0.0.1" }, line(253)),
  publicUrl: Variable.origin({ name: "PUBLIC_URL", at: "urls.cart", is: address }),
  blog: Variable.origin({ name: "BLOG_URL", at: "urls.blog", is: address }),
  market: Variable.origin({ name: "MARKET_URL", at: "urls.market", is: address }),
  events: Variable.origin({ name: "EVENTS_URL", at: "urls.events", is: address }),
  siblingOrigins: Variable.origins({ name: "SIBLING_ORIGINS", is: addresses }),
  paymentOrigins: Variable.origins({ name: "PAYMENT_ORIGINS", is: addresses }),
  mediaOrigins: Variable.origins({ name: "MEDIA_ORIGINS", is: addresses }),
  trustProxy: Variable.count({ name: "TRUST_PROXY", is: "how many proxies stand before it, 0 to 10" }, 0, 10),
  limits: Variable.by(
    { name: "RATE_LIMITS", is: `pairs like reads=300 pay=10, of ${limitNames.join(", ")}` },
    limitsIn
  ),
  sessionCookie: Variable.of({ name: "SESSION_COOKIE", is: "the name of a cookie" }, cookieName),
  timeZone: Variable.of(
    { name: "TIME_ZONE", is: "a time zone like Europe/London" },
    Schema.String.check(isTimeZone)
  ),
  internalPort: Variable.count({ name: "INTERNAL_PORT", is: port }, 0, 65_535),
  callers: Variable.by(
    { name: "INTERNAL_CALLERS", is: "names with what they may ask, like blog=summary,orders market=summary" },
    scopesIn
  ),
  internalKeys: Variable.by({ name: "INTERNAL_KEYS", is: namedKeys }, keysIn),
  subscribers: Variable.by(
    { name: "EVENT_SUBSCRIBERS", is: "names with addresses, like blog=https://blog.example/cart/events" },
    addressesIn
  ),
  neighbours: Variable.by(
    { name: "EVENT_NEIGHBOURS", is: "names with log-ins of the database, like market=market_app" },
    rolesIn
  ),
  eventKeys: Variable.by({ name: "EVENT_KEYS", is: namedKeys }, keysIn),
  databaseUrl: Variable.database({ name: "DATABASE_URL", is: databaseAddress }),
  migrateUrl: Variable.database({ name: "CART_MIGRATE_URL", is: databaseAddress }),
  payUrl: Variable.database({ name: "CART_PAY_URL", is: databaseAddress }),
  connections: Variable.count({ name: "DATABASE_CONNECTIONS", is: "a number from 2 to 100" }, 2, 100),
  prepare: Variable.yesOrNo({ name: "DATABASE_PREPARE", is: "yes or no" }),
  dataDir: Variable.of({ name: "DATA_DIR", is: "the path of a folder" }, Schema.String),
  secretKey: Variable.secret(
    {
      name: "SECRET_KEY",
      is: "at least 32 bytes that nobody can guess, for instance what `openssl rand -base64 48` prints"
    },
    32
  ),
  previousSecretKey: Variable.secret(
    { name: "SECRET_KEY_PREVIOUS", is: "the SECRET_KEY of before, at least 32 bytes" },
    32
  ),
  sumUpBaseUrl: Variable.origin({ name: "SUMUP_BASE_URL", at: "sumup.base_url", is: address }),
  sandbox: Variable.yesOrNo({ name: "SUMUP_SANDBOX", is: "yes or no" }),
  leastTotal: Variable.by(
    { name: "LEAST_TOTAL", is: "an amount from 0.01 to 100.00, like 1.00" },
    hundredths
  ),
  page: Variable.of(
    { name: "COOPERATIVE_PAGE", at: "cooperative.page", is: "a page's name in addresses: a-z, 0-9, hyphens" },
    PageId
  ),
  pageName: Variable.of(
    { name: "COOPERATIVE_NAME", at: "cooperative.name", is: "one line, at most 120 characters" },
    line(120)
  ),
  merchantCode: Variable.of(
    { name: "COOPERATIVE_MERCHANT_CODE", at: "cooperative.merchant_code", is: "a SumUp merchant code" },
    Seller.fields.merchantCode
  ),
  currency: Variable.of(
    { name: "COOPERATIVE_CURRENCY", at: "cooperative.currency", is: "a currency that SumUp takes, like GBP" },
    Currency
  ),
  sumUpKey: Variable.secret({ name: "COOPERATIVE_SUMUP_KEY", is: "the secret key of that SumUp account" }, 8),
  mailUrl: Variable.mail({ name: "MAIL_URL", is: "a mail server, like smtps://user:password@mail.example" }),
  mailFrom: Variable.of({ name: "MAIL_FROM", is: "an e-mail address like orders@rose-ash.example" }, Email),
  logLevel: Variable.by({ name: "LOG_LEVEL", is: "debug, info, warn or error" }, (text) => levels.get(text)),
  stopWithStdin: Variable.yesOrNo({ name: "STOP_WITH_STDIN", is: "yes or no" })
} as const
