import { createHash, randomUUID } from "node:crypto"
import { OrderNumber } from "@rose-ash/cart-domain/text/Ids"
import { Browser } from "../../../packages/http-express/test/Browser.ts"
import { OwnHouse } from "./ownHouse.ts"
import { rows } from "./sql.ts"

export const digest = (token: string): string => createHash("sha256").update(token).digest("hex")

/** The blog's tables: somebody who is logged in there, editor of these pages (null: treasurer). */
const person = (id: string, session: string, staffOf: ReadonlyArray<string | null>) => `
  WITH u AS (INSERT INTO blog.users (id, name, email, email_verified)
      VALUES ('${id}', '${id}', '${id}@rose-ash.example', true) RETURNING id),
    s AS (INSERT INTO blog.session (sid_hash, user_id, expires_at)
      SELECT decode('${digest(session)}', 'hex'), id, now() + interval '1 day' FROM u),
    e AS (INSERT INTO blog.page_editor (page_id, user_id, role)
      SELECT p, u.id, CASE WHEN p IS NULL THEN 'treasurer' ELSE 'editor' END
      FROM u, unnest(ARRAY[${staffOf.map((one) => (one === null ? "NULL" : `'${one}'`)).join()}]::text[]) p)
  SELECT id FROM u`

/** The service as it is shipped, in two processes on one PostgreSQL; every browser asks them in turn. */
export class TwoCarts {
  readonly house: OwnHouse
  readonly carts: readonly [string, string]
  #people = 0

  constructor(house: OwnHouse, second: string) {
    this.house = house
    this.carts = [house.urls.cart, second]
  }

  static async open(): Promise<TwoCarts> {
    const house = await OwnHouse.open()
    return new TwoCarts(house, await house.startSecond())
  }

  /** A browser with a session of the blog, or without. */
  browser(session?: string): Browser {
    const ports = this.carts.map((url) => Number(new URL(url).port))
    this.#people += 1
    // Half of them come to the second process first, and each from an address of its own.
    const turned = this.#people % 2 === 0 ? ports : ports.toReversed()
    const address = `10.4.${this.#people >> 8}.${this.#people % 256}`
    const browser = new Browser(turned, this.house.urls.cart, { "x-forwarded-for": address })
    if (session !== undefined) browser.jar.set("rose_session", session)
    return browser
  }

  /** Somebody whom the blog knows. */
  async person(id: string, staffOf: ReadonlyArray<string | null> = []): Promise<string> {
    const session = `session-${randomUUID()}`
    await rows(this.house.databaseUrl, person(id, session, staffOf))
    return session
  }

  /** What is for sale on a page. */
  async items(page: string): Promise<ReadonlyArray<string>> {
    const sold = `SELECT item_id AS id FROM market_api.item WHERE page_id = '${page}' AND available ORDER BY 1`
    return (await rows<{ id: string }>(this.house.databaseUrl, sold)).map(({ id }) => id)
  }

  /** As the market's form does. */
  async add(browser: Browser, item: string, quantity = 1): Promise<void> {
    const form = { item, quantity: String(quantity), key: randomUUID() }
    const headers = { origin: this.house.urls.market, "sec-fetch-site": "same-site" }
    const { status } = await browser.post("/cart/lines", form, headers)
    if (status !== 303) throw new Error(`Nothing was added: ${status}`)
  }

  /** Orders what is in the cart of that page. */
  async order(
    browser: Browser,
    page: string
  ): Promise<{ readonly id: string; readonly number: OrderNumber }> {
    const email = `${randomUUID()}@rose-ash.example`
    await browser.open(`/p/${page}/checkout`)
    await browser.submit(`/p/${page}/checkout`, { ...browser.formOf(`/p/${page}/checkout`), email })
    const placed = `SELECT id, number FROM cart.orders WHERE email = '${email}'`
    const [order] = await rows<{ id: string; number: string }>(this.house.databaseUrl, placed)
    if (order === undefined) throw new Error(`Nothing was ordered: ${browser.text}`)
    return { id: order.id, number: OrderNumber.make(order.number) }
  }
}
