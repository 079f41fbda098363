import { Effect } from "effect"
import { afterEach, describe, expect, it } from "vitest"
import { elements } from "./dom.ts"
import { attemptOf, Stage } from "./Stage.ts"
import { bakery, ordered } from "./scenes.ts"

describe("a cart", () => {
  let stage: Stage
  const open = async () => {
    stage = await Stage.open()
    return stage
  }
  afterEach(() => stage.service.stop())
  const focused = () =>
    elements(stage.browser.dom).flatMap(({ attributes }) =>
      "autofocus" in attributes ? [attributes["id"]] : []
    )

  it("a removal is told with its undo and takes the focus; undone it is as before", async () => {
    const { browser } = await open()
    const { page } = await bakery(stage)
    await browser.open(`/p/${page.id}`)
    await browser.press("Remove Rye crackers")
    expect([browser.byId("notice"), focused()]).toEqual([
      "Removed Rye crackers. Undo removal of Rye crackers",
      ["notice"]
    ])
    await browser.press("Undo removal of Rye crackers")
    expect([browser.byId("notice"), focused()]).toEqual(["Put back Rye crackers.", ["notice"]])
    expect(browser.byId("total")).toBe("£13.20")
  })

  it("a changed quantity is announced and leaves the focus alone; so does a refused one", async () => {
    const { browser } = await open()
    const { page, sourdough } = await bakery(stage)
    await browser.submit(`/p/${page.id}/lines/${sourdough}`, { quantity: "4", had: "1" })
    expect([browser.byId("said"), focused()]).toEqual(["Sourdough loaf: 4. Ash Bakery total £25.20.", []])
    await browser.submit(`/p/${page.id}/lines/${sourdough}`, { quantity: "40", had: "4" })
    expect([browser.byId("notice")?.includes("There is a problem"), focused()]).toEqual([true, []])
  })

  it("an item the market forgot can be removed, and is named as well as can be", async () => {
    const { browser } = await open()
    const { page, rye } = await bakery(stage)
    await stage.seeds((seeds) => seeds.forget(rye))
    await browser.open(`/p/${page.id}`)
    expect(browser.text).toContain("This item")
    await browser.press("Remove This item")
    expect(browser.byId("notice")).toContain("Removed This item.")
  })

  it("the same form sent twice adds once", async () => {
    const { browser } = await open()
    const { page, rye } = await bakery(stage)
    const form = { page: page.id, item: rye, quantity: "3", key: "form-twice-1" }
    await browser.post("/cart/lines", form)
    await browser.post("/cart/lines", form)
    await browser.open(`/p/${page.id}`)
    expect(browser.formOf(`/p/${page.id}/lines/${rye}`)["quantity"]).toBe("5")
  })

  it("adding goes back to where it came from, if that is one of ours", async () => {
    const { browser } = await open()
    const { page, rye } = await bakery(stage)
    const form = (n: number, back: string) => ({
      item: rye,
      quantity: "1",
      key: `form-back-${n}`,
      return_to: back
    })
    const ours = await browser.post("/cart/lines", form(1, "http://market.test/ash/41"))
    expect(ours.location).toBe("http://market.test/ash/41?cart=added")
    const theirs = await browser.post("/cart/lines", form(2, "http://evil.test/"))
    expect(theirs.location).toBe(`/p/${page.id}`)
    const refused = await browser.post("/cart/lines", { ...form(3, "http://market.test/"), quantity: "99" })
    expect(refused.location).toBe("/")
  })

  it("a place is given back by whoever holds it, and by nobody else", async () => {
    const { browser } = await open()
    const { page } = await bakery(stage)
    const { id } = await stage.place(page.id, "Pottery taster", 1500, await stage.identity())
    const path = `/p/${page.id}/entries/${id}/release`
    expect((await stage.service.browser().post(path, {})).status).toBe(303)
    await browser.open(`/p/${page.id}`)
    expect(browser.text).toContain("Pottery taster")
    await browser.press("Give this place back of Pottery taster")
    expect(browser.byId("notice")).toBe("The place is free again for others.")
    expect(browser.text).not.toContain("Pottery taster")
  })

  it("a visitor who was adopted meanwhile is served all the same, under a new name", async () => {
    const { browser, service } = await open()
    const { page, rye } = await bakery(stage)
    const visitor = await stage.identity()
    if (visitor._tag !== "Visitor") throw new Error("not a visitor")
    const { customer } = await stage.seeds((seeds) => seeds.person({}))
    const before = browser.jar.get("cart")
    let adopted = 0
    service.meanwhile((at) => {
      if (at !== "Carts.modify.before" || adopted > 0) return Effect.void
      adopted += 1
      return Effect.promise(() => stage.seeds((seeds) => seeds.adopt(visitor, customer)))
    })
    const { location, status } = await stage.add(rye)
    expect([adopted, status, location]).toEqual([1, 303, `/p/${page.id}`])
    expect(browser.jar.get("cart")).not.toBe(before)
    await browser.open(`/p/${page.id}`)
    expect(browser.byId("total")).toBe("£2.50")
  })
})

describe("a payment that takes its time", () => {
  it("is not waited for beyond two and a half seconds, and still noted when it comes", async () => {
    const stage = await Stage.open()
    const order = await ordered(stage)
    await stage.scripted((buyer) => buyer.pay(attemptOf(order)))
    stage.service.moveOn("3 seconds")
    stage.service.meanwhile((at) =>
      at === "PaymentProvider.read.after" ? Effect.sleep("3 seconds") : Effect.void
    )
    const begun = performance.now()
    await stage.browser.open(`/orders/${order.number}/return?n=1`)
    expect(performance.now() - begun).toBeLessThan(2950)
    expect(stage.browser.h1).toBe("Checking your payment")
    await expect.poll(async () => (await stage.newest()).state, { timeout: 4000 }).toBe("paid")
    await stage.service.stop()
  })
})
