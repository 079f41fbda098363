import { createServer, type Server } from "node:http"
import { badgeFor } from "@rose-ash/cart-client/badge"
import { makeCart } from "@rose-ash/cart-client/CartClient"
import type { Express } from "express"
import { openBlog, seedBlog, who } from "./Blog.ts"
import { blogApplication } from "./blogApplication.ts"
import { openCalendars, seedCalendars } from "./Calendars.ts"
import { applyContract, type ServiceName } from "./contract.ts"
import { type Database, openDatabase } from "./Database.ts"
import { eventsApplication } from "./eventsApplication.ts"
import { openHappenings } from "./Happenings.ts"
import { openMailbox } from "./Mailbox.ts"
import { openMarket, seedMarket } from "./Market.ts"
import { marketApplication } from "./marketApplication.ts"
import { openPlaces } from "./Places.ts"
import type { Settings } from "./Settings.ts"

const listen = (app: Express, port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer({ requestTimeout: 15_000 }, app)
    server.once("error", reject).listen(port, "127.0.0.1", () => resolve(server))
  })

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** Applies schema and data as the administrator, and opens the database as each service. */
const prepare = async ({ databaseUrl, links }: Settings) => {
  const admin = openDatabase(databaseUrl)
  try {
    const urls = await applyContract(admin, databaseUrl)
    await Promise.all([seedBlog(admin), seedMarket(admin, links.market), seedCalendars(admin, links.events)])
    const open = (name: ServiceName): Database => openDatabase(urls[name])
    return { blog: open("blog"), market: open("market"), events: open("events") }
  } finally {
    await admin.close()
  }
}

/** One call for each page, a third of a second at most; without a key nobody is asked. */
const badgeOf = (url: string, key: string | undefined) => {
  const cart = makeCart({ url, key: key ?? "" })
  return (session: string | undefined) => badgeFor(cart, { session: key === undefined ? undefined : session })
}

/** Starts blog, market and events. `close` ends all three; it never rejects. */
export const startDemoCoop = async (settings: Settings): Promise<{ readonly close: () => Promise<void> }> => {
  const { cartKeys, eventKey, links, ports, riseEvery, sessionCookie } = settings
  const databases = await prepare(settings)
  const service = (name: ServiceName) => ({
    origin: links[name],
    links,
    sessionCookie,
    who: who(databases[name]),
    badge: badgeOf(links.cart, cartKeys[name])
  })
  const market = openMarket(databases.market)
  const mailbox = await openMailbox(ports.mail)
  const servers = await Promise.all([
    listen(
      blogApplication(service("blog"), openBlog(databases.blog), {
        happenings: openHappenings(databases.blog),
        key: eventKey,
        mailbox
      }),
      ports.blog
    ),
    listen(marketApplication(service("market"), market), ports.market),
    listen(
      eventsApplication(service("events"), openCalendars(databases.events), openPlaces(databases.events)),
      ports.events
    )
  ])
  const rising =
    riseEvery === 0
      ? undefined
      : setInterval(() => void market.raise().catch(console.error), riseEvery * 1000)
  return {
    close: async () => {
      clearInterval(rising)
      await Promise.all([mailbox.close(), ...servers.map(closed)])
      await Promise.all(Object.values(databases).map(({ close }) => close()))
    }
  }
}
