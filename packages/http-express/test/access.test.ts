import { createHash } from "node:crypto"
import { linkToken } from "@rose-ash/cart-domain/order/OrderLink"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import type { Browser } from "./Browser.ts"
import { Stage } from "./Stage.ts"
import { bakery, ordered, paid } from "./scenes.ts"

const people = ["nobody", "owner", "another visitor", "customer", "link", "expired link"] as const
type Person = (typeof people)[number]

const secret = (fill: number) => new Uint8Array(32).fill(fill)
const day = 86_400_000

const prepare = async () => {
  const stage = await Stage.open()
  const { rye } = await bakery(stage)
  const order = await ordered(stage)
  const now = Date.now()
  const links = {
    link: linkToken(order.number, secret(1)),
    "expired link": linkToken(order.number, secret(2))
  }
  const digest = (token: string) => createHash("sha256").update(token).digest("hex")
  await stage.service.run(
    Effect.gen(function* () {
      const orders = yield* Orders
      yield* orders.grant(order.id, digest(links.link), Instant.make(now + day))
      yield* orders.grant(order.id, digest(links["expired link"]), Instant.make(now - 1))
    })
  )
  const stranger = () => stage.service.browser()
  const other = stranger()
  await other.post("/cart/lines", { item: rye, quantity: "1", key: "form-other-1" })
  const customer = stranger()
  const { session } = await stage.seeds((seeds) => seeds.person({}))
  const { Redacted } = await import("effect")
  customer.jar.set("rose_session", Redacted.value(session))
  const holding = (token: string) => {
    const browser = stranger()
    browser.jar.set("order", token)
    return browser
  }
  const browsers: { readonly [P in Person]: Browser } = {
    nobody: stranger(),
    owner: stage.browser,
    "another visitor": other,
    customer,
    link: holding(links.link),
    "expired link": holding(links["expired link"])
  }
  return { stage, order, links, browsers }
}

describe("who may see and do what", async () => {
  const { browsers, links, order, stage } = await prepare()
  afterAll(stage.service.stop)

  it("an order that is not one's own and one that never was are the same page", async () => {
    const theirs = await browsers["another visitor"].send(`/orders/${order.number}`)
    const none = await browsers["another visitor"].send("/orders/RA-0000-0000")
    expect(theirs.body).toBe(none.body)
  })

  it("nobody but the owner sees what the cart holds, or that there is an order", async () => {
    for (const person of people.filter((one) => one !== "owner" && one !== "another visitor")) {
      expect((await browsers[person].send("/")).body).toContain("Your cart is empty.")
      expect((await browsers[person].send("/orders")).body).not.toContain(order.number)
    }
  })

  it("whoever comes by a link sees the order without the owner's address, and neither cancels nor restores", async () => {
    const guest = stage.service.browser()
    await guest.open(`/o/${links.link}`)
    expect(guest.url).toBe(`/orders/${order.number}`)
    expect(guest.h1).toBe(`Order ${order.number}`)
    expect(guest.text).toContain("Pay £13.20")
    for (const words of ["wren@example.org", "Cancel this order"]) expect(guest.text).not.toContain(words)
    const paying = await guest.post(`/orders/${order.number}/pay`, {})
    expect(paying.location).toMatch(/^https:\/\/pay\.example\//)
  })

  it("a paid order shows the owner where the receipt went, and whoever has a link not", async () => {
    const own = await Stage.open()
    const done = await paid(own)
    const token = linkToken(done.number, secret(4))
    const hash = createHash("sha256").update(token).digest("hex")
    await own.service.run(
      Effect.flatMap(Orders, (orders) => orders.grant(done.id, hash, Instant.make(Date.now() + day)))
    )
    const guest = own.service.browser()
    await guest.open(`/o/${token}`)
    expect([guest.h1, guest.text.includes("wren@example.org")]).toEqual([`Order ${done.number}`, false])
    await guest.open(`/orders/${done.number}/return`)
    expect([guest.h1, guest.text.includes("example.org")]).toEqual(["Thank you – your order is paid", false])
    await own.browser.open(`/orders/${done.number}`)
    expect(own.browser.text).toContain("We reach you at wren@example.org")
    await own.service.stop()
  })

  it("a browser keeps the five newest links, and nothing that opens nothing", async () => {
    const guest = stage.service.browser()
    guest.jar.set(
      "order",
      Array.from({ length: 9 }, (_, n) => linkToken(order.number, secret(20 + n))).join(".")
    )
    await guest.send(`/o/${links.link}`)
    const kept = (guest.jar.get("order") ?? "").split(".")
    expect([kept.length, kept[0]]).toEqual([5, links.link])
    const before = guest.jar.get("order")
    await guest.send(`/o/${links["expired link"]}`)
    expect(guest.jar.get("order")).toBe(before)
  })
})
