import { createHash } from "node:crypto"
import { makeCart } from "@rose-ash/cart-client/CartClient"
import { Summary } from "@rose-ash/cart-client/contract/Summary"
import { Effect, Redacted, Schema } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { internal, keyOf } from "./internal.ts"
import { Stage } from "./Stage.ts"
import { bakery, ordered } from "./scenes.ts"

const digest = (session: string) => createHash("sha256").update(session).digest("hex")
const authorization = `Bearer ${keyOf("blog")}`
const read = Schema.decodeUnknownSync(Schema.fromJsonString(Summary), { onExcessProperty: "error" })
const nothing = { count: 0, pages: 0, totals: [] }

/** A browser that siblings know by a session, with things in its cart. */
const open = async () => {
  const stage = await Stage.open({ internal })
  const session = "a-session-of-this-browser"
  stage.browser.jar.set("rose_session", session)
  const ask = (headers: Readonly<Record<string, string>>) =>
    stage.service.browser().send("/internal/cart/summary", { headers: { authorization, ...headers } })
  return { ask, stage, whose: { "cart-session": digest(session) } }
}

describe("the summary", async () => {
  const { ask, stage, whose } = await open()
  afterAll(stage.service.stop)
  const { page, rye } = await bakery(stage)

  it("counts things and held places, with totals as people read them", async () => {
    const seen = await ask(whose)
    expect([seen.status, seen.headers["content-type"]]).toEqual([200, "application/json"])
    const before = read(seen.body)
    expect(before.totals).toHaveLength(1)
    await stage.place(page.id, "Pottery", 500, await stage.identity())
    const { count, pages, totals } = read((await ask(whose)).body)
    expect([count, pages]).toEqual([before.count + 1, 1])
    const minor = (before.totals[0]?.minor ?? 0) + 500
    expect(totals).toEqual([{ currency: "GBP", minor, text: `£${(minor / 100).toFixed(2)}` }])
  })
  it("is of whoever is asked about: a session, a person, or nobody", async () => {
    const { customer, session } = await stage.seeds((seeds) => seeds.person({}))
    const browser = stage.service.browser()
    browser.jar.set("rose_session", Redacted.value(session))
    await browser.post("/cart/lines", { item: rye, quantity: "2", key: "form-of-a-customer" })
    const theirs = read((await ask({ "cart-customer": customer.id })).body)
    expect(theirs.count).toBe(2)
    expect(read((await ask({ "cart-session": digest(Redacted.value(session)) })).body)).toEqual(theirs)
    expect(read((await ask({ ...whose, "cart-customer": customer.id })).body)).toEqual(theirs)
    expect(read((await ask({})).body)).toEqual(nothing)
    expect(read((await ask({ "cart-session": digest("of nobody") })).body)).toEqual(nothing)
  })
  it("never looks at a cookie", async () => {
    const cookie = [...stage.browser.jar].map(([name, value]) => `${name}=${value}`).join("; ")
    expect(read((await ask({ cookie })).body)).toEqual(nothing)
  })
  it("refuses what is neither a digest nor an id", async () => {
    for (const headers of [
      { "cart-session": "abc" },
      { "cart-session": digest("x").toUpperCase() },
      { "cart-customer": "a b" },
      { "cart-customer": "" },
      { "cart-customer": "x".repeat(65) },
      { "cart-session": `${digest("x")}, ${digest("y")}` }
    ])
      expect([headers, (await ask(headers)).status]).toEqual([headers, 400])
  })
  it("is not sent again while it is the same, and is again with the next write", async () => {
    const first = await ask(whose)
    const etag = `${first.headers["etag"]}`
    expect(etag).toMatch(/^"[\w-]{22}"$/)
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const same = await ask({ ...whose, "if-none-match": tag })
      expect([same.status, same.body, same.headers["etag"]]).toEqual([304, "", etag])
    }
    expect(first.headers["cache-control"]).toBe("private, no-cache")
    expect(first.headers["vary"]).toContain("Cart-Session")
    await stage.add(rye)
    const changed = await ask({ ...whose, "if-none-match": etag })
    expect(changed.status).toBe(200)
    expect(changed.headers["etag"]).not.toBe(etag)
  })
  it("comes as a link for whoever would rather have HTML", async () => {
    const seen = await ask({ ...whose, accept: "text/html" })
    expect(seen.headers["content-type"]).toBe("text/html; charset=utf-8")
    expect(seen.body).toMatch(
      /^<a class="rose-cart" href="http:\/\/cart\.test\/">Your cart: \d+ things, £[\d.]+<\/a>$/
    )
    expect((await ask({ accept: "text/html" })).body).toContain(">Your cart</a>")
    expect((await ask({ ...whose, accept: "*/*" })).headers["content-type"]).toBe("application/json")
  })
  it("is one look at the store", async () => {
    const calls: Array<string> = []
    stage.service.meanwhile((at) => Effect.sync(() => void calls.push(at)))
    await ask(whose)
    stage.service.meanwhile(() => Effect.void)
    expect(calls).toEqual(["Carts.summary.before", "Carts.summary.after"])
  })
  it("is what the client makes of it", async () => {
    const url = `http://127.0.0.1:${stage.service.port}`
    const cart = makeCart({ url, key: keyOf("blog"), deadline: 3000 })
    const answer = await cart.summary({ session: "a-session-of-this-browser" })
    expect(answer).toEqual({ ok: true, value: read((await ask(whose)).body) })
    const refused = makeCart({ url, key: keyOf("events"), deadline: 3000 })
    expect(await refused.summary({ session: "x" })).toEqual({ ok: false, why: "refused" })
  })
  it("says that the store is away, and nothing of why", async () => {
    stage.service.meanwhile(() => Effect.die(new Error("canary words of a driver")))
    const seen = await ask(whose)
    stage.service.meanwhile(() => Effect.void)
    expect([seen.status, seen.headers["content-type"]]).toEqual([500, "application/problem+json"])
    expect(seen.body).not.toContain("canary")
    expect(stage.service.lines.join("\n")).not.toContain("canary")
  })
})

describe("an order, for siblings", async () => {
  const stage = await Stage.open({ internal })
  afterAll(stage.service.stop)
  await bakery(stage)
  const order = await ordered(stage)
  const cart = makeCart({ url: `http://127.0.0.1:${stage.service.port}`, key: keyOf("blog"), deadline: 3000 })

  it("says what was ordered, what it costs and how it stands", async () => {
    const answer = await cart.order(order.id)
    expect(answer).toMatchObject({
      ok: true,
      value: {
        id: order.id,
        number: order.number,
        pageId: order.pageId,
        customerId: null,
        state: "awaiting_payment",
        standing: "unpaid",
        currency: "GBP",
        totalMinor: order.total,
        paidAt: null
      }
    })
    if (!answer.ok) return
    expect(answer.value.lines.map(({ totalMinor }) => totalMinor).reduce((a, b) => a + b, 0)).toBe(
      order.total
    )
    expect(answer.value.placedAt).toBe(new Date(order.placedAt).toISOString())
  })
  it("tells no name, no address and nothing of how it was paid", async () => {
    const headers = { authorization }
    const { body } = await stage.service.browser().send(`/internal/orders/${order.id}`, { headers })
    for (const word of ["wren@example.org", "Wren", "visitor", "credential", "attempt", "merchant"])
      expect(body).not.toContain(word)
  })
  it("comes with its places", async () => {
    expect(await cart.entries(order.id)).toMatchObject({ ok: true })
  })
  it("that nobody placed is not there, nor is what is no id", async () => {
    const id = "00000000-0000-7000-8000-0000000000ff"
    expect(await cart.order(id)).toEqual({ ok: false, why: "not_found" })
    expect(await cart.entries(id)).toEqual({ ok: false, why: "not_found" })
    const headers = { authorization }
    for (const path of [
      `/internal/orders/${order.number}`,
      "/internal/orders/%00",
      "/internal/orders/x/entries"
    ])
      expect([path, (await stage.service.browser().send(path, { headers })).status]).toEqual([path, 404])
  })
})
