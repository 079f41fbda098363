import { describe, expect, it } from "vitest"
import { internal, keyOf } from "./internal.ts"
import { Stage } from "./Stage.ts"
import { ordered, pay } from "./scenes.ts"

const figure = (text: string, line: string): number =>
  Number(
    text
      .split("\n")
      .find((one) => one.startsWith(line))
      ?.split(" ")
      .at(-1) ?? Number.NaN
  )

describe("metrics", () => {
  it("tell what was refused and what waits, and nothing about anybody", async () => {
    const stage = await Stage.open({ internal })
    const headers = { authorization: `Bearer ${keyOf("events")}` }
    const read = () => stage.service.browser().send("/internal/metrics", { headers })
    const order = await ordered(stage)
    const before = (await read()).body
    await pay(stage, order)
    await stage.browser.open(`/orders/${order.number}/return`)
    await stage.browser.open("/orders/RA-0000-0000")
    await stage.service.browser().send("/internal/cart/summary")
    const seen = await read()
    expect(seen.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8")
    const more = (line: string) => figure(seen.body, line) - (figure(before, line) || 0)
    expect(more('cart_refused_total{refusal="OrderNotFound"}')).toBe(1)
    const unauthorized = 'cart_internal_refused_total{route="/internal/cart/summary",refusal="Unauthorized"}'
    expect(more(unauthorized)).toBe(1)
    expect(figure(seen.body, 'cart_backlog{of="cases_open"}')).toBe(0)
    for (const fact of [order.id, order.number, "wren@example.org", keyOf("events")])
      expect(seen.body).not.toContain(fact)
    await stage.service.stop()
  })
})
