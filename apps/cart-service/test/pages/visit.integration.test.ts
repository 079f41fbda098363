import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startChromium } from "../chromium.ts"
import { OwnHouse } from "../ownHouse.ts"
import { type Hands, keyboard, pointer } from "./hands.ts"

interface Kind {
  readonly name: string
  readonly width: number
  readonly script: boolean
  readonly hands: (page: Page) => Hands
}

const kinds: ReadonlyArray<Kind> = [
  { name: "a phone", width: 390, script: true, hands: pointer },
  { name: "the keyboard only", width: 1280, script: true, hands: keyboard },
  { name: "no script", width: 390, script: false, hands: pointer }
]

const heading = (page: Page, name: string) =>
  page.getByRole("heading", { level: 1, name, exact: true }).waitFor()
const paid = "Thank you – your order is paid"

/** The first page: e-mail, a card that is declined, another one. */
const payDeclinedOnce = async (page: Page, { fill, follow, press }: Hands): Promise<void> => {
  await follow("Pay Ash Bakery £4.20")
  await heading(page, "Check your order")
  await fill("E-mail for your receipt", "visit@rose-ash.example")
  await press("Order and pay £4.20")
  await heading(page, "Pay Ash Bakery £4.20")
  await press("Decline")
  await page.getByText("Payment declined.").waitFor()
  await press("Pay £4.20")
  await heading(page, "Payment successful")
  await follow("Back to merchant website")
  await heading(page, paid)
}

/** The paid page leads to the next one, which knows the e-mail. */
const payNext = async (page: Page, { follow, press }: Hands): Promise<void> => {
  await page.getByText("You still have 1 page to pay").waitFor()
  await follow("Pay Rose Farm £2.10")
  await heading(page, "Check your order")
  await press("Order and pay £2.10")
  await heading(page, "Pay Rose Farm £2.10")
  await press("Pay £2.10")
  await heading(page, "Payment successful")
  await follow("Back to merchant website")
  await heading(page, paid)
}

/** Both orders are in the list; printed, one is its receipt. */
const findReceipt = async (page: Page, { follow }: Hands): Promise<void> => {
  await follow("Your orders")
  await heading(page, "Your orders")
  const rows = page.getByRole("row").filter({ hasText: "Paid" })
  expect(await rows.count()).toBe(2)
  const number = (await rows.filter({ hasText: "£4.20" }).textContent())?.match(/RA-\w{4}-\w{4}/)?.[0]
  await follow(number ?? "no number")
  await heading(page, `Order ${number}`)
  await page.emulateMedia({ media: "print" })
  expect(await page.getByRole("navigation").first().isVisible()).toBe(false)
  expect(await page.getByText("Sourdough loaf").first().isVisible()).toBe(true)
}

describe("a visit of two pages with", () => {
  let house: OwnHouse
  let browser: Browser
  beforeAll(async () => {
    ;[house, browser] = await Promise.all([OwnHouse.open(), startChromium()])
  }, 120_000)
  afterAll(async () => {
    await Promise.all([browser?.close(), house?.close()])
  }, 60_000)

  const fill = async (page: Page, { press }: Hands): Promise<void> => {
    for (const [shop, item] of [
      ["ash-bakery", "Sourdough loaf"],
      ["rose-farm", "Six hens' eggs"]
    ]) {
      await page.goto(`${house.urls.market}/${shop}`)
      await press(`Add ${item} to cart`)
      await page.getByText("Added to your cart.").waitFor()
    }
  }

  it.each(kinds)(
    "$name is declined once, pays both, and finds the orders and a receipt later",
    async ({ hands: handsOf, script, width }) => {
      const viewport = { width, height: 800 }
      const context = await browser.newContext({ viewport, javaScriptEnabled: script })
      context.setDefaultTimeout(8000)
      const page = await context.newPage()
      const hands = handsOf(page)
      await fill(page, hands)
      await page.goto(house.urls.cart)
      await page.getByText("2 pages, 2 payments").waitFor()
      await payDeclinedOnce(page, hands)
      await payNext(page, hands)
      await findReceipt(page, hands)
      await context.close()
    },
    90_000
  )
})
