import { describe, expect, it } from "vitest"
import { routes } from "../src/Routes.ts"
import type { Browser, Seen } from "./Browser.ts"
import { config } from "./Service.ts"
import { Stage } from "./Stage.ts"
import { paid } from "./scenes.ts"
import { start } from "./start.ts"

const tries = async (times: number, ask: () => Promise<Seen>): Promise<ReadonlyArray<number>> => {
  const statuses: Array<number> = []
  for (let n = 0; n < times; n++) statuses.push((await ask()).status)
  return statuses
}
const none = config.limits ?? {}
const from = (browser: Browser, address: string, path: string) =>
  browser.send(path, { headers: { "x-forwarded-for": address } })

describe("asking too often", () => {
  it("is told in words, with the seconds to wait", async () => {
    const browser = (await start({ limits: { ...none, reads: 3 } })).browser()
    expect(await tries(4, () => browser.send("/"))).toEqual([200, 200, 200, 429])
    const seen = await browser.send("/")
    const seconds = Number(seen.headers["retry-after"])
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(seen.body).toContain("Too many tries")
    expect(seen.body).toContain(`Please wait ${seconds} second`)
    expect(seen.headers["ratelimit-policy"]).toContain('"reads"; q=3; w=60')
    expect((await browser.send("/livez")).status).toBe(200)
  })

  it("counts every address by itself, as far as proxies are known", async () => {
    const proxied = (await start({ trustProxy: 1, limits: { ...none, reads: 1 } })).browser()
    expect((await from(proxied, "203.0.113.1", "/")).status).toBe(200)
    expect((await from(proxied, "203.0.113.1", "/")).status).toBe(429)
    expect((await from(proxied, "203.0.113.2", "/")).status).toBe(200)
    expect((await from(proxied, "203.0.113.9, 203.0.113.1", "/")).status).toBe(429)
    const direct = (await start({ limits: { ...none, reads: 1 } })).browser()
    expect((await from(direct, "203.0.113.1", "/")).status).toBe(200)
    expect((await from(direct, "203.0.113.2", "/")).status).toBe(429)
  })

  it("counts who asks by what they show, and by their address however they call themselves", async () => {
    const service = await start({ limits: { ...none, cart: 2, cartByAddress: 5 } })
    const write = (token: string) => () => {
      const browser = service.browser()
      browser.jar.set("cart", token)
      return browser.post("/p/nowhere/entries/nothing/release", {})
    }
    expect(await tries(3, write("a".repeat(43)))).toEqual([303, 303, 429])
    expect(await tries(3, write("b".repeat(43)))).toEqual([303, 303, 429])
    let name = 0
    const others = await tries(3, () => write(`${name++}${"c".repeat(42)}`)())
    expect(others.at(-1)).toBe(429)
  })

  it("ordering and paying have the tightest limit, following a payment its own", async () => {
    const browser = (await start({ limits: { ...none, pay: 1, follow: 2, misses: 99 } })).browser()
    const order = "/orders/RA-0000-0000"
    expect(await tries(2, () => browser.post(`${order}/pay`, {}))).toEqual([404, 429])
    expect(await tries(1, () => browser.post("/p/nowhere/checkout", {}))).toEqual([429])
    expect(await tries(3, () => browser.send(`${order}/return`))).toEqual([404, 404, 429])
  })

  it("guesses at orders and links are counted, what is found is not", async () => {
    const browser = (await start({ limits: { ...none, misses: 2 } })).browser()
    expect(await tries(3, () => browser.send("/orders/RA-0000-0000"))).toEqual([404, 404, 429])
    expect(await tries(1, () => browser.send(`/o/00000000-${"0".repeat(64)}`))).toEqual([429])
    const stage = await Stage.open({ limits: { ...none, misses: 2 } })
    const order = await paid(stage)
    const look = () => stage.browser.send(`/orders/${order.number}`)
    expect(await tries(4, look)).toEqual([200, 200, 200, 200])
    await stage.service.stop()
  })

  it("never keeps a hint about a payment away", () => {
    expect(routes.webhook.limits).toEqual([])
  })
})
