// The floor: Express, the same statements by the same driver from a pool of the same size, the same calls of
// the provider, the same bytes in the answer, and nothing else. No check, no log, no retry, nothing rendered.
import { readFileSync } from "node:fs"
import { PgClient } from "@effect/sql-pg"
import { Effect, ManagedRuntime, Redacted } from "effect"
import express, { type RequestHandler } from "express"
import { shop } from "./shop.ts"
import { filled, slotOf } from "./template.ts"
import type { Cart, Sums, Told } from "./told.ts"

const { of, operations, provider }: Told = JSON.parse(readFileSync(process.env["FLOOR"] ?? "", "utf8"))
const [port, databaseUrl, maxConnections, cooperative] = of
const client = PgClient.layer({ url: Redacted.make(databaseUrl), maxConnections, prepare: true })
const sql = await ManagedRuntime.make(client).runPromise(PgClient.PgClient)
const ask = <Row extends object>(text = "", params: ReadonlyArray<unknown> = []) =>
  Effect.runPromise(sql.unsafe<Row>(text, params))
const { namesOf, open, read } = shop(provider, port)

/** Says what the service says for such a request, in the name of who asks. */
const replay =
  (request: string): RequestHandler =>
  async ({ body, headers: { cookie }, params }, response) => {
    const n = Number(params["n"] ?? cookie?.split("-").at(-1))
    const { kinds = [] } = operations.find(({ last }) => n <= last) ?? {}
    const script = kinds[n % kinds.length]?.[request]
    const theirs = (nth: number): string => namesOf(n)[nth] ?? ""
    const own = (slot: string): string => (slot === "host" ? `localhost:${port}` : slotOf(slot).value(n))
    const fill = (slot: string) => (slot.startsWith("provider") ? theirs(Number(slot.slice(9))) : own(slot))
    if (request === "place") await open(n, Number(body.total))
    if (script?.reads === true && theirs(1) === "") await read(n)
    for (const { params, text } of script?.said ?? [])
      await ask(
        text,
        params.map((param) => (typeof param === "object" && param !== null ? filled(param, fill) : param))
      )
    response.status(script?.status ?? 204).setHeader("Content-Type", "text/html; charset=utf-8")
    if (script?.location) response.setHeader("Location", filled(script.location, fill))
    response.end(filled(script?.body ?? [], fill))
  }

const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" })
const first = (request: string, nth: number) =>
  operations.find(({ kinds: [kind] }) => kind?.[request])?.kinds[0]?.[request]?.said[nth]?.text
const form = express.urlencoded({ extended: false })
const application = express().disable("x-powered-by").disable("etag")
application.get("/p/:page", replay("page"))
application.get("/p/:page/checkout", replay("review"))
application.post("/p/:page/checkout", form, replay("place"))
application.post("/hook/:n", replay("hook"))
application.get("/orders/:number/return", replay("back"))
application.get("/internal/cart/summary", async (request, response) => {
  const of = [JSON.stringify([request.get("cart-session")]), cooperative, cooperative]
  const [row] = await ask<Sums>(first("summary", 0), of)
  const totals = row?.totals.map((sum) => ({ ...sum, text: pounds.format(sum.minor / 100) }))
  response.setHeader("Content-Type", "application/json")
  response.end(JSON.stringify({ count: row?.count, pages: row?.pages, totals }))
})
application.post(
  "/cart/lines",
  form,
  async ({ body: { item, key, quantity }, headers: { cookie } }, response) => {
    const of = [cooperative, cooperative, slotOf("digest").value(Number(cookie?.split("-").at(-1))), null]
    const [who] = await ask<{ visitor: string }>(first("add", 0), of)
    const [found] = await ask<{ item: { pageId: string } }>(first("add", 1), [[item]])
    const [id, page] = [who?.visitor, found?.item.pageId]
    const known = [id, cooperative, id, cooperative, id, key, id, page]
    const [row] = await ask<{ cart: Cart }>(first("add", 2), known)
    const line = row?.cart.lines.find(({ itemId }) => itemId === item)
    const next = JSON.stringify([{ ...line, quantity: (line?.quantity ?? 0) + Number(quantity) }])
    const { id: cart, revision = 0 } = row?.cart ?? {}
    const written = await ask(first("add", 3), [revision + 1, cart, revision, [], next, key])
    response
      .status(written.length === 1 ? 303 : 409)
      .setHeader("Location", `/p/${page}`)
      .end()
  }
)

application.listen(port, "127.0.0.1")
process.stdin.on("end", () => process.exit()).resume()
