import { afterAll, describe, expect, it } from "vitest"
import type { Sent } from "./Browser.ts"
import { Stage } from "./Stage.ts"
import { bakery } from "./scenes.ts"

const form = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" }
const post = (body: string | Buffer, headers = {}): Sent => ({
  method: "POST",
  headers: { ...form, ...headers },
  body
})

/** What, where, and the body. */
const nonsense = (pageId: string, rye: string): ReadonlyArray<readonly [string, string, string]> => {
  const line = `/p/${pageId}/lines/${rye}`
  const checkout = `/p/${pageId}/checkout`
  const key = "key=form-9000000"
  const item = `item=${rye}`
  return [
    ["no quantity", line, ""],
    ["a negative quantity", line, "quantity=-1"],
    ["a fraction", line, "quantity=1.5"],
    ["a hexadecimal quantity", line, "quantity=0x2"],
    ["a quantity with a space", line, "quantity=%201"],
    ["an Arabic digit", line, "quantity=%D9%A1"],
    ["an endless quantity", line, "quantity=99999999999999999999"],
    ["a quantity twice", line, "quantity=1&quantity=2"],
    ["a quantity in an object", line, "quantity[a]=1"],
    ["nothing to add", "/cart/lines", `${key}&quantity=1`],
    ["an item with a path in it", "/cart/lines", `${key}&quantity=1&item=..%2F..%2Fx`],
    ["an item with a NUL", "/cart/lines", `${key}&quantity=1&item=a%00b`],
    ["an item with a line break", "/cart/lines", `${key}&quantity=1&item=a%0Ab`],
    ["an item twice", "/cart/lines", `${key}&quantity=1&${item}&${item}`],
    ["a page of capitals", "/cart/lines", `${key}&quantity=1&${item}&page=ASH`],
    ["nothing of it", "/cart/lines", `${key}&quantity=0&${item}`],
    ["no key", "/cart/lines", `quantity=1&${item}`],
    ["a short key", "/cart/lines", `quantity=1&${item}&key=short`],
    ["a key of signs", "/cart/lines", `quantity=1&${item}&key=..........`],
    ["a lone surrogate", "/cart/lines", `${key}&quantity=1&item=%ED%A0%80`],
    ["no revision", checkout, "total=1320&email=a%40b.example"],
    ["a strange revision", checkout, "revision=x.1&total=1320&email=a%40b.example"],
    ["a negative total", checkout, `revision=${"0".repeat(36)}.1&total=-1&email=a%40b.example`],
    ["an endless e-mail", checkout, `revision=${"0".repeat(36)}.1&total=1&email=${"a".repeat(400)}`]
  ]
}

describe("input that no form of ours sends", async () => {
  const stage = await Stage.open()
  afterAll(stage.service.stop)
  const { page, rye } = await bakery(stage)
  const { browser } = stage
  const line = `/p/${page.id}/lines/${rye}`
  const bodies = nonsense(page.id, rye)
  it.each(bodies)("%s is not read, and nothing is changed", async (_, path, body) => {
    const seen = await browser.send(path, post(body))
    expect([seen.status, seen.location]).toEqual([400, null])
    expect(seen.body).toContain("We could not read that")
    expect(seen.body).toContain("Nothing was changed.")
  })

  it("another kind of body is not read", async () => {
    for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x", ""]) {
      const seen = await browser.send(line, post('{"quantity":1}', { "content-type": type }))
      expect([type, seen.status]).toEqual([type, 400])
    }
    const latin = { "content-type": "application/x-www-form-urlencoded; charset=utf-7" }
    expect((await browser.send(line, post("quantity=1", latin))).status).toBe(400)
  })

  it("a body larger than any form is refused before it is read, in words", async () => {
    const large = await browser.send(line, post(`quantity=1&x=${"x".repeat(16_500)}`))
    expect([large.status, large.body.includes("more than we can take")]).toEqual([413, true])
    const many = await browser.send(line, post(`${"a=1&".repeat(60)}quantity=1`))
    expect(many.status).toBe(413)
    const packed = await browser.send(
      line,
      post(Buffer.from("1f8b0800", "hex"), { "content-encoding": "gzip" })
    )
    expect(packed.status).toBe(400)
  })

  it.each(["year=1e3", "year=-1", "page=A", "page=a&page=b", "after=%00"])(
    "the list does not read ?%s",
    async (query) => {
      expect((await browser.send(`/orders?${query}`)).status).toBe(400)
    }
  )

  it("a place in the list that nobody gave is some place in the list", async () => {
    for (const after of ["x", "<b>", "%3C0000.x", ">", "'--"]) {
      expect((await browser.send(`/orders?after=${after}`)).status).toBe(200)
    }
  })

  it("what was there is there still", async () => {
    await browser.open(`/p/${page.id}`)
    expect(browser.byId("total")).toBe("£13.20")
    expect(await stage.orders()).toEqual([])
  })

  it("cookies of nonsense are nobody's", async () => {
    const nonsense = [
      "%",
      "a=b",
      "__proto__",
      "x".repeat(9000),
      "null",
      "\u00e9\u00e9",
      '"',
      "{}",
      "%00",
      "eyJjb2RlIjoiYWRkZWQifQ"
    ]
    for (const value of nonsense) {
      const stranger = stage.service.browser()
      for (const name of ["cart", "notice", "order", "visit", "rose_session"]) {
        stranger.jar.set(name, Buffer.from(value, "utf8").toString("latin1"))
      }
      const seen = await stranger.send("/")
      expect([value, seen.status]).toEqual([value, seen.status === 431 ? 431 : 200])
    }
  })
})

describe("addresses that are none", async () => {
  const { browser, service } = await Stage.open()
  afterAll(service.stop)

  it.each([
    "/p/%00",
    "/p/%E0%A4%A",
    "/p/ash%0Abakery",
    "/p/..%2f..%2fetc",
    "/p/__proto__",
    "/orders/RA-7K4M-Q2XU",
    "/orders/ra-7k4m-q2xd",
    "/orders/RA-7K4M-Q2XD%00",
    "/o/x",
    `/o/${"a".repeat(5000)}`,
    "/assets/..%2f..%2fpackage.json",
    "/assets/%2e%2e%2fcart.css",
    "//evil.test/",
    "/orders/RA-0000-0000//evil.test"
  ])("the address %s leads nowhere", async (path) => {
    const seen = await browser.send(path)
    expect([400, 404]).toContain(seen.status)
    expect(seen.location).toBeNull()
    expect(seen.body).toContain('<main id="main"')
  })
})

describe("what people type", async () => {
  const stage = await Stage.open()
  afterAll(stage.service.stop)
  const { page, rye } = await bakery(stage)
  const { browser } = stage

  it("more than may be had keeps what was typed and what was there", async () => {
    for (const typed of ["100", "9999"]) {
      await browser.submit(`/p/${page.id}/lines/${rye}`, { quantity: typed, had: "2" })
      expect(browser.byId(`e-${rye}`)).toBe("Problem: At most 99 per person. Your cart still has 2.")
      expect(browser.page?.body).toContain(`value="${typed}"`)
      expect(browser.title).toMatch(/^Error: /)
    }
  })

  it.each([
    "",
    "wren",
    "wren@",
    "@example.org",
    "wren@example",
    "wren at example.org",
    "a@b.c",
    "<b>@example.org"
  ])("%j is no e-mail address: it is kept, and told at the field", async (email) => {
    const path = `/p/${page.id}/checkout`
    await browser.open(path)
    await browser.submit(path, { ...browser.formOf(path), email })
    expect(browser.h1).toBe("Check your order")
    expect(browser.byId("email-error")).toBe("Problem: Enter an e-mail address like name@example.org.")
    expect(browser.formOf(path)["email"]).toBe(email)
    expect(await stage.orders()).toEqual([])
  })

  it("spaces around an e-mail address are nobody's fault", async () => {
    const path = `/p/${page.id}/checkout`
    await browser.open(path)
    await browser.submit(path, { ...browser.formOf(path), email: "  wren@example.org " })
    expect((await stage.newest()).email).toBe("wren@example.org")
  })
})
