import { linkToken } from "@rose-ash/cart-domain/order/OrderLink"
import type { OrderNumber } from "@rose-ash/cart-domain/text/Ids"
import { afterAll, describe, expect, it } from "vitest"
import { type InternalRouteName, internalRoutes } from "../src/InternalRoutes.ts"
import { type Route, type RouteName, routes } from "../src/Routes.ts"
import { matrixOf, type Person, people, services } from "./accessMatrix.ts"
import type { Browser, Seen } from "./Browser.ts"

/** Whose orders the matrix is about. */
const owners = ["visitor A", "customer A"] as const
type Owner = (typeof owners)[number]

/** A cooperative in which each of them has a cart, and these two an order each. */
export interface AccessWorld {
  readonly browsers: { readonly [P in Person]: Browser }
  readonly orders: { readonly [O in Owner]: { readonly id: string; readonly number: OrderNumber } }
  /** Capability links to visitor A's order, by who holds them: one opens it, the others no longer do. */
  readonly links: { readonly [person: string]: string }
  readonly page: string
  readonly item: string
  /** What a sibling shows of itself to a service. */
  readonly key: string
  readonly stop: () => Promise<unknown>
}

const strangersKey = new Uint8Array(32).fill(9)

const isName = (name: string): name is RouteName => name in routes
const cells = owners.flatMap((owner) =>
  Object.keys(routes)
    .filter(isName)
    .flatMap((name) =>
      people.map((person) => ({ owner, name, person, status: matrixOf(owner)[name][person] }))
    )
)

const isInternal = (name: string): name is InternalRouteName => name in internalRoutes
const internalCells = owners.flatMap((owner) =>
  Object.keys(internalRoutes)
    .filter(isInternal)
    .flatMap((name) => people.map((person) => ({ owner, name, person, status: services[name][person] })))
)

/** The whole matrix, in this world. */
export const accessSuite = (name: string, prepare: () => Promise<AccessWorld>) =>
  describe(`access, of every route by everybody: ${name}`, async () => {
    const { browsers, item, key, links, orders, page, stop } = await prepare()
    afterAll(stop)

    const pathOf = ({ path }: Route, number: OrderNumber, person: Person): string =>
      path
        .replace(":page", page)
        .replace(":item", item)
        .replace(":entry", "entry-1")
        .replace(":number", number)
        .replace(":file", "nothing.css")
        .replace(":token", links[person] ?? linkToken(number, strangersKey))

    const ask = (name: RouteName, number: OrderNumber, person: Person): Promise<Seen> => {
      const route: Route = routes[name]
      const path = pathOf(route, number, person)
      // A service's key opens what services ask for, and nothing of a person's.
      const headers = person === "sibling service" ? { authorization: `Bearer ${key}` } : {}
      return route.method === "get"
        ? browsers[person].send(path, { headers })
        : browsers[person].post(path, {}, headers)
    }

    // First, while the orders are as they were placed.
    it.each(internalCells)(
      "$owner's order, asked for by services, $name: $person gets $status",
      async (cell) => {
        const { name, owner, person, status } = cell
        const { method, path } = internalRoutes[name]
        const { id } = orders[owner]
        const headers = person === "sibling service" ? { authorization: `Bearer ${key}` } : {}
        const seen = await browsers[person].send(path.replace(":id", id), {
          method: method.toUpperCase(),
          headers
        })
        expect(seen.status).toBe(status)
        if (status >= 400) expect(seen.body).not.toContain(id)
      }
    )

    // In the order of the table: the owner cancels the order near its end.
    it.each(cells)("$owner's order, $name: $person gets $status", async ({ name, owner, person, status }) => {
      const order = orders[owner]
      const seen = await ask(name, order.number, person)
      expect(seen.status).toBe(status)
      const row = matrixOf(owner)
      const mayKnow = row.order[person] === 200 || row.staffOrder[person] === 200
      if (!mayKnow) for (const fact of [order.id, order.number]) expect(seen.body).not.toContain(fact)
    })
  })
