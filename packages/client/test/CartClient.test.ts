import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { Redacted } from "effect"
import { type CartOptions, makeCart } from "../src/CartClient.ts"
import { verify } from "../src/events/Signature.ts"
import { json, nowhere, standIn } from "./standIn.ts"

const key = "practice-key-of-the-market"
/** Time enough on a busy machine, where time is not what is tried. */
const patient = (of: CartOptions) => makeCart({ deadline: 2000, ...of })
const tells = { as: "blog", keys: ["practice-key-of-the-blog-for-events"] } as const
const full = { count: 3, pages: 2, totals: [{ currency: "GBP", minor: 4110, text: "£41.10" }] }
const none = { count: 0, pages: 0, totals: [] }
const session = "a-session-cookie"
const happening = {
  id: "login-1",
  type: "user.logged_in",
  data: { user_id: "ada", session: createHash("sha256").update(session).digest("hex") }
} as const
const unavailable = { ok: false, why: "unavailable" } as const
const refused = { ok: false, why: "refused" } as const

describe("asking for a summary", () => {
  it("shows this service's key, and of the person a digest or an id, never the cookie", async () => {
    const { heard, url } = await standIn(json(200, full))
    const cart = patient({ url, key })
    assert.deepStrictEqual(await cart.summary({ session }), { ok: true, value: full })
    await cart.summary({ customer: "ada" })
    const [first, second] = heard
    assert.deepStrictEqual([first?.method, first?.path], ["GET", "/internal/cart/summary"])
    assert.strictEqual(first?.headers["authorization"], `Bearer ${key}`)
    assert.strictEqual(first?.headers["cart-session"], happening.data.session)
    assert.notInclude(JSON.stringify(first), session)
    assert.isUndefined(first?.headers["cart-customer"])
    assert.strictEqual(second?.headers["cart-customer"], "ada")
    assert.isUndefined(second?.headers["cart-session"])
  })
  it("goes to the address for services where there is one", async () => {
    const { heard, url: internalUrl } = await standIn(json(200, none))
    const cart = patient({ url: "https://cart.example", internalUrl, key })
    assert.deepStrictEqual(await cart.summary({ session }), { ok: true, value: none })
    assert.strictEqual(heard.length, 1)
    assert.strictEqual(cart.url, "https://cart.example")
  })
  it("ignores what it does not know of an answer", async () => {
    const { url } = await standIn(json(200, { ...full, later: "new" }))
    assert.deepStrictEqual(await patient({ url, key }).summary({ session }), { ok: true, value: full })
  })
})

describe("a cart that is no help", () => {
  const bad: ReadonlyArray<readonly [string, Parameters<typeof standIn>[0], object]> = [
    ["says 500", json(500, {}), unavailable],
    [
      "says 503 in HTML",
      (response) => response.writeHead(503, { "content-type": "text/html" }).end("<p>"),
      unavailable
    ],
    ["answers nonsense", json(200, { count: "three" }), unavailable],
    [
      "answers half of it",
      (response) => response.writeHead(200, { "content-length": "99" }).write('{"co'),
      unavailable
    ],
    ["hangs up", (response) => response.socket?.destroy(), unavailable],
    ["knows no such key", json(401, { type: "about:blank" }, "application/problem+json"), refused],
    ["keeps this key from that", json(403, {}), refused]
  ]
  it.each(bad)("%s: nothing is thrown, and why is told", async (_, answer, expected) => {
    const { url } = await standIn(answer)
    const cart = patient({ url, key, tells, deadline: 1000 })
    assert.deepStrictEqual(await cart.summary({ session }), expected)
    assert.deepStrictEqual(await cart.tell(happening), expected)
  })
  it("is not there", async () => {
    const cart = patient({ url: await nowhere(), key, tells })
    const id = "00000000-0000-7000-8000-000000000001"
    for (const asked of [cart.summary({ session }), cart.order(id), cart.entries(id), cart.tell(happening)])
      assert.deepStrictEqual(await asked, unavailable)
  })
  it("is slow, silent or drips: the deadline holds over the whole answer", async () => {
    const silent = await standIn(() => undefined)
    const dripping = await standIn((response) => {
      response.writeHead(200, { "content-type": "application/json" })
      const drip = setInterval(() => response.write(" "), 20)
      response.once("close", () => clearInterval(drip))
    })
    for (const { url } of [silent, dripping]) {
      const began = performance.now()
      assert.deepStrictEqual(await makeCart({ url, key, deadline: 120 }).summary({ session }), unavailable)
      const took = performance.now() - began
      assert.isAtLeast(took, 110)
      assert.isBelow(took, 400)
    }
  })
  it("sends elsewhere: nobody goes there, with the key or without", async () => {
    const elsewhere = await standIn(json(200, full))
    const { url } = await standIn((response) => response.writeHead(307, { location: elsewhere.url }).end())
    const cart = patient({ url, key, tells })
    assert.deepStrictEqual(await cart.summary({ session }), unavailable)
    assert.deepStrictEqual(await cart.tell(happening), unavailable)
    assert.strictEqual(elsewhere.heard.length, 0)
  })
  it("is asked for what cannot be", async () => {
    const { heard, url } = await standIn(json(200, full))
    const cart = patient({ url, key })
    assert.isFalse((await cart.order("../cart/summary")).ok)
    assert.isFalse((await cart.summary({ customer: "a b" })).ok)
    assert.strictEqual(heard.length, 0)
  })
})

describe("orders", () => {
  const id = "00000000-0000-7000-8000-000000000001"
  const at = "2026-11-29T10:00:00.000Z"
  const order = {
    id,
    number: "RA-7K4M-Q2XD",
    pageId: "ash-bakery",
    pageName: "Ash Bakery",
    customerId: null,
    state: "paid" as const,
    standing: "paid" as const,
    currency: "GBP",
    totalMinor: 1240,
    taxMinor: 62,
    lines: [],
    placedAt: at,
    expiresAt: at,
    paidAt: at,
    closedAt: null
  }
  it("are found by the id that events name", async () => {
    const { heard, url } = await standIn(json(200, order))
    assert.deepStrictEqual(await patient({ url, key }).order(id), { ok: true, value: order })
    assert.deepStrictEqual(
      heard.map(({ path }) => path),
      [`/internal/orders/${id}`]
    )
  })
  it("come with their places", async () => {
    const entry = {
      id: "e1",
      name: "Bread",
      state: "provisional" as const,
      startsAt: at,
      endsAt: at,
      heldUntil: null
    }
    const { url } = await standIn(json(200, [entry]))
    assert.deepStrictEqual(await patient({ url, key }).entries(id), { ok: true, value: [entry] })
  })
  it("that are not there are told from a cart that is not", async () => {
    const problem = { type: "about:blank", title: "There is no such thing", status: 404 }
    const { url } = await standIn(json(404, problem, "application/problem+json"))
    assert.deepStrictEqual(await patient({ url, key }).order(id), { ok: false, why: "not_found" })
  })
})

describe("telling the cart", () => {
  it("is signed by every key, and says it is a CloudEvent of this sibling", async () => {
    const { heard, url } = await standIn(json(202, { heard: "now" }))
    const keys = ["practice-key-new-of-the-blog", "practice-key-old-of-the-blog"]
    const cart = patient({ url, key, tells: { as: "blog", keys } })
    assert.deepStrictEqual(await cart.tell(happening), { ok: true, value: "now" })
    const [one] = heard
    assert.deepStrictEqual([one?.method, one?.path], ["POST", "/internal/events"])
    assert.strictEqual(one?.headers["content-type"], "application/cloudevents+json")
    assert.isUndefined(one?.headers["authorization"])
    assert.deepInclude(JSON.parse(one?.body ?? ""), { specversion: "1.0", source: "/blog", ...happening })
    const header = (name: string) => `${one?.headers[name] ?? ""}`
    for (const live of keys) {
      const shown = { header, body: one?.body ?? "", now: Date.now() }
      assert.deepStrictEqual(verify([Redacted.make(live)], shown), { id: happening.id })
    }
  })
  it("says when it had been told before", async () => {
    const { url } = await standIn(json(202, { heard: "before" }))
    assert.deepStrictEqual(await patient({ url, key, tells }).tell(happening), { ok: true, value: "before" })
  })
})
