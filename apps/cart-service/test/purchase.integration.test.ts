import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { Browser } from "playwright-core"
import { booksAgree, orderOf, paidOnce, strikes } from "./books.ts"
import { startChromium } from "./chromium.ts"
import { OwnHouse } from "./ownHouse.ts"
import { type Kind, Shopper } from "./Shopper.ts"

const desktop: Kind = { name: "a desktop", width: 1280, script: true }
const kinds: ReadonlyArray<Kind> = [
  { name: "a phone", width: 390, script: true },
  { name: "a phone without script", width: 390, script: false },
  desktop
]

describe("a purchase", () => {
  let house: OwnHouse
  let browser: Browser
  let arrived = 0
  const content: Array<Shopper> = []

  beforeAll(async () => {
    ;[house, browser] = await Promise.all([OwnHouse.open(), startChromium()])
  }, 120_000)
  afterAll(async () => {
    await Promise.all([browser?.close(), house?.close()])
  }, 60_000)

  const arrive = (kind: Kind): Promise<Shopper> => {
    arrived += 1
    return Shopper.arrive(house, browser, kind, arrived)
  }
  /** Paid once by both sides' books, in the list, and the browser had nothing to complain about. */
  const isContent = async (shopper: Shopper): Promise<void> => {
    await paidOnce(house, shopper.email)
    await shopper.findsOrderPaid()
    assert.deepStrictEqual(shopper.complaints, [])
    content.push(shopper)
  }

  for (const kind of kinds)
    describe.concurrent(`on ${kind.name}`, () => {
      it("is declined, then paid at the next try, and seen as paid although the webhook was lost", async () => {
        const shopper = await arrive(kind)
        await shopper.choose()
        await shopper.order()
        await shopper.press("Decline")
        await shopper.page.getByText("Payment declined.").waitFor()
        const { number } = await orderOf(house, shopper.email)
        await shopper.page.goto(`${house.urls.cart}/orders/${number}`)
        await shopper.press("Check again")
        await shopper.sees("Your payment did not go through")
        await shopper.page.getByText("No money has been taken.").waitFor()
        await shopper.press("Try again")
        await shopper.payWith("Pay, lose the webhook")
        await shopper.comeBack()
        assert.strictEqual(await strikes(house, "webhook-none", shopper.email), 1)
        await isContent(shopper)
      }, 60_000)

      it("with the button pressed in two tabs is one order, one payment, and paid", async () => {
        const shopper = await arrive(kind)
        await shopper.choose()
        const other = await shopper.tab()
        await other.goto(shopper.page.url())
        await Promise.all([shopper.order(), shopper.order(other)])
        assert.strictEqual(other.url(), shopper.page.url())
        await shopper.pay()
        await shopper.press(/^Pay £/, other)
        await shopper.sees("This payment is already processed", other)
        await Promise.all([shopper.comeBack(), shopper.comeBack(other)])
        await isContent(shopper)
      }, 60_000)
    })

  it("is found by the service itself when no webhook comes and nobody comes back", async () => {
    const shopper = await arrive(desktop)
    await shopper.choose()
    await shopper.order()
    await shopper.payWith("Pay, lose the webhook")
    assert.strictEqual(await strikes(house, "webhook-none", shopper.email), 1)
    const deadline = Date.now() + 20_000
    while ((await orderOf(house, shopper.email)).state !== "paid" && Date.now() < deadline) await sleep(200)
    await isContent(shopper)
  }, 60_000)

  it("goes on where it was when the service is restarted in the middle of it", async () => {
    const shoppers = await Promise.all(kinds.map(arrive))
    const all = (act: (shopper: Shopper) => Promise<void>) => Promise.all(shoppers.map(act))
    await all((shopper) => shopper.choose())
    await house.restartCart()
    await all((shopper) => shopper.order())
    await house.restartCart()
    await all((shopper) => shopper.pay())
    await all((shopper) => shopper.comeBack())
    await all(isContent)
  }, 90_000)

  it("is in the list of its buyer still, after the service was restarted", async () => {
    assert.isAbove(content.length, kinds.length)
    await Promise.all(content.map((shopper) => shopper.findsOrderPaid()))
  }, 60_000)

  it("adds up: the same payments in both books, and no error in the log", async () => {
    await booksAgree(house)
    assert.deepStrictEqual(house.errors(), [])
  })

  it("is watched: a script that a policy forbids does not go unnoticed", async () => {
    const shopper = await arrive(desktop)
    await shopper.page.goto(house.urls.cart)
    await shopper.page
      .evaluate("document.body.append(Object.assign(document.createElement('script'), { text: '0' }))")
      .catch(() => {})
    await shopper.page.waitForTimeout(100)
    assert.include(shopper.complaints.join(), "forbidden by policy")
  }, 30_000)
})
