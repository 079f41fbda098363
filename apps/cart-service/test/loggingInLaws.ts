import { randomUUID } from "node:crypto"
import { assert } from "@effect/vitest"
import type { OrderNumber } from "@rose-ash/cart-domain/text/Ids"
import * as fc from "fast-check"
import type { Browser } from "../../../packages/http-express/test/Browser.ts"
import { rows } from "./sql.ts"
import type { TwoCarts } from "./twoCarts.ts"

const pages = ["ash-bakery", "ash-bakery", "rose-farm"] as const
const orderedOn = "mill-choir"
const quantities = fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 3 })
/** What each browser holds before it logs in, and whether an order was placed in it as well. */
const browsing = fc.record({ quantities, orders: fc.boolean() })
type Browsing = typeof browsing extends fc.Arbitrary<infer A> ? A : never

const held = (where: string) => `SELECT l.item_id AS item, l.quantity::int FROM cart.cart_line l
  JOIN cart.cart c ON c.id = l.cart_id LEFT JOIN cart.visitor v ON v.id = c.visitor_id WHERE ${where}`

interface LoggedIn {
  readonly browser: Browser
  readonly number: OrderNumber | null
  /** What the browser was known by before. */
  readonly token: string | undefined
}

/** The browsers hold nothing any more, the orders are the customer's, and the old token opens none. */
const cameAlong = async (two: TwoCarts, id: string, browsers: ReadonlyArray<LoggedIn>) => {
  const { databaseUrl } = two.house
  assert.deepStrictEqual(await rows(databaseUrl, held(`v.adopted_by = '${id}'`)), [])
  const owned = await rows<{ number: string }>(
    databaseUrl,
    `SELECT number FROM cart.orders WHERE customer_id = '${id}' ORDER BY 1`
  )
  const numbers = browsers.flatMap(({ number }) => number ?? []).toSorted()
  assert.deepStrictEqual(
    owned.map(({ number }) => number),
    numbers
  )
  for (const { number, token } of browsers) {
    if (number === null || token === undefined) continue
    const thief = two.browser()
    thief.jar.set("cart", token)
    assert.strictEqual((await thief.send(`/orders/${number}`)).status, 404)
  }
}

/** What people do in this market. */
const acting = async (two: TwoCarts) => {
  const [bread = "", rye = "", racing = ""] = await two.items(pages[0])
  const [box = ""] = await two.items(pages[2])
  const [song = ""] = await two.items(orderedOn)
  const items = [bread, rye, box]
  const fill = async (browser: Browser, wanted: ReadonlyArray<number>) => {
    for (const [index, quantity] of wanted.entries())
      if (quantity > 0) await two.add(browser, items[index] ?? "", quantity)
  }
  const loggedIn = async (session: string, of: Browsing): Promise<LoggedIn> => {
    const browser = two.browser()
    await fill(browser, of.quantities)
    if (of.orders) await two.add(browser, song)
    const number = of.orders ? (await two.order(browser, orderedOn)).number : null
    const token = browser.jar.get("cart")
    browser.jar.set("rose_session", session)
    return { browser, number, token }
  }
  return { fill, items, loggedIn, racing }
}

/**
 * Several browsers of one person log in, at once and again and again, at whichever process they come to:
 * the person has the larger of each quantity, every order, and what was added meanwhile.
 */
export const loggingInLaws = async (two: TwoCarts, numRuns: number): Promise<void> => {
  const { fill, items, loggedIn, racing } = await acting(two)
  const law = async (mine: Array<number>, theirs: Array<Browsing>, looks: number, added: number) => {
    const id = `law-${randomUUID()}`
    const session = await two.person(id)
    await fill(two.browser(session), mine)
    const browsers = await Promise.all(theirs.map((one) => loggedIn(session, one)))
    const [first] = browsers
    await Promise.all([
      ...browsers.flatMap(({ browser }) => Array.from({ length: looks }, () => browser.send("/"))),
      ...(first === undefined || added === 0 ? [] : [two.add(first.browser, racing, added)])
    ])
    const all = [mine, ...theirs.map((one) => one.quantities)]
    const most = items.map((item, index) => [item, Math.max(...all.map((cart) => cart[index] ?? 0))] as const)
    const wanted = [...most, [racing, added] as const].filter(([, quantity]) => quantity > 0)
    const has = await rows<{ item: string; quantity: number }>(
      two.house.databaseUrl,
      held(`c.customer_id = '${id}'`)
    )
    const found = has.map(({ item, quantity }) => [item, quantity] as const)
    assert.deepStrictEqual(found.toSorted(), wanted.toSorted())
    await cameAlong(two, id, browsers)
  }
  const times = fc.integer({ min: 1, max: 3 })
  const several = fc.array(browsing, { minLength: 1, maxLength: 3 })
  await fc.assert(fc.asyncProperty(quantities, several, times, fc.nat({ max: 2 }), law), { numRuns })
}
