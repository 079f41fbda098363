import { Redacted } from "effect"
import { describe, expect, it } from "vitest"
import { type InternalRouteName, internalRoutes } from "../src/InternalRoutes.ts"
import { internal, keyOf } from "./internal.ts"
import { start } from "./start.ts"

/** Who calls, and what opens for them: their key's scopes, and nothing else they bring. */
const callers = {
  nobody: {},
  "a stranger's key": { authorization: "Bearer practice-key-of-nobody-at-all" },
  "a cookie and no key": { cookie: "rose_session=abc; cart=def" },
  "the blog": { authorization: `Bearer ${keyOf("blog")}` },
  "the blog by its older key": { authorization: `Bearer ${keyOf("blog", "old")}` },
  "the blog in small letters": { authorization: `bearer ${keyOf("blog")}` },
  "the market": { authorization: `Bearer ${keyOf("market")}` },
  "the events app": { authorization: `Bearer ${keyOf("events")}` },
  "a key without its scheme": { authorization: keyOf("blog") },
  "a key as a password": { authorization: `Basic ${Buffer.from(`blog:${keyOf("blog")}`).toString("base64")}` }
} as const
type Caller = keyof typeof callers

const everyone = (status: number): Readonly<Record<Caller, number>> => ({
  nobody: status,
  "a stranger's key": status,
  "a cookie and no key": status,
  "the blog": status,
  "the blog by its older key": status,
  "the blog in small letters": status,
  "the market": status,
  "the events app": status,
  "a key without its scheme": status,
  "a key as a password": status
})
const blog = (status: number) => ({
  "the blog": status,
  "the blog by its older key": status,
  "the blog in small letters": status
})

/** Every route × every caller: a route without a row does not compile. */
const matrix: { readonly [N in InternalRouteName]: Readonly<Record<Caller, number>> } = {
  summary: { ...everyone(401), ...blog(200), "the market": 200, "the events app": 403 },
  order: { ...everyone(401), ...blog(404), "the market": 403, "the events app": 404 },
  entries: { ...everyone(401), ...blog(404), "the market": 403, "the events app": 404 },
  metrics: { ...everyone(401), ...blog(403), "the market": 403, "the events app": 200 },
  openapi: { ...everyone(401), ...blog(200), "the market": 200, "the events app": 200 },
  // A key is no signature.
  tell: everyone(401)
}

const isName = (name: string): name is InternalRouteName => name in internalRoutes
const isCaller = (name: string): name is Caller => name in callers
const cells = Object.keys(matrix)
  .filter(isName)
  .flatMap((name) =>
    Object.keys(callers)
      .filter(isCaller)
      .map((caller) => ({ name, caller, status: matrix[name][caller] }))
  )
const pathOf = (name: InternalRouteName) =>
  internalRoutes[name].path.replace(":id", "00000000-0000-7000-8000-000000000001")

describe("which service may ask what", async () => {
  const service = await start({ internal })
  const ask = (name: InternalRouteName, headers: Readonly<Record<string, string>>) =>
    service.browser().send(pathOf(name), { method: internalRoutes[name].method.toUpperCase(), headers })

  it.each(cells)("$name: $caller gets $status", async ({ caller, name, status }) => {
    const seen = await ask(name, callers[caller])
    expect(seen.status).toBe(status)
    expect(seen.cookies).toEqual([])
    expect(seen.headers["x-content-type-options"]).toBe("nosniff")
    if (status < 400) return
    expect(seen.headers["content-type"]).toBe("application/problem+json")
    expect(JSON.parse(seen.body)).toEqual({ type: "about:blank", title: expect.any(String), status })
    if (status === 401) expect(seen.headers["www-authenticate"]).toBe("Bearer")
  })
  it("no key opens anything where none is configured", async () => {
    const bare = await start()
    for (const headers of [{}, { authorization: "Bearer " }, callers["the blog"]])
      expect((await bare.browser().send("/internal/cart/summary", { headers })).status).toBe(401)
  })
  it("an unknown address tells a caller so, and a stranger nothing", async () => {
    const browser = service.browser()
    expect((await browser.send("/internal/nowhere", { headers: callers["the blog"] })).status).toBe(404)
    expect((await browser.send("/internal/nowhere")).status).toBe(401)
  })
  it("keys show in no log and in no printed configuration", () => {
    const text = `${service.lines.join("\n")}${JSON.stringify(internal)}`
    for (const name of ["blog", "market", "events"]) expect(text).not.toContain(keyOf(name))
    expect(Redacted.isRedacted(internal.callers[0]?.keys[0])).toBe(true)
  })
})

describe("a listener of its own", async () => {
  const service = await start({ internal: { ...internal, port: 0 } })
  it("answers siblings there and not where browsers come, and browsers not there", async () => {
    const headers = callers["the blog"]
    const at = (port: number, path: string) => fetch(`http://127.0.0.1:${port}${path}`, { headers })
    expect(service.internalPort).not.toBe(service.port)
    expect((await at(service.internalPort, "/internal/cart/summary")).status).toBe(200)
    expect((await at(service.internalPort, "/livez")).status).toBe(404)
    const seen = await service.browser().send("/internal/cart/summary", { headers })
    expect([seen.status, seen.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"])
  })
})
