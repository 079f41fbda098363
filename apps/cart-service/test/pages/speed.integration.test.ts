import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startChromium } from "../chromium.ts"
import { OwnHouse } from "../ownHouse.ts"

const loads = 3
const paintMost = 1000
const shiftMost = 0.02
const requestsMost = 4

/** A far phone: 150 ms there and back, 1.6 Mbit/s down, a processor four times slower. */
const far = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 }
const slower = { rate: 4 }

/** Counts from before the first byte; asked for at the end. */
const observe = `globalThis.seen = { paint: 0, shift: 0 }
new PerformanceObserver((list) => { for (const { startTime } of list.getEntries()) seen.paint = startTime })
  .observe({ type: "largest-contentful-paint", buffered: true })
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) seen.shift += value })
  .observe({ type: "layout-shift", buffered: true })`

interface Seen {
  readonly paint: number
  readonly shift: number
}

const settled = async (page: Page): Promise<Seen> => {
  await page.waitForLoadState("networkidle")
  return page.evaluate("new Promise((done) => setTimeout(() => done(seen), 100))")
}
const median = (of: ReadonlyArray<number>): number =>
  [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? Infinity

describe("on a far phone", () => {
  let house: OwnHouse
  let browser: Browser
  let page: Page
  const asked: Array<string> = []

  const fill = async (): Promise<void> => {
    for (const shop of ["ash-bakery", "rose-farm", "mill-choir"])
      for (let n = 0; n < 4; n++) {
        await page.goto(`${house.urls.market}/${shop}`)
        const buttons = page.getByRole("button", { name: /^Add .* to cart$/ })
        await buttons.nth(n % (await buttons.count())).click()
      }
  }

  beforeAll(async () => {
    ;[house, browser] = await Promise.all([OwnHouse.open(), startChromium()])
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
    await context.addInitScript(observe)
    page = await context.newPage()
    await fill()
    page.on("request", (request) => {
      if (request.resourceType() !== "image") asked.push(request.url())
    })
    const wire = await context.newCDPSession(page)
    await wire.send("Network.enable")
    await wire.send("Network.setCacheDisabled", { cacheDisabled: true })
    await wire.send("Network.emulateNetworkConditions", far)
    await wire.send("Emulation.setCPUThrottlingRate", slower)
  }, 120_000)
  afterAll(async () => {
    await Promise.all([browser?.close(), house?.close()])
  }, 60_000)

  it.each(["/", "/p/ash-bakery", "/p/ash-bakery/checkout"])(
    "%s is there within a second on a first visit, and does not jump",
    async (path) => {
      const paints: Array<number> = []
      for (let n = 0; n < loads; n++) {
        asked.length = 0
        await page.goto(`${house.urls.cart}${path}`)
        const { paint, shift } = await settled(page)
        expect(paint).toBeGreaterThan(0)
        expect(shift).toBeLessThan(shiftMost)
        expect(asked.length).toBeLessThanOrEqual(requestsMost)
        paints.push(paint)
      }
      expect(median(paints)).toBeLessThan(paintMost)
    },
    60_000
  )

  it("a changed quantity moves nothing but figures", async () => {
    await page.goto(`${house.urls.cart}/p/ash-bakery`)
    await settled(page)
    await page.getByLabel("Quantity").first().fill("3")
    await page.locator("#said", { hasText: ": 3. " }).waitFor({ state: "attached" })
    expect((await settled(page)).shift).toBeLessThan(shiftMost)
  }, 30_000)
})
