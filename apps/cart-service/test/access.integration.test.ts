import { linkToken } from "@rose-ash/cart-domain/order/OrderLink"
import { siblingSide } from "@rose-ash/house/practice"
import { type AccessWorld, accessSuite } from "../../../packages/http-express/test/accessSuite.ts"
import type { Browser } from "../../../packages/http-express/test/Browser.ts"
import { rows } from "./sql.ts"
import { digest, TwoCarts } from "./twoCarts.ts"

const secret = (fill: number) => new Uint8Array(32).fill(fill)
const page = "ash-bakery"
const grant = (order: string, token: string, expires: string) => `
  INSERT INTO cart.order_grant (order_id, digest, expires_at)
  VALUES ('${order}', decode('${digest(token)}', 'hex'), now() + interval '${expires}') RETURNING order_id`

/** Orders one thing, and puts another into the cart. */
const ordered = async (two: TwoCarts, browser: Browser, item: string) => {
  await two.add(browser, item)
  const order = await two.order(browser, page)
  await two.add(browser, item)
  return order
}

/** Links to an order: one that opens it, one that is over, one that was never granted. */
const granted = async (two: TwoCarts, { id, number }: Awaited<ReturnType<TwoCarts["order"]>>) => {
  const links = {
    link: linkToken(number, secret(1)),
    "expired link": linkToken(number, secret(2)),
    "revoked link": linkToken(number, secret(3))
  }
  await rows(two.house.databaseUrl, grant(id, links.link, "1 day"))
  await rows(two.house.databaseUrl, grant(id, links["expired link"], "-1 second"))
  return links
}

const twoProcesses = async (): Promise<AccessWorld> => {
  const two = await TwoCarts.open()
  const holding = (link: string) => {
    const browser = two.browser()
    browser.jar.set("order", link)
    return browser
  }
  const browsers = {
    nobody: two.browser(),
    "visitor A": two.browser(),
    "visitor B": two.browser(),
    "customer A": two.browser(await two.person("customer-a")),
    "customer B": two.browser(await two.person("customer-b")),
    "staff of the page": two.browser(await two.person("staff-of-page", [page])),
    treasurer: two.browser(await two.person("staff-of-all", [null])),
    "staff of another page": two.browser(await two.person("staff-of-farm", ["rose-farm"])),
    "sibling service": two.browser(),
    "sibling without key": two.browser()
  }
  const [item = ""] = await two.items(page)
  await two.add(browsers["visitor B"], item)
  const orders = {
    "visitor A": await ordered(two, browsers["visitor A"], item),
    "customer A": await ordered(two, browsers["customer A"], item)
  }
  const links = await granted(two, orders["visitor A"])
  return {
    browsers: {
      ...browsers,
      link: holding(links.link),
      "expired link": holding(links["expired link"]),
      "revoked link": holding(links["revoked link"])
    },
    links,
    orders,
    page,
    item,
    key: siblingSide.CART_KEY_BLOG,
    stop: () => two.house.close()
  }
}

accessSuite("PostgreSQL, two processes of the service", twoProcesses)
