import { afterAll, describe, expect, it } from "vitest"
import { elements } from "./dom.ts"
import { Stage } from "./Stage.ts"
import { ordered, pay } from "./scenes.ts"

describe("the page that waits for a payment", async () => {
  const stage = await Stage.open()
  afterAll(stage.service.stop)
  const order = await ordered(stage)
  const { browser } = stage
  const watch = () => elements(browser.dom).find(({ attributes }) => attributes["id"] === "watch")?.attributes
  const at = (n: number) => `/orders/${order.number}/return?n=${n}`

  it("asks again by itself, ever more seldom, for about three minutes", async () => {
    const gaps: Array<number> = []
    let path: string | undefined = `/orders/${order.number}/return`
    while (path !== undefined && gaps.length < 30) {
      await browser.open(path)
      const seconds = /^every (\d+)s$/.exec(watch()?.["hx-trigger"] ?? "")?.[1]
      if (seconds !== undefined) gaps.push(Number(seconds))
      path = watch()?.["hx-get"]
      stage.service.moveOn("3 seconds")
    }
    expect(gaps).toEqual([1, 2, 3, 5, 8, ...Array.from({ length: 12 }, () => 13)])
    expect(browser.text).toContain("Check again")
    expect(gaps.reduce((sum, gap) => sum + gap, 0)).toBeLessThanOrEqual(180)
  })

  it("never takes the focus while it asks, and errors of the server do not stop it", async () => {
    await browser.open(at(2))
    expect(elements(browser.dom).filter(({ attributes }) => "autofocus" in attributes)).toEqual([])
    expect([watch()?.["hx-status:429"], watch()?.["hx-status:5xx"]]).toEqual(["swap:none", "swap:none"])
  })

  it("stops at the end, says so, and gives the focus to the heading", async () => {
    await pay(stage, order)
    await browser.open(at(3))
    expect(watch()).toBeUndefined()
    expect(browser.byId("said")).toBe("Thank you – your order is paid")
    const focused = elements(browser.dom).filter(({ attributes }) => "autofocus" in attributes)
    expect(focused.map(({ name }) => name)).toEqual(["h1"])
    expect(browser.title).toBe(`Thank you – your order is paid – order ${order.number} – Rose Ash`)
  })

  it("does not believe what its address says", async () => {
    for (const query of ["n=100", "n=-1", "n=x", "n=1&n=2"]) {
      expect((await browser.send(`/orders/${order.number}/return?${query}`)).status).toBe(400)
    }
    const other = await ordered(stage)
    await browser.open(`/orders/${other.number}/return?status=paid&checkout_id=x&n=99`)
    expect(browser.h1).toBe("Checking your payment")
  })
})
