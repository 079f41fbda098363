import { createHash } from "node:crypto"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { linkToken } from "@rose-ash/cart-domain/order/OrderLink"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Redacted } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { type Route, type RouteName, routes } from "../src/Routes.ts"
import { matrixOf, type Person, people } from "./accessMatrix.ts"
import type { Browser, Seen } from "./Browser.ts"
import { internal, keyOf } from "./internal.ts"
import { type Ports, serve } from "./Service.ts"
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

/** With a second set of ports there are two services, and everybody is sent to one after the other. */
const prepare = async (on?: Ports, second?: Ports) => {
  const stage = await Stage.open({ internal }, on)
  if (second !== undefined) {
    const other = await serve({ internal }, second)
    stage.service.ports.push(other.port)
    afterAll(other.stop)
  }
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
  const browsers: { readonly [P in Person]: Browser } = {
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
  return { browsers, links, orders, page, rye, stage }
}

const isName = (name: string): name is RouteName => name in routes
const owners = ["visitor A", "customer A"] as const
const cells = owners.flatMap((owner) =>
  Object.keys(routes)
    .filter(isName)
    .flatMap((name) =>
      people.map((person) => ({ owner, name, person, status: matrixOf(owner)[name][person] }))
    )
)

/** The whole matrix, on these ports. */
export const accessSuite = (name: string, on?: Ports, second?: Ports) =>
  describe(`access, of every route by everybody: ${name}`, async () => {
    const { browsers, links, orders, page, rye, stage } = await prepare(on, second)
    afterAll(stage.service.stop)

    const pathOf = ({ path }: Route, { number }: Order, person: Person): string =>
      path
        .replace(":page", page.id)
        .replace(":item", rye)
        .replace(":entry", "entry-1")
        .replace(":number", number)
        .replace(":file", "nothing.css")
        .replace(":token", person in links ? Reflect.get(links, person) : linkToken(number, secret(9)))

    const ask = (name: RouteName, order: Order, person: Person): Promise<Seen> => {
      const route: Route = routes[name]
      const path = pathOf(route, order, person)
      // A service's key opens what services ask for, and nothing of a person's.
      const headers = person === "sibling service" ? { authorization: `Bearer ${keyOf("blog")}` } : {}
      return route.method === "get"
        ? browsers[person].send(path, { headers })
        : browsers[person].post(path, {}, headers)
    }

    // In the order of the table: the owner cancels the order near its end.
    it.each(cells)("$owner's order, $name: $person gets $status", async ({ name, owner, person, status }) => {
      const order = orders[owner]
      const seen = await ask(name, order, person)
      expect(seen.status).toBe(status)
      const row = matrixOf(owner)
      const mayKnow = row.order[person] === 200 || row.staffOrder[person] === 200
      if (!mayKnow) for (const fact of [order.id, order.number]) expect(seen.body).not.toContain(fact)
    })
  })
