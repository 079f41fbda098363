import { join } from "node:path"
import type { Plan } from "./Child.ts"
import { cartSide, merchants, own, pages, siblingSide } from "./practice.ts"
import { addresses, type Settings } from "./Settings.ts"

/** Where a running house keeps things. */
export interface Place {
  readonly folder: string
  readonly databaseUrl: string
}

/** The end of standard input is the end of the house: nobody outlives it. */
const together = { STOP_WITH_STDIN: "1" }

const script = (app: string) => join("apps", app, "src", "main.ts")
const log = ({ folder }: Place, name: string) => join(folder, "logs", `${name}.log`)

/** The practice payment provider. */
const provider = (settings: Settings, place: Place): Plan => ({
  name: "practice payment provider",
  script: script("fake-sumup"),
  log: log(place, "practice-provider"),
  env: {
    ...together,
    FAKE_SUMUP_PORT: String(settings.ports.provider),
    FAKE_SUMUP_PUBLIC_URL: addresses(settings.ports).provider,
    FAKE_SUMUP_DATA: join(place.folder, "practice-provider.jsonl"),
    FAKE_SUMUP_MERCHANTS: JSON.stringify(merchants)
  }
})

/** Blog, market and events. */
const cooperative = (settings: Settings, place: Place): Plan => ({
  name: "practice cooperative",
  script: script("demo-coop"),
  log: log(place, "practice-cooperative"),
  env: {
    ...together,
    BLOG_PORT: String(settings.ports.blog),
    MARKET_PORT: String(settings.ports.market),
    EVENTS_PORT: String(settings.ports.events),
    MAIL_PORT: String(settings.ports.mail),
    CART_URL: addresses(settings.ports).cart,
    DATABASE_URL: place.databaseUrl,
    SESSION_COOKIE: settings.sessionCookie,
    ...siblingSide
  }
})

const cartEnvironment = (settings: Settings, place: Place) => {
  const { blog, cart, events, market, provider } = addresses(settings.ports)
  const sumUpBaseUrl = settings.sumUpBaseUrl ?? provider
  return {
    NODE_ENV: settings.watch ? "development" : "",
    PORT: String(settings.ports.cart),
    BIND_HOST: "127.0.0.1",
    PUBLIC_URL: cart,
    BLOG_URL: blog,
    MARKET_URL: market,
    EVENTS_URL: events,
    SIBLING_ORIGINS: [blog, market, events].join(" "),
    PAYMENT_ORIGINS: settings.paymentOrigins ?? sumUpBaseUrl,
    MEDIA_ORIGINS: market,
    DATABASE_URL: place.databaseUrl,
    DATA_DIR: place.folder,
    MAIL_URL: addresses(settings.ports).mail,
    MAIL_FROM: "orders@rose-ash.example",
    SUMUP_BASE_URL: sumUpBaseUrl,
    SESSION_COOKIE: settings.sessionCookie,
    ...own,
    ...cartSide(blog),
    // What stands in the environment for another database must not be used for this one.
    ...(settings.databaseUrl === null ? { CART_MIGRATE_URL: "", CART_PAY_URL: "" } : {})
  }
}

/** Tables of the cart, and the groups' pages with their sealed keys: runs to its end. */
export const configuration = (settings: Settings, place: Place): Plan => ({
  name: "cart's configuration",
  script: script("cart-service"),
  args: ["pages"],
  log: log(place, "cart-configuration"),
  env: cartEnvironment(settings, place),
  input: JSON.stringify(pages(addresses(settings.ports).market))
})

/** The cart service itself. */
const cart = (settings: Settings, place: Place): Plan => ({
  name: "cart service",
  script: script("cart-service"),
  args: ["serve"],
  log: log(place, "cart-service"),
  env: { ...together, ...cartEnvironment(settings, place) }
})

/** How each part that goes on is run. */
export const plans = { provider, cooperative, cart }
