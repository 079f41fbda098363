import { assert } from "@effect/vitest"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { orderOf } from "./books.ts"
import type { OwnHouse } from "./ownHouse.ts"

const paid = "Thank you – your order is paid"
const total = "£8.40"

export interface Kind {
  readonly name: string
  readonly width: number
  readonly script: boolean
}

/** Tells of what a policy forbade; the browser's own word on the console is the same sentence. */
const watch = `addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) =>
  console.error("forbidden by policy:", violatedDirective, blockedURI))`

/** Somebody with a browser of a kind, an address and an e-mail of their own, who buys two loaves. */
export class Shopper {
  readonly page: Page
  readonly email: string
  /** What the browser complained about: errors of scripts and policies, answers that are our fault. */
  readonly complaints: Array<string> = []
  readonly #context: BrowserContext
  readonly #house: OwnHouse

  private constructor(house: OwnHouse, context: BrowserContext, page: Page, email: string) {
    this.#house = house
    this.#context = context
    this.page = page
    this.email = email
    this.#listen(page)
  }

  static async arrive(house: OwnHouse, browser: Browser, kind: Kind, place: number): Promise<Shopper> {
    const context = await browser.newContext({
      viewport: { width: kind.width, height: 800 },
      javaScriptEnabled: kind.script,
      extraHTTPHeaders: { "X-Forwarded-For": `10.0.0.${place}` }
    })
    context.setDefaultTimeout(20_000)
    if (kind.script) await context.addInitScript(watch)
    return new Shopper(house, context, await context.newPage(), `shopper-${place}@rose-ash.example`)
  }

  /** Another tab of the same browser. */
  async tab(): Promise<Page> {
    const page = await this.#context.newPage()
    this.#listen(page)
    return page
  }

  press(name: string | RegExp, page = this.page): Promise<void> {
    return page.getByRole("button", { name, exact: true }).first().click()
  }

  follow(name: string, page = this.page): Promise<void> {
    return page.getByRole("link", { name, exact: true }).first().click()
  }

  /** Waits until the page has this heading. */
  sees(heading: string, page = this.page): Promise<void> {
    return page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor()
  }

  /** From the market to the review of one page's cart. */
  async choose(): Promise<void> {
    await this.page.goto(this.#house.urls.market)
    const loaf = this.page.getByRole("listitem").filter({ hasText: "Sourdough loaf" })
    await loaf.getByLabel("Quantity").fill("2")
    await this.press("Add Sourdough loaf to cart")
    await this.follow("See your cart")
    await this.sees("Your cart")
    await this.follow(`Pay Ash Bakery ${total}`)
    await this.sees("Check your order")
  }

  /** Presses the one button; the provider's page comes. */
  async order(page = this.page): Promise<void> {
    await page.getByLabel("E-mail for your receipt").fill(this.email)
    await this.press(`Order and pay ${total}`, page)
    await this.sees(`Pay Ash Bakery ${total}`, page)
    assert.strictEqual(new URL(page.url()).origin, this.#house.urls.provider)
  }

  async pay(page = this.page): Promise<void> {
    await this.press(`Pay ${total}`, page)
    await this.sees("Payment successful", page)
  }

  /** One of the provider's practice buttons, which make something go wrong. */
  async payWith(button: string): Promise<void> {
    await this.page.getByText("Make something go wrong").click()
    await this.press(button)
    await this.sees("Payment successful")
  }

  async comeBack(page = this.page): Promise<void> {
    await this.follow("Back to merchant website", page)
    await this.sees(paid, page)
  }

  /** The order's row in the list says Paid. */
  async findsOrderPaid(): Promise<void> {
    const { number } = await orderOf(this.#house, this.email)
    await this.page.goto(`${this.#house.urls.cart}/orders`)
    const row = this.page.getByRole("row").filter({ hasText: number })
    assert.match((await row.textContent()) ?? "", /Paid/)
  }

  async leave(): Promise<void> {
    await this.#context.close()
  }

  /** The provider's pages are no work of ours: they may answer as they like. */
  #complain(url: string, text: string): void {
    if (!url.startsWith(this.#house.urls.provider)) this.complaints.push(`${url}: ${text}`)
  }

  #listen(page: Page): void {
    page.on("pageerror", (error) => this.#complain(page.url(), error.message))
    page.on("console", (message) => {
      if (message.type() === "error") this.#complain(message.location().url, message.text())
    })
    page.on("response", (response) => {
      if (response.status() >= 500) this.#complain(response.url(), String(response.status()))
    })
  }
}
