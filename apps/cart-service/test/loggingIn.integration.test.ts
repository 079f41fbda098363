import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { Browser } from "playwright-core"
import { startChromium } from "./chromium.ts"
import { furnishedFolder } from "./cluster.ts"
import { type House, startHouse } from "./house.ts"

const kinds = [
  { name: "with script", script: true },
  { name: "without script", script: false }
]

describe("logging in, in a real browser", () => {
  let house: House
  let browser: Browser
  beforeAll(async () => {
    ;[house, browser] = await Promise.all([startHouse({ folder: furnishedFolder() }), startChromium()])
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await house?.dispose()
  }, 60_000)

  for (const { name, script } of kinds)
    it(`brings the cart and the place along, tells it, and takes it out again by one press, ${name}`, async () => {
      const context = await browser.newContext({
        viewport: { width: 390, height: 800 },
        javaScriptEnabled: script
      })
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      const complaints: Array<string> = []
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text())
      })
      const press = (label: string | RegExp) => page.getByRole("button", { name: label }).first().click()
      const cookies = async () => (await context.cookies(house.urls.cart)).map((cookie) => cookie.name)

      await page.goto(`${house.urls.market}/ash-bakery`)
      await press("Add Sourdough loaf to cart")
      await page.getByText("Added to your cart.").waitFor()
      await page.goto(house.urls.events)
      await press("Ask for a place at Bread morning")
      await page.getByText(/Held for you until \d\d:\d\d/).waitFor()
      await page.goto(`${house.urls.cart}/p/ash-bakery`)
      await page.getByText("Bread morning").first().waitFor()
      assert.include(await cookies(), "cart")

      await page.goto(house.urls.blog)
      await press("Log in as Ada Ashworth")
      await page.getByRole("button", { name: "Log out" }).waitFor()
      await page.goto(house.urls.cart)
      await page.getByText("We added 2 items you chose on this device before logging in.").waitFor()
      const main = (await page.locator("main").textContent()) ?? ""
      for (const thing of ["Sourdough loaf", "Bread morning"]) assert.include(main, thing)
      assert.notInclude(await cookies(), "cart")

      await press(/^Undo/)
      await page.getByText("Taken out again").waitFor()
      await page.getByText("Your cart is empty.").waitFor()
      assert.deepStrictEqual(complaints, [])
      await context.close()
    }, 60_000)
})
