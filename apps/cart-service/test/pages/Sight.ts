import type { Browser, BrowserContext, Page } from "playwright-core"
import { Stage } from "../../../../packages/http-express/test/Stage.ts"
import type { State } from "../../../../packages/http-express/test/State.ts"
import { startChromium } from "../chromium.ts"
import { Door } from "./Door.ts"

/** Something to see, though no market runs. */
const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64"
fill="#f3e3c8"/><path d="M10 44c0-14 8-24 22-24s22 10 22 24z" fill="#b9793c"/></svg>`

/** One browser that is shown state after state: a new one for each would take longer than the looking. */
export class Sight {
  readonly page: Page
  readonly #browser: Browser
  readonly #context: BrowserContext
  readonly #door: Door
  readonly #stops: Array<Promise<void>> = []

  private constructor(browser: Browser, context: BrowserContext, door: Door, page: Page) {
    this.#browser = browser
    this.#context = context
    this.#door = door
    this.page = page
  }

  /** With a script that every page starts with: the browser compiles it once, not once a page. */
  static async open(script = ""): Promise<Sight> {
    const browser = await startChromium()
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
    await context.route("http://pictures.test/**", (route) =>
      route.fulfill({ contentType: "image/svg+xml", body: picture })
    )
    await context.addInitScript(script)
    return new Sight(browser, context, await Door.open(), await context.newPage())
  }

  /** Brings the state about, opens it with the cookies of whoever brought it about, and looks. */
  async of<A>({ config, stage: prepare }: State, look: (page: Page) => Promise<A>): Promise<A> {
    const { url } = this.#door
    const stage = await Stage.open({ ...config, publicUrl: url })
    try {
      this.#door.leadTo(stage.service.port)
      const path = await prepare(stage)
      await this.#context.clearCookies()
      await this.#context.addCookies([...stage.browser.jar].map(([name, value]) => ({ name, value, url })))
      await this.page.goto(`${url}${path}`)
      return await look(this.page)
    } finally {
      // Not waited for: the browser may hold a connection open that it never used.
      this.#stops.push(stage.service.stop())
    }
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await Promise.all([this.#door.close(), ...this.#stops])
  }
}
