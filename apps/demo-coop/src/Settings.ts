import type { ServiceName } from "./contract.ts"
import type { Links } from "./Links.ts"

/** What the practice cooperative is told. */
export interface Settings {
  readonly ports: {
    readonly blog: number
    readonly market: number
    readonly events: number
    readonly mail: number
  }
  readonly links: Links
  /** As an administrator: applies the schema and makes the log-ins of the three services. */
  readonly databaseUrl: string
  readonly sessionCookie: string
  /** How the three services show themselves to the cart, and what its events are signed with. */
  readonly cartKeys: { readonly [name in ServiceName]?: string }
  readonly eventKey: string | null
  /** How often the rising price takes a step, in seconds; 0: only when somebody lets it. */
  readonly riseEvery: number
  readonly stopWithStdin: boolean
}

type Environment = { readonly [name: string]: string | undefined }

const key = (name: ServiceName, value: string | undefined): Settings["cartKeys"] =>
  value === undefined || value === "" ? {} : { [name]: value }

/** Reads the environment, or every sentence about what is wrong with it. */
export const readSettings = (
  environment: Environment
): { readonly settings: Settings } | { readonly wrong: ReadonlyArray<string> } => {
  const wrong: Array<string> = []
  const count = (name: string, usual: number, most: number): number => {
    const value = Number(environment[name] || usual)
    if (!Number.isInteger(value) || value < 0 || value > most)
      wrong.push(`${name} is wrong: write a whole number from 0 to ${most}.`)
    return value
  }
  const ports = {
    blog: count("BLOG_PORT", 8000, 65_535),
    market: count("MARKET_PORT", 8001, 65_535),
    events: count("EVENTS_PORT", 8003, 65_535),
    mail: count("MAIL_PORT", 8025, 65_535)
  }
  const cart = URL.parse(environment["CART_URL"] || "http://localhost:8002")
  if (cart === null) wrong.push("CART_URL is wrong: write an address like http://localhost:8002.")
  const databaseUrl = environment["DATABASE_URL"] ?? ""
  if (databaseUrl === "") wrong.push("DATABASE_URL is missing: set it to a database's address.")
  const riseEvery = count("PRACTICE_RISE_SECONDS", 60, 86_400)
  if (wrong.length > 0 || cart === null) return { wrong }
  const here = (port: number) => `http://localhost:${port}`
  return {
    settings: {
      ports,
      links: {
        blog: here(ports.blog),
        market: here(ports.market),
        events: here(ports.events),
        cart: cart.origin
      },
      databaseUrl,
      sessionCookie: environment["SESSION_COOKIE"] || "rose_session",
      cartKeys: {
        ...key("blog", environment["CART_KEY_BLOG"]),
        ...key("market", environment["CART_KEY_MARKET"]),
        ...key("events", environment["CART_KEY_EVENTS"])
      },
      eventKey: environment["CART_EVENT_KEY"] || null,
      riseEvery,
      stopWithStdin: environment["STOP_WITH_STDIN"] === "1"
    }
  }
}
