/** The ports of the house, each moved by a variable of its own. */
export const portNames = {
  blog: { variable: "BLOG_PORT", usual: 8000 },
  market: { variable: "MARKET_PORT", usual: 8001 },
  cart: { variable: "PORT", usual: 8002 },
  events: { variable: "EVENTS_PORT", usual: 8003 },
  provider: { variable: "FAKE_SUMUP_PORT", usual: 8010 },
  mail: { variable: "MAIL_PORT", usual: 8025 }
} as const

export type PortName = keyof typeof portNames
export type Ports = { readonly [name in PortName]: number }

/** How the house is to be started. */
export interface Settings {
  readonly ports: Ports
  /** Null: the embedded database. */
  readonly databaseUrl: string | null
  /** Null: the folder that fits this clone. */
  readonly dataDir: string | null
  /** Null: the house's own practice provider. */
  readonly sumUpBaseUrl: string | null
  /** Null: wherever the payment provider is. */
  readonly paymentOrigins: string | null
  readonly sessionCookie: string
  /** Begin anew: forget everything that was kept. */
  readonly reset: boolean
  /** Restart what was changed. */
  readonly watch: boolean
  readonly stopWithStdin: boolean
}

type Environment = { readonly [name: string]: string | undefined }

const names: ReadonlyArray<PortName> = ["blog", "market", "cart", "events", "provider", "mail"]

const readPorts = (environment: Environment, wrong: Array<string>): Ports => {
  const read = (name: PortName): number => {
    const { usual, variable } = portNames[name]
    const text = environment[variable] || String(usual)
    const port = Number(text)
    if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
      wrong.push(`${variable} is wrong: write a port number from 1 to 65535.`)
    return port
  }
  const ports = {
    blog: read("blog"),
    market: read("market"),
    cart: read("cart"),
    events: read("events"),
    provider: read("provider"),
    mail: read("mail")
  }
  for (const name of names) {
    const twin = names.slice(names.indexOf(name) + 1).find((other) => ports[other] === ports[name])
    if (twin === undefined) continue
    const variables = `${portNames[name].variable} and ${portNames[twin].variable}`
    wrong.push(`${variables} are both ${ports[name]}: move one of them.`)
  }
  return ports
}

/** Reads what the command line and the environment ask for, or every sentence about what is wrong with it. */
export const readSettings = (
  environment: Environment,
  args: ReadonlyArray<string>
): { readonly settings: Settings } | { readonly wrong: ReadonlyArray<string> } => {
  const wrong: Array<string> = []
  const given = (name: string) => environment[name] || null
  for (const arg of args)
    if (arg !== "--reset" && arg !== "--watch") wrong.push(`${arg} means nothing here: there is --reset.`)
  const settings = {
    ports: readPorts(environment, wrong),
    databaseUrl: given("DATABASE_URL"),
    dataDir: given("DATA_DIR"),
    sumUpBaseUrl: given("SUMUP_BASE_URL"),
    paymentOrigins: given("PAYMENT_ORIGINS"),
    sessionCookie: given("SESSION_COOKIE") ?? "rose_session",
    reset: args.includes("--reset"),
    watch: args.includes("--watch"),
    stopWithStdin: environment["STOP_WITH_STDIN"] === "1"
  }
  if (settings.reset && settings.databaseUrl !== null)
    wrong.push(
      "--reset empties only the embedded database: take DATABASE_URL away, or empty that database yourself."
    )
  return wrong.length > 0 ? { wrong } : { settings }
}

/** Where browsers find each part. One host name everywhere: another name would be another origin. */
export const addresses = (ports: Ports): { readonly [name in PortName]: string } => ({
  blog: `http://localhost:${ports.blog}`,
  market: `http://localhost:${ports.market}`,
  cart: `http://localhost:${ports.cart}`,
  events: `http://localhost:${ports.events}`,
  provider: `http://localhost:${ports.provider}`,
  mail: `smtp://localhost:${ports.mail}`
})
