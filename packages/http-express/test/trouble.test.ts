import { StoreUnavailable } from "@rose-ash/cart-domain/health/StoreUnavailable"
import { Deferred, Effect } from "effect"
import { afterEach, describe, expect, it } from "vitest"
import { attemptOf, Stage } from "./Stage.ts"
import { bakery, ordered } from "./scenes.ts"

const away = new StoreUnavailable({ why: "away", operation: "test", code: "08006" })
const secret = "practice-secret-in-a-defect"

describe("when something breaks", () => {
  let stage: Stage
  const open = async () => {
    stage = await Stage.open()
    return stage
  }
  afterEach(() => stage.service.stop())
  const dieOf = (defect: unknown) => stage.service.meanwhile(() => Effect.die(defect))

  it("of our own fault, the page says that it charged nothing, with a reference that the log has too", async () => {
    const { browser, service } = await open()
    await bakery(stage)
    dieOf(new Error(secret))
    const seen = await browser.open("/")
    expect([seen.status, browser.h1]).toEqual([500, "Sorry, there is a problem"])
    expect(browser.text).toContain("This page has charged nothing.")
    const [, reference] = /Reference ([0-9A-Z]{8})/.exec(browser.text) ?? []
    expect(
      service.lines.some((line) => line.includes(`"request":"${reference}"`) && line.includes("failed"))
    ).toBe(true)
    expect(seen.body).not.toContain(secret)
    expect(seen.headers["content-security-policy"]).toContain("form-action 'self'")
  })

  it("while the store is away, the page that needs nothing of it is shown, on every address", async () => {
    const { browser } = await open()
    const { page } = await bakery(stage)
    const stranger = stage.service.browser()
    dieOf(away)
    expect((await stranger.open("/help")).status).toBe(503)
    for (const path of ["/", `/p/${page.id}`, "/orders", "/orders/RA-0000-0000", "/help"]) {
      const seen = await browser.open(path)
      expect([seen.status, browser.h1]).toEqual([503, "We are back in a moment"])
      expect(seen.headers["content-security-policy"]).toMatch(
        /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; frame-ancestors 'none'$/
      )
      expect(seen.headers["retry-after"]).toBe("10")
      expect(seen.headers["cache-control"]).toBe("no-store")
    }
    expect((await browser.send("/livez")).status).toBe(200)
    stage.service.meanwhile(() => Effect.void)
    expect((await stranger.open("/help")).status).toBe(200)
  })

  it("a hint about a payment is taken again later", async () => {
    const { browser } = await open()
    const order = await ordered(stage)
    const token = await stage.scripted((buyer) => Effect.succeed(buyer.token(attemptOf(order))))
    dieOf(away)
    expect((await browser.send(`/webhooks/sumup/${token}`, { method: "POST" })).status).toBe(503)
    stage.service.meanwhile(() => Effect.void)
    expect((await browser.send(`/webhooks/sumup/${token}`, { method: "POST" })).status).toBe(204)
  })

  it("whoever goes away while reading is no longer worked for; who sent a form is", async () => {
    const { browser, service } = await open()
    const { page, rye } = await bakery(stage)
    const gate = Deferred.makeUnsafe<void>()
    let interrupted = 0
    service.meanwhile(() =>
      Effect.onInterrupt(Deferred.await(gate), () =>
        Effect.sync(() => {
          interrupted += 1
        })
      )
    )
    const leave = AbortSignal.timeout(100)
    const reading = browser.send(`/p/${page.id}`, { signal: leave })
    const writing = browser.send(`/p/${page.id}/lines/${rye}`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" },
      body: "quantity=7",
      signal: leave
    })
    await expect(reading).rejects.toThrow()
    await expect(writing).rejects.toThrow()
    await new Promise((done) => setTimeout(done, 100))
    expect(interrupted).toBe(1)
    await service.run(Deferred.succeed(gate, undefined))
    service.meanwhile(() => Effect.void)
    await expect.poll(async () => (await browser.open(`/p/${page.id}`)).body).toContain('value="7"')
  })
})

describe("a hint about a payment", () => {
  it("wakes its order, whatever it says and whoever sends it; a made-up one looks the same and asks nothing", async () => {
    const stage = await Stage.open()
    const order = await ordered(stage)
    const asked: Array<string> = []
    stage.service.meanwhile((at) => Effect.sync(() => void asked.push(at)))
    const token = await stage.scripted((buyer) => Effect.succeed(buyer.token(attemptOf(order))))
    const hint = (name: string, body = "x".repeat(5000)) =>
      stage.browser.send(`/webhooks/sumup/${name}`, {
        method: "POST",
        body,
        headers: { "content-type": "a/b" }
      })
    const forged = await hint("hint-nothing")
    expect([forged.status, forged.raw.length, asked]).toEqual([204, 0, []])
    const real = await hint(token)
    expect([real.status, real.raw.length]).toEqual([204, 0])
    expect(asked).toEqual(["Orders.wake.before", "Orders.wake.after"])
    expect([forged.cookies, real.cookies]).toEqual([[], []])
    await stage.service.stop()
  })
})
