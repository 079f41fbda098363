import { createHash } from "node:crypto"
import { linkToken } from "@rose-ash/cart-domain/order/OrderLink"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Redacted } from "effect"
import { type AccessWorld, accessSuite } from "./accessSuite.ts"
import { internal, keyOf } from "./internal.ts"
import { Stage } from "./Stage.ts"
import { bakery, ordered } from "./scenes.ts"

const day = 86_400_000
const secret = (fill: number) => new Uint8Array(32).fill(fill)
const digest = (token: string) => createHash("sha256").update(token).digest("hex")

/**
 * Both orders, and the links to the first: one that opens it, one that is over, one that was never granted.
 */
const placed = async (stage: Stage, ada: Stage) => {
  const theirs = await ordered(stage)
  const hers = await ordered(ada)
  const links = {
    link: linkToken(theirs.number, secret(1)),
    "expired link": linkToken(theirs.number, secret(2)),
    "revoked link": linkToken(theirs.number, secret(3))
  }
  const now = Date.now()
  await stage.service.run(
    Effect.gen(function* () {
      const orders = yield* Orders
      yield* orders.grant(theirs.id, digest(links.link), Instant.make(now + day))
      yield* orders.grant(theirs.id, digest(links["expired link"]), Instant.make(now - 1))
    })
  )
  return { orders: { "visitor A": theirs, "customer A": hers }, links }
}

const prepare = async (): Promise<AccessWorld> => {
  const stage = await Stage.open({ internal })
  const { page, rye } = await bakery(stage)
  const ada = new Stage(stage.service)
  await ada.logIn("Ada Ashworth", "ada@example.org")
  await ada.add(rye)
  const { links, orders } = await placed(stage, ada)
  const stranger = () => stage.service.browser()
  const visitor = stranger()
  await visitor.post("/cart/lines", { item: rye, quantity: "1", key: "form-other-1" })
  const loggedIn = async (pages: ReadonlyArray<PageId> = [], treasurer = false) => {
    const { session } = await stage.seeds((seeds) => seeds.person({ staff: { pages, treasurer } }))
    const browser = stranger()
    browser.jar.set("rose_session", Redacted.value(session))
    return browser
  }
  const holding = (token: string) => {
    const browser = stranger()
    browser.jar.set("order", token)
    return browser
  }
  const browsers: AccessWorld["browsers"] = {
    nobody: stranger(),
    "visitor A": stage.browser,
    "visitor B": visitor,
    "customer A": ada.browser,
    "customer B": await loggedIn(),
    link: holding(links.link),
    "expired link": holding(links["expired link"]),
    "revoked link": holding(links["revoked link"]),
    "staff of the page": await loggedIn([orders["visitor A"].pageId, orders["customer A"].pageId]),
    treasurer: await loggedIn([], true),
    "staff of another page": await loggedIn([PageId.make("rose-farm")]),
    "sibling service": stranger(),
    "sibling without key": stranger()
  }
  const { stop } = stage.service
  return { browsers, links, orders, page: page.id, item: rye, key: keyOf("blog"), stop }
}

accessSuite("memory", prepare)
