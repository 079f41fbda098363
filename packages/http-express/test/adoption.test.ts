import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { Stage } from "./Stage.ts"
import { bakery, ordered } from "./scenes.ts"

const words = (things: number) =>
  `We added ${things} item${things === 1 ? "" : "s"} you chose on this device before logging in.`

describe("logging in", () => {
  const stages: Array<Stage> = []
  afterAll(() => Promise.all(stages.map(({ service }) => service.stop())))
  const filled = async () => {
    const stage = await Stage.open()
    stages.push(stage)
    return { stage, browser: stage.browser, ...(await bakery(stage)) }
  }

  it("the next page says what came over, once, and the browser's own cookie goes", async () => {
    const { browser, page, stage } = await filled()
    await browser.open(`/p/${page.id}`)
    const before = browser.text
    await stage.logIn()
    await browser.open(`/p/${page.id}`)
    expect(browser.byId("notice")).toContain(words(3))
    expect(browser.jar.has("cart")).toBe(false)
    await browser.open(`/p/${page.id}`)
    expect(browser.byId("notice")).toBe("")
    for (const name of ["Sourdough", "Rye"]) {
      expect(before).toContain(name)
      expect(browser.text).toContain(name)
    }
  })

  it("undo takes it out again, by one press", async () => {
    const { browser, stage } = await filled()
    await stage.logIn()
    await browser.open("/")
    await browser.press("Undo adding them")
    expect(browser.url).toBe("/")
    expect(browser.byId("notice")).toContain("Taken out again")
    expect(browser.text).toContain("Your cart is empty.")
    await browser.submit("/cart/adoption/undo", {})
    expect(browser.byId("notice")).toContain("There is nothing left to take out.")
  })

  it("a form that was open while logging in changes the customer's cart, and the page after it tells", async () => {
    const { browser, page, rye, stage } = await filled()
    await stage.logIn()
    await browser.submit(`/p/${page.id}/lines/${rye}`, { quantity: "0", had: "1" })
    expect(browser.byId("notice")).toContain("Removed")
    await browser.open("/")
    expect(browser.byId("notice")).toContain("you chose on this device")
    expect(browser.text).not.toContain("Rye")
    expect(browser.text).toContain("Sourdough")
  })

  it("orders of the browser are the customer's, and nobody's who only has the old cookie", async () => {
    const stage = await Stage.open()
    stages.push(stage)
    const order = await ordered(stage)
    const thief = stage.service.browser()
    thief.jar.set("cart", stage.browser.jar.get("cart") ?? "")
    await stage.logIn()
    await stage.browser.open("/orders")
    expect(stage.browser.text).toContain(order.number)
    expect((await thief.send(`/orders/${order.number}`)).status).toBe(404)
    expect((await thief.send("/orders")).body).not.toContain(order.number)
  })

  it("does not wait for the adoption: when it fails the page is there, and the next request tries again", async () => {
    const { browser, stage } = await filled()
    await stage.logIn()
    stage.service.meanwhile((at) =>
      at === "Adoptions.adopt.before" ? Effect.die(new Error("the store is away")) : Effect.void
    )
    const seen = await browser.open("/")
    expect([seen.status, browser.text.includes("Your cart is empty.")]).toEqual([200, true])
    expect(browser.jar.has("cart")).toBe(true)
    stage.service.meanwhile(() => Effect.void)
    await browser.open("/")
    expect(browser.byId("notice")).toContain(words(3))
  })

  it("what a sibling told before is told by the next page as well", async () => {
    const { browser, stage } = await filled()
    const visitor = await stage.identity()
    const customer = await stage.logIn()
    const { Adoptions } = await import("@rose-ash/cart-domain/cart/Adoptions")
    if (visitor._tag !== "Visitor") throw new Error("no visitor")
    await stage.service.run(Effect.flatMap(Adoptions, (adoptions) => adoptions.adopt(visitor, customer)))
    await browser.open("/")
    expect(browser.byId("notice")).toContain(words(3))
  })

  it("a second device's cart comes along, and the larger quantity wins", async () => {
    const { browser, page, sourdough, stage } = await filled()
    await stage.logIn()
    await browser.open("/")
    const phone = stage.service.browser()
    await phone.post("/cart/lines", { item: sourdough, quantity: "4", key: "form-phone-1" })
    phone.jar.set("rose_session", browser.jar.get("rose_session") ?? "")
    await phone.open(`/p/${page.id}`)
    expect(phone.byId("notice")).toContain("Added 4 × Sourdough loaf.")
    await phone.open(`/p/${page.id}`)
    expect(phone.byId("notice")).toContain(words(1))
    expect(phone.formOf(`/p/${page.id}/lines/${sourdough}`)["quantity"]).toBe("4")
  })

  it("whoever logs in without a cart is told nothing, and no cookie is set", async () => {
    const { stage } = await filled()
    const fresh = stage.service.browser()
    await stage.logIn()
    fresh.jar.set("rose_session", stage.browser.jar.get("rose_session") ?? "")
    const seen = await fresh.open("/")
    expect([fresh.byId("notice"), seen.cookies]).toEqual(["", []])
  })
})
