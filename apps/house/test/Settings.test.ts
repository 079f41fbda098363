import { createServer, type Server } from "node:net"
import { describe, expect, it } from "vitest"
import { box } from "../src/box.ts"
import { takenPorts } from "../src/ports.ts"
import { merchants, pages } from "../src/practice.ts"
import { readSettings, type Settings } from "../src/Settings.ts"

const settingsOf = (
  environment: { readonly [name: string]: string },
  args: ReadonlyArray<string> = []
): Settings => {
  const read = readSettings(environment, args)
  if ("wrong" in read) throw new Error(read.wrong.join())
  return read.settings
}
const listen = (host: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once("error", reject)
      .listen(0, host, () => resolve(server))
  })
const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === "object" && address !== null ? address.port : 0
}

describe("the house's settings", () => {
  it("need nothing: every port has its usual number", () => {
    const { dataDir, databaseUrl, ports, reset } = settingsOf({})
    expect(ports).toEqual({ blog: 8000, market: 8001, cart: 8002, events: 8003, provider: 8010, mail: 8025 })
    expect({ dataDir, databaseUrl, reset }).toEqual({ dataDir: null, databaseUrl: null, reset: false })
  })

  it("never empty a database that was given", () => {
    const read = readSettings({ DATABASE_URL: "postgres://localhost/x" }, ["--reset"])
    expect(read).toHaveProperty("wrong", [
      expect.stringContaining("--reset empties only the embedded database")
    ])
  })

  it("name every port that is no port", () => {
    const read = readSettings({ PORT: "0x50", BLOG_PORT: "-1", MARKET_PORT: "70000", EVENTS_PORT: "a" }, [])
    const wrong = "wrong" in read ? read.wrong : []
    for (const name of ["PORT", "BLOG_PORT", "MARKET_PORT", "EVENTS_PORT"])
      expect(wrong).toContain(`${name} is wrong: write a port number from 1 to 65535.`)
  })
})

describe("the box", () => {
  it("shows every address on one host name, and where the data is", () => {
    const text = box(settingsOf({ PORT: "9002" }), "/clone/.data", "/clone")
    expect(text).toContain("http://localhost:9002/orders\n")
    expect(text).toContain("  Data in .data/ (npm start -- --reset begins again). Ctrl-C stops everything.")
    expect(text.match(/http:\/\/localhost/g)).toHaveLength(8)
    expect(box(settingsOf({}), "/var/lib/elsewhere", "/clone")).toContain("Data in /var/lib/elsewhere/ (")
    expect(box(settingsOf({}), null, "/clone")).toContain("Data in the database that DATABASE_URL names.")
  })
})

describe("ports", () => {
  it("are taken when anybody listens on either of the addresses that localhost can be", async () => {
    for (const host of ["127.0.0.1", "0.0.0.0", "::1", "::"]) {
      const server = await listen(host).catch(() => null)
      if (server === null) continue // a machine without IPv6
      const ports = { ...settingsOf({}).ports, cart: portOf(server) }
      const found = await takenPorts(ports, ["cart"])
      await new Promise((resolve) => server.close(resolve))
      expect(found, host).toEqual([expect.stringContaining(`Port ${ports.cart} is already in use`)])
      expect(found[0]).toContain("set PORT to another one")
    }
  })
})

describe("practice money", () => {
  it("goes to an account of its own for every page but the Print Workshop, by keys that nobody takes for real", () => {
    const configured = pages("http://localhost:8001")
    const known = new Map(merchants.map(({ api_key, merchant_code }) => [merchant_code, api_key]))
    expect(known.size).toBe(4)
    expect(new Set(known.values()).size).toBe(4)
    for (const { id, ...page } of configured) {
      const code = "merchantCode" in page ? page.merchantCode : undefined
      expect(code === undefined).toBe(id === "print-workshop")
      if (code !== undefined) expect("apiKey" in page && page.apiKey).toBe(known.get(code))
    }
    for (const key of known.values()) expect(key).toMatch(/^practice-key-/)
  })
})
