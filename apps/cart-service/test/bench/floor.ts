// The floor: Express, the same statements by the same driver from a pool of the same size, the same bytes in
// the answer, and nothing else. No check, no cookie, no log, no retry: less than this is no longer a service.
import { PgClient } from "@effect/sql-pg"
import { Effect, ManagedRuntime, Redacted, Schema } from "effect"
import express from "express"

const Told = Schema.fromJsonString(
  Schema.Struct({
    port: Schema.Int,
    databaseUrl: Schema.String,
    cooperative: Schema.String,
    connections: Schema.Int,
    /** The text of each statement, as the service sends it. */
    statements: Schema.Record(Schema.String, Schema.Array(Schema.String))
  })
)
const { connections, cooperative, databaseUrl, port, statements } = Schema.decodeUnknownSync(Told)(
  process.env["FLOOR"]
)
const runtime = ManagedRuntime.make(
  PgClient.layer({ url: Redacted.make(databaseUrl), maxConnections: connections, prepare: true })
)
const sql = await runtime.runPromise(PgClient.PgClient)
const ask = <Row extends object>(operation: string, nth: number, params: ReadonlyArray<unknown>) =>
  Effect.runPromise(sql.unsafe<Row>(statements[operation]?.[nth] ?? "", params))

const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" })
interface Sum {
  readonly currency: string
  readonly minor: number
}

const application = express().disable("x-powered-by").disable("etag")

application.get("/internal/cart/summary", async (request, response) => {
  const of = [JSON.stringify([request.get("cart-session")]), cooperative, cooperative]
  const [row] = await ask<{ count: number; pages: number; totals: ReadonlyArray<Sum> }>("summary", 0, of)
  const totals = row?.totals.map((sum) => ({ ...sum, text: pounds.format(sum.minor / 100) }))
  response.setHeader("Content-Type", "application/json")
  response.end(JSON.stringify({ count: row?.count, pages: row?.pages, totals }))
})

application.listen(port, "127.0.0.1")
process.stdin.on("end", () => process.exit()).resume()
