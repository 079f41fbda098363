import type { InternalRouteName } from "../src/InternalRoutes.ts"
import type { RouteName } from "../src/Routes.ts"

/** Who comes. Visitor A and customer A each have an order; the link opens visitor A's. */
export const people = [
  "nobody",
  "visitor A",
  "visitor B",
  "customer A",
  "customer B",
  "link",
  "expired link",
  "revoked link",
  "staff of the page",
  "staff of another page",
  "treasurer",
  "sibling service",
  "sibling without key"
] as const
export type Person = (typeof people)[number]
type Row = { readonly [P in Person]: number }

const all = (status: number): Row => ({
  nobody: status,
  "visitor A": status,
  "visitor B": status,
  "customer A": status,
  "customer B": status,
  link: status,
  "expired link": status,
  "revoked link": status,
  "staff of the page": status,
  "staff of another page": status,
  treasurer: status,
  "sibling service": status,
  "sibling without key": status
})

/**
 * Every route × everybody → the status of the answer, where the order is this owner's; a route without a row
 * does not compile. Carts are one's own: everybody sees a page, with only their own lines on it. Forms are
 * sent empty: 400 means that whoever sent it got as far as being read.
 */
export const matrixOf = (owner: "visitor A" | "customer A"): { readonly [N in RouteName]: Row } => {
  const owned = (status: number): Row => ({ ...all(404), [owner]: status })
  const linked = (status: number): Row =>
    owner === "visitor A" ? { ...owned(status), link: status } : owned(status)
  const answering = (status: number): Row => ({ ...all(404), "staff of the page": status, treasurer: status })
  return {
    overview: all(200),
    add: all(400),
    undoAdoption: all(303),
    cart: all(200),
    setQuantity: all(400),
    giveBack: all(303),
    // Whose cart is empty is led to it.
    review: { ...all(303), "visitor A": 200, "visitor B": 200, "customer A": 200 },
    start: all(400),
    orders: all(200),
    order: linked(200),
    returning: linked(200),
    pay: linked(303),
    recheck: linked(303),
    cancel: owned(303),
    restore: owned(303),
    openLink: { ...all(404), link: 303 },
    attention: { ...answering(200), "staff of another page": 200 },
    answerDifference: { ...answering(400), "staff of another page": 400 },
    staffOrder: answering(200),
    attend: answering(400),
    webhook: all(204),
    help: all(200),
    live: all(200),
    ready: all(200),
    robots: all(200),
    asset: all(404),
    schema: all(404)
  }
}

const siblings = (status: number): Row => ({ ...all(401), "sibling service": status })

/** What siblings ask for, by everybody: whose cookie it is and whose order opens nothing there. */
export const services: { readonly [N in InternalRouteName]: Row } = {
  summary: siblings(200),
  order: siblings(200),
  entries: siblings(200),
  metrics: siblings(403),
  openapi: siblings(200),
  // A key is no signature.
  tell: all(401)
}
