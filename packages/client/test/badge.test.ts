import { assert, describe, it } from "@effect/vitest"
import express from "express"
import { badge } from "../src/badge.ts"
import { makeCart } from "../src/CartClient.ts"
import { json, nowhere, standIn } from "./standIn.ts"

const key = "practice-key-of-the-market"
const full = { count: 3, pages: 2, totals: [{ currency: "GBP", minor: 4110, text: "£41.10" }] }

/** A host's page that shows the badge, and how long it took. */
const page = async (cart: ReturnType<typeof makeCart>, cookie?: string, customer?: string) => {
  const app = express().use(
    badge(cart, {
      sessionCookie: "rose_session",
      ...(customer === undefined ? {} : { customer: () => customer })
    })
  )
  app.get("/", (_, response) => void response.json(response.locals["cart"]))
  const server = app.listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  const began = performance.now()
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: cookie === undefined ? {} : { cookie } })
  const shown: unknown = await answer.json()
  server.close()
  return { shown, took: performance.now() - began }
}

describe("the badge", () => {
  it("says how many things there are and what they cost, for the session of the request", async () => {
    const { heard, url } = await standIn(json(200, full))
    const { shown } = await page(
      makeCart({ url, key, deadline: 2000 }),
      "theme=dark; rose_session=abc; other=1"
    )
    assert.deepStrictEqual(shown, { href: url, count: 3, totals: ["£41.10"], text: "Your cart (3)" })
    assert.strictEqual(heard.length, 1)
  })
  it("asks for the person where the host knows one", async () => {
    const { heard, url } = await standIn(json(200, full))
    await page(makeCart({ url, key, deadline: 2000 }), undefined, "ada")
    assert.strictEqual(heard[0]?.headers["cart-customer"], "ada")
  })
  it("asks nobody for a browser without a session", async () => {
    const { heard, url } = await standIn(json(200, full))
    const { shown } = await page(makeCart({ url, key }), "other_rose_session=abc")
    assert.deepStrictEqual(shown, { href: url, count: 0, totals: [], text: "Your cart" })
    assert.strictEqual(heard.length, 0)
  })
  it("is a plain link when the cart is slow or dead, and the page comes all the same", async () => {
    const slow = await standIn(() => undefined)
    for (const [url, least] of [
      [slow.url, 290],
      [await nowhere(), 0]
    ] as const) {
      const { shown, took } = await page(makeCart({ url, key }), "rose_session=abc")
      assert.deepStrictEqual(shown, { href: url, count: null, totals: [], text: "Your cart" })
      assert.isAtLeast(took, least)
      assert.isBelow(took, 700)
    }
  })
})
