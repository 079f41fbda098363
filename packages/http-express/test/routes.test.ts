import { describe, expect, it } from "vitest"
import { type Route, type RouteName, routes } from "../src/Routes.ts"
import { examples } from "./paths.ts"
import { start } from "./start.ts"

const isName = (name: string): name is RouteName => name in routes
const table: ReadonlyArray<readonly [RouteName, Route]> = Object.keys(routes)
  .filter(isName)
  .map((name) => [name, routes[name]])

/** What every response carries, whatever became of the request. */
const everywhere = {
  "content-security-policy":
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data: http://pictures.test;" +
    "connect-src 'self';form-action 'self' https://pay.example;base-uri 'none';frame-ancestors 'none';" +
    "require-trusted-types-for 'script';trusted-types htmx",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
  "x-robots-tag": "noindex"
}
/** What Node and Express add to a response besides. */
const usual = [
  "cache-control",
  "connection",
  "content-length",
  "content-type",
  "date",
  "keep-alive",
  "location"
]
const sometimes = [
  "vary",
  "allow",
  "retry-after",
  "set-cookie",
  "ratelimit",
  "ratelimit-policy",
  "transfer-encoding"
]

describe("every address", async () => {
  const service = await start()
  const browser = service.browser()

  it.each(table)("%s answers with every security header and no other", async (name, { method }) => {
    const path = examples[name]
    const seen = method === "get" ? await browser.send(path) : await browser.post(path, {})
    for (const [header, value] of Object.entries(everywhere)) expect(seen.headers[header]).toBe(value)
    expect(seen.headers["cache-control"]).toBe("no-store")
    const known = new Set([...Object.keys(everywhere), ...usual, ...sometimes])
    expect(Object.keys(seen.headers).filter((header) => !known.has(header))).toEqual([])
    expect(seen.status).toBeLessThan(500)
  })

  it.each(table.filter(([, { method }]) => method === "get"))(
    "%s answers HEAD as GET, without a body",
    async (name) => {
      const got = await browser.send(examples[name])
      const asked = await browser.send(examples[name], { method: "HEAD" })
      expect([asked.status, asked.headers["content-type"], asked.raw.length]).toEqual([
        got.status,
        got.headers["content-type"],
        0
      ])
    }
  )

  it.each(table)("%s says which methods its address knows", async (name) => {
    const seen = await browser.send(examples[name], {
      method: "PUT",
      headers: { "sec-fetch-site": "same-origin" }
    })
    const methods = table.filter(([, { path }]) => path === routes[name].path).map(([, { method }]) => method)
    const allow = [
      ...(methods.includes("get") ? ["GET", "HEAD"] : []),
      ...(methods.includes("post") ? ["POST"] : [])
    ]
    expect([seen.status, seen.headers["allow"]]).toEqual([405, allow.join(", ")])
    expect(seen.body).toContain("Page not found")
  })

  it("an address nobody gave is the page that says so, in the frame of every page", async () => {
    for (const path of [
      "/nowhere",
      "/p",
      "/orders/",
      "/P/ash-bakery",
      "/orders/RA-1234",
      "/p/Ash_Bakery",
      "/assets/"
    ]) {
      const seen = await browser.send(path)
      expect([path, seen.status]).toEqual([path, 404])
      expect(seen.body).toContain("Page not found")
      expect(seen.headers["content-type"]).toBe("text/html; charset=utf-8")
    }
  })

  it("robots are sent away", async () => {
    expect((await browser.send("/robots.txt")).body).toBe("User-agent: *\nDisallow: /\n")
  })

  it("style and script are immutable under their names, and come compressed as asked", async () => {
    const page = await browser.send("/")
    for (const name of page.body.match(/\/assets\/cart\.[0-9a-f]{8}\.(css|js)/g) ?? []) {
      const sizes = []
      for (const encoding of ["br", "gzip", "identity"]) {
        const seen = await browser.send(name, { headers: { "accept-encoding": encoding } })
        expect(seen.headers["cache-control"]).toBe("public, max-age=31536000, immutable")
        expect(seen.headers["content-encoding"]).toBe(encoding === "identity" ? undefined : encoding)
        expect(seen.body).toContain(name.endsWith("js") ? 'registerExtension("rose-ash"' : "@layer tokens")
        sizes.push(seen.raw.length)
      }
      expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    }
    expect(page.body.match(/\/assets\/cart\.[0-9a-f]{8}\.(css|js)/g)).toHaveLength(2)
  })

  it("pages come compressed where that is asked for", async () => {
    const plain = await browser.send("/")
    const small = await browser.send("/", { headers: { "accept-encoding": "gzip" } })
    expect(small.headers["content-encoding"]).toBe("gzip")
    expect(small.body).toBe(plain.body)
    expect(small.raw.length).toBeLessThan(plain.raw.length)
  })

  it("who comes by another name of this machine is sent to the public one; health checks are not", async () => {
    const other = { headers: { host: "127.0.0.1:8002" } }
    const seen = await browser.send("/orders?year=2026", other)
    expect([seen.status, seen.location, seen.body]).toEqual([303, "http://cart.test/orders?year=2026", ""])
    const abroad = await browser.send("http://elsewhere.test/orders", other)
    expect([abroad.status, abroad.location]).toEqual([303, "http://cart.test/"])
    expect((await browser.send("/livez", other)).status).toBe(200)
    expect((await browser.send("/readyz", other)).status).toBe(200)
    const proxied = await start({ trustProxy: 1 })
    expect((await proxied.browser().send("/orders", other)).status).toBe(200)
    const secure = await start({ publicUrl: "https://cart.test" })
    expect((await secure.browser().send("/orders", other)).status).toBe(200)
  })
})

describe("behind https", async () => {
  const service = await start({ publicUrl: "https://cart.test" })
  it("browsers are told to stay with it", async () => {
    const seen = await service.browser().send("/")
    expect(seen.headers["strict-transport-security"]).toBe("max-age=31536000")
    expect(seen.headers["content-security-policy"]).toBe(everywhere["content-security-policy"])
  })
})
