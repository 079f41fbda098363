import { money } from "@rose-ash/cart-domain/money/Money"
import { liveAttempt } from "@rose-ash/cart-domain/order/Order"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { Scripted } from "@rose-ash/cart-domain/testing/Scripted"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { World } from "@rose-ash/cart-domain/testing/World"
import { Effect, HashMap } from "effect"
import { describe, expect, it } from "vitest"
import { start } from "./start.ts"

describe("a purchase", async () => {
  const service = await start()
  const { page, rye } = await service.run(
    Effect.gen(function* () {
      const seeds = yield* Seeds
      const page = yield* seeds.page({ name: "Ash Bakery" })
      const rye = yield* seeds.item({ pageId: page.id, name: "Rye crackers", price: money(250, "GBP") })
      return { page, rye }
    })
  )

  it("goes from a sibling's form to a paid order, without a script", async () => {
    const browser = service.browser()
    const added = await browser.post(
      "/cart/lines",
      { page: page.id, item: rye.id, quantity: "2", key: "form-0001" },
      { origin: "http://market.test", "sec-fetch-site": "same-site" }
    )
    expect([added.status, added.location]).toEqual([303, `/p/${page.id}`])
    await browser.open(`/p/${page.id}`)
    expect(browser.byId("notice")).toBe("Added 2 × Rye crackers.")
    expect(browser.byId("total")).toBe("£5.00")
    await browser.press("Update Rye crackers", { quantity: "3" })
    expect(browser.byId("said")).toBe("Rye crackers: 3. Ash Bakery total £7.50.")
    await browser.follow("Pay Ash Bakery £7.50")
    expect(browser.h1).toBe("Check your order")
    const sent = await browser.press("Order and pay £7.50", { email: "wren@example.org" })
    expect(sent.status).toBe(303)
    const order = await service.run(
      Effect.gen(function* () {
        const { orders } = yield* (yield* World).peek
        const [row] = HashMap.toValues(orders)
        if (row === undefined) return yield* Effect.die("no order")
        const attempt = liveAttempt(row.order)
        if (attempt === undefined) return yield* Effect.die("no attempt")
        yield* (yield* Scripted).pay(attempt)
        return row.order
      })
    )
    await browser.open(`/orders/${order.number}/return`)
    expect(browser.h1).toBe("Thank you – your order is paid")
    await browser.open("/orders")
    expect(browser.text).toContain(order.number)
    await browser.follow(order.number)
    expect(browser.title).toBe(`Paid – order ${order.number} – Rose Ash`)
    expect(Orders).toBeDefined()
  })
})
