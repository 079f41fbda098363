import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { Stage } from "./Stage.ts"
import { bakery, pay } from "./scenes.ts"

describe("logs", async () => {
  const stage = await Stage.open({ development: false })
  afterAll(stage.service.stop)

  it("say which route, how it went and how long it took, and nothing about anybody", async () => {
    const { browser, service } = stage
    const customer = await stage.logIn("Canary Name", "canary@example.org")
    browser.jar.set("visit", "canary-visit")
    const { page } = await bakery(stage)
    const order = await stage.order(page.id, "canary@example.org")
    await pay(stage, order)
    await browser.open(`/orders/${order.number}/return`)
    await browser.send(`/o/canary-link?secret=canary-query`)
    await browser.send(`/webhooks/sumup/canary-token`, { method: "POST", body: "canary-body" })
    await browser.post("/cart/lines", { item: "canary-item", quantity: "1", key: "canary-key-1" })
    await browser.send("/canary-path")
    service.meanwhile(() => Effect.die(new Error("canary-defect of canary@example.org")))
    await browser.open("/")
    const log = service.lines.join("\n")
    const session = browser.jar.get("rose_session") ?? ""
    for (const secret of [session, customer.email ?? "", customer.name, order.number, "canary"]) {
      expect(log.toLowerCase().includes(secret.toLowerCase())).toBe(false)
    }
    expect(log).toMatch(/a request failed.*"trace":"Error\\n\s+at /)
    const line = service.lines.find((one) => one.includes('"/p/:page/checkout"') && one.includes('"POST"'))
    expect(JSON.parse(line ?? "{}")).toMatchObject({
      annotations: { route: "/p/:page/checkout", method: "POST", status: 303, ms: expect.any(Number) }
    })
  })
})
