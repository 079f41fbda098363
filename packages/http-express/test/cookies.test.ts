import { afterAll, describe, expect, it } from "vitest"
import { Stage } from "./Stage.ts"
import { bakery, ordered } from "./scenes.ts"

const rules = "Path=/; HttpOnly; SameSite=Lax"
const named = (cookies: ReadonlyArray<string>, name: string) =>
  cookies.filter((one) => one.startsWith(`${name}=`))

describe("cookies", async () => {
  const stages: Array<Stage> = []
  const open = async (publicUrl?: string) => {
    const stage = await Stage.open(publicUrl === undefined ? {} : { publicUrl })
    stages.push(stage)
    return stage
  }
  afterAll(() => Promise.all(stages.map(({ service }) => service.stop())))

  it("reading sets none", async () => {
    const stage = await open()
    const page = await stage.page({ name: "Ash Bakery" })
    for (const path of ["/", `/p/${page.id}`, `/p/${page.id}/checkout`, "/orders", "/help", "/nowhere"]) {
      expect((await stage.browser.send(path)).cookies).toEqual([])
    }
  })

  it("the first write gives a browser its own, for half a year", async () => {
    const stage = await open()
    const page = await stage.page({ name: "Ash Bakery" })
    const { cookies } = await stage.add(await stage.item(page.id, "Rye", 250))
    expect(named(cookies, "cart")).toEqual([expect.stringMatching(/^cart=[^;]{20,}; Max-Age=15552000; /)])
    for (const cookie of cookies) expect(cookie).toContain(rules)
    const again = await stage.add(await stage.item(page.id, "Jam", 250))
    expect(named(again.cookies, "cart")).toEqual([])
  })

  it("a refused first write names nobody: what is refused leaves nothing behind", async () => {
    const stage = await open()
    const page = await stage.page({ name: "Ash Bakery" })
    const gone = await stage.item(page.id, "Rye", 250, { available: false })
    const { cookies, location } = await stage.add(gone)
    expect([named(cookies, "cart"), named(cookies, "notice").length, location]).toEqual([[], 1, "/"])
    for (const [at, form] of [
      [`/p/${page.id}/lines/nothing`, { quantity: "2" }],
      ["/p/nowhere/lines/nothing", { quantity: "0" }]
    ] as const)
      expect(named((await stage.browser.post(at, form)).cookies, "cart")).toEqual([])
    const rye = await stage.item(page.id, "Rye", 250)
    expect(named((await stage.add(rye)).cookies, "cart")).toHaveLength(1)
  })

  it("a token nobody issued is replaced, never accepted", async () => {
    const stage = await open()
    const { page } = await bakery(stage)
    const thief = stage.service.browser()
    thief.jar.set("cart", "A".repeat(43))
    await thief.open(`/p/${page.id}`)
    expect(thief.text).toContain("Your cart for Ash Bakery is empty.")
    const item = await stage.item(page.id, "Tea", 100)
    const { cookies } = await thief.post("/cart/lines", { item, quantity: "1", key: "form-thief-1" })
    expect(named(cookies, "cart")[0]).not.toContain("A".repeat(43))
  })

  it("by https they are bound to this host and never sent in the clear", async () => {
    const stage = await open("https://cart.test")
    const order = await ordered(stage)
    expect([...stage.browser.jar.keys()].sort()).toEqual(["__Host-cart", "__Host-notice", "__Host-visit"])
    const page = await stage.page({ name: "Rose Farm" })
    const { cookies } = await stage.add(await stage.item(page.id, "Eggs", 380))
    for (const cookie of cookies) expect(cookie).toContain("HttpOnly; Secure; SameSite=Lax")
    expect(order.visit).toBe(stage.browser.jar.get("__Host-visit"))
  })

  it("a notice is told once, on its own page", async () => {
    const stage = await open()
    const { page } = await bakery(stage)
    await stage.browser.open("/help")
    expect(stage.browser.byId("notice")).toBe("")
    await stage.browser.open(`/p/${page.id}`)
    expect(stage.browser.byId("notice")).toBe("Added 1 × Plum jam, small jar.")
    await stage.browser.open(`/p/${page.id}`)
    expect(stage.browser.byId("notice")).toBe("")
  })

  it("a refusal is told on its own page, whatever is opened first", async () => {
    const stage = await open()
    const { page, sourdough } = await bakery(stage)
    await stage.browser.post(`/p/${page.id}/lines/${sourdough}`, { quantity: "50", had: "1" })
    await stage.browser.open("/")
    expect(stage.browser.byId("notice")).toBe("")
    await stage.browser.open(`/p/${page.id}`)
    expect(stage.browser.byId("notice")).toContain("At most 10 per person.")
  })

  it("a notice is a code and ids within 512 bytes, and says nothing it was not written for", async () => {
    const stage = await open()
    const { page, sourdough } = await bakery(stage)
    const path = `/p/${page.id}`
    await stage.browser.post(`${path}/lines/${sourdough}`, { quantity: "50", had: "1" })
    const text = Buffer.from(stage.browser.jar.get("notice") ?? "", "base64url").toString()
    const item = sourdough
    expect(JSON.parse(text)).toEqual({
      code: "QuantityTooHigh",
      at: path,
      item,
      most: 10,
      kept: 1,
      typed: "50"
    })
    for (const forged of [
      { code: "<b>owned</b>" },
      { code: "toString" },
      { code: "constructor" },
      { code: "" },
      { code: "released", typed: "é".repeat(254) },
      { code: 1 }
    ]) {
      stage.browser.jar.set(
        "notice",
        Buffer.from(JSON.stringify({ at: path, ...forged })).toString("base64url")
      )
      await stage.browser.open(path)
      expect(stage.browser.byId("notice")).toBe("")
      expect(stage.browser.jar.has("notice")).toBe(false)
    }
  })

  it("orders placed one after the other are of one visit", async () => {
    const stage = await open()
    const first = await ordered(stage)
    const second = await ordered(stage)
    expect(second.id).not.toBe(first.id)
    expect([first.visit === null, second.visit]).toEqual([false, first.visit])
  })

  it("the e-mail of this visit is not asked for again, and of no other", async () => {
    const stage = await open()
    await ordered(stage)
    const { page } = await bakery(stage)
    const path = `/p/${page.id}/checkout`
    await stage.browser.open(path)
    expect(stage.browser.formOf(path)["email"]).toBe("wren@example.org")
    stage.browser.jar.delete("visit")
    await stage.browser.open(path)
    expect(stage.browser.formOf(path)["email"]).toBe("")
  })
})
