// The floor: Express, the same statements by the same driver from a pool of the same size, the same bytes in
// the answer, and nothing else. No check, no log, no retry: less than this is no longer a service.
import { createHash } from "node:crypto"
import { PgClient } from "@effect/sql-pg"
import { Effect, ManagedRuntime, Redacted } from "effect"
import express, { type Request } from "express"

/** What the floor is told, as JSON in `FLOOR`. */
export interface Told {
  readonly of: readonly [port: number, databaseUrl: string, connections: number, cooperative: string]
  /** The text of each statement, as the service sends it. */
  readonly statements: { readonly [operation: string]: ReadonlyArray<string> }
  /** Nothing is rendered: the service's own page of a cart, by the quantity of its first line. */
  readonly pages: { readonly [quantity: string]: string }
}
const told: Told = JSON.parse(process.env["FLOOR"] ?? "")
const [port, databaseUrl, maxConnections, cooperative] = told.of
const client = PgClient.layer({ url: Redacted.make(databaseUrl), maxConnections, prepare: true })
const sql = await ManagedRuntime.make(client).runPromise(PgClient.PgClient)
const ask = <Row extends object>(operation: string, nth: number, params: ReadonlyArray<unknown>) =>
  Effect.runPromise(sql.unsafe<Row>(told.statements[operation]?.[nth] ?? "", params))

/** Who it is: the same look-up as the service's, and no more. */
const visitorOf = async (operation: string, request: Request): Promise<string | null> => {
  const token = request.get("cookie")?.split("=")[1] ?? ""
  const digest = createHash("sha256").update(token).digest("hex")
  const of = [cooperative, cooperative, digest, null]
  const [row] = await ask<{ visitor: string | null }>(operation, 0, of)
  return row?.visitor ?? null
}
interface Cart {
  readonly id: string
  readonly revision: number
  readonly lines: ReadonlyArray<{ readonly itemId: string; readonly quantity: number }>
}
interface Sums {
  readonly count: number
  readonly pages: number
  readonly totals: ReadonlyArray<{ readonly currency: string; readonly minor: number }>
}
const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" })
const application = express().disable("x-powered-by").disable("etag")

application.get("/internal/cart/summary", async (request, response) => {
  const of = [JSON.stringify([request.get("cart-session")]), cooperative, cooperative]
  const [row] = await ask<Sums>("summary", 0, of)
  const totals = row?.totals.map((sum) => ({ ...sum, text: pounds.format(sum.minor / 100) }))
  response.setHeader("Content-Type", "application/json")
  response.end(JSON.stringify({ count: row?.count, pages: row?.pages, totals }))
})

application.get("/p/:page", async (request, response) => {
  const [id, of] = [await visitorOf("page", request), request.params.page]
  const [row] = await ask<{ cart: Cart }>("page", 1, [id, cooperative, of, id, of])
  response.setHeader("Content-Type", "text/html; charset=utf-8")
  response.end(told.pages[row?.cart.lines[0]?.quantity ?? 0])
})

application.post("/cart/lines", express.urlencoded({ extended: false }), async (request, response) => {
  const { item, key, quantity } = request.body
  const id = await visitorOf("add", request)
  const [found] = await ask<{ item: { pageId: string } }>("add", 1, [[item]])
  const of = found?.item.pageId
  const known = [id, cooperative, id, cooperative, id, key, id, of]
  const [row] = await ask<{ cart: Cart }>("add", 2, known)
  const line = row?.cart.lines.find(({ itemId }) => itemId === item)
  const next = { ...line, quantity: (line?.quantity ?? 0) + Number(quantity) }
  const { id: cart, revision = 0 } = row?.cart ?? {}
  const written = await ask("add", 3, [revision + 1, cart, revision, [], JSON.stringify([next]), key])
  response
    .status(written.length === 1 ? 303 : 409)
    .setHeader("Location", `/p/${of}`)
    .end()
})

application.listen(port, "127.0.0.1")
process.stdin.on("end", () => process.exit()).resume()
