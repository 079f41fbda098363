import { readFileSync } from "node:fs"
import { PgClient } from "@effect/sql-pg"
import { assert, layer } from "@effect/vitest"
import { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { Carts } from "@rose-ash/cart-domain/cart/Carts"
import { Events } from "@rose-ash/cart-domain/event/Events"
import { Identities } from "@rose-ash/cart-domain/identity/Identities"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { Catalogue } from "@rose-ash/cart-domain/page/Catalogue"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { answering, attemptOf, observe, place, put, someone } from "@rose-ash/cart-domain/testing/acting"
import { held } from "@rose-ash/cart-domain/testing/contract"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect } from "effect"
import { portsOnWire, Wire } from "./database.ts"

/** Read as a whole with good reason: a page that lists every page, a handful of consumers. */
const small = /Seq Scan on (consumer|migration)\b/u
const readsEveryPage = (text: string) => text.includes("ORDER BY p.name, p.id LIMIT 1000")

/** Everything that happens while people look, shop, pay and are told. */
const everything = Effect.fnUntraced(function* (identity: Identity) {
  const [carts, orders, seeds] = [yield* Carts, yield* Orders, yield* Seeds]
  const entries = yield* CalendarEntries
  const pageId = (yield* seeds.page()).id
  const item = yield* seeds.item({ pageId })
  const slot = yield* seeds.slot({ pageId, capacity: 3 })
  yield* put(identity, item)
  yield* held({ slot, identity })
  yield* carts.summary(identity)
  yield* carts.list(identity)
  const order = yield* place(identity, pageId)
  const attempt = attemptOf(order)
  yield* observe(order, answering(attempt))
  yield* orders.wake(attempt.id)
  yield* orders.claimDue(50, 60_000)
  yield* observe(order, answering(attempt, { status: "PAID" }))
  yield* afterwards(identity, order)
  const kept = yield* held({ slot, identity })
  yield* entries.giveBack(identity, kept.id)
  yield* (yield* Catalogue).list([item.id])
})

/** What people and workers do with an order and its page later. */
const afterwards = Effect.fnUntraced(function* (identity: Identity, order: Order) {
  const [orders, events, entries] = [yield* Orders, yield* Events, yield* CalendarEntries]
  const { pageId } = order
  const links = ["0".repeat(64)]
  yield* orders.find(order.number, { identity, links })
  yield* Effect.ignore(orders.find(order.number, { identity: null, links }))
  yield* orders.grant(order.id, links[0] ?? "", Instant.make(order.placedAt + 1))
  yield* orders.waiting(identity)
  // The crowd has orders that nobody can read.
  yield* Effect.exit(orders.attention("all"))
  yield* orders.attention([pageId])
  yield* Effect.ignore(orders.find(order.number, { identity: null, links: [], pages: [pageId] }))
  const all = { identity, pageId: null, year: null, cursor: null, limit: 20 }
  yield* orders.list(all)
  yield* orders.list({ ...all, pageId, year: 2026 })
  const cursor = `${String(order.placedAt).padStart(16, "0")}.${order.id}`
  yield* orders.list({ ...all, cursor: `<${cursor}` })
  yield* orders.list({ ...all, cursor: `>${cursor}` })
  yield* events.ofOrder(order.id)
  const [delivery] = yield* events.claim("crowd", 1, 60_000)
  if (delivery !== undefined) {
    yield* events.failed(delivery, "no", 0)
    yield* events.delivered(delivery)
  }
  yield* entries.ofOrder(order.id)
  const page = yield* (yield* PageConfigs).get(pageId)
  const keys = yield* SellerKeys
  if (page.seller !== null) yield* keys.get(page.seller.credentialId)
  yield* keys.newest(pageId, page.seller?.merchantCode ?? "")
})

const explained = (sql: PgClient.PgClient, text: string) =>
  sql.withTransaction(
    Effect.gen(function* () {
      const params = Math.max(0, ...[...text.matchAll(/\$(\d+)/gu)].map(([, n]) => Number(n)))
      yield* sql`SET LOCAL plan_cache_mode = force_generic_plan`
      yield* sql`SET LOCAL max_parallel_workers_per_gather = 0`
      yield* sql.unsafe(`PREPARE hot AS ${text}`)
      const nulls = Array.from({ length: params }, () => "NULL").join(", ")
      const rows = yield* sql.unsafe<Record<string, string>>(
        `EXPLAIN EXECUTE hot${params === 0 ? "" : `(${nulls})`}`
      )
      yield* sql`DEALLOCATE hot`
      return rows.map((row) => Object.values(row).join("")).join("\n")
    })
  )

layer(portsOnWire({ maxConnections: 2 }), { excludeTestServices: true })("plans", (it) => {
  it.effect(
    "among very many rows no statement reads a whole table",
    () =>
      Effect.gen(function* () {
        const { proxy } = yield* Wire
        const sql = yield* PgClient.PgClient
        const identities = yield* Identities
        const crowd = readFileSync(new URL("./sql/crowd.sql", import.meta.url), "utf8")
        yield* sql.unsafe(`DO $crowd$ BEGIN EXECUTE $rows$${crowd}$rows$; END $crowd$`)
        yield* sql`ANALYZE`
        proxy.reset()
        const { customer, session } = yield* (yield* Seeds).person()
        const { token } = yield* identities.welcome({ token: null, session })
        yield* identities.recognise({ token, session })
        yield* identities.visitorOfSession("0".repeat(64))
        yield* (yield* Carts).summary({ _tag: "Session", digest: "0".repeat(64) })
        yield* identities.customer(customer.id)
        yield* everything(customer)
        yield* everything(yield* someone)
        const texts = new Set(proxy.executed.filter((text) => !/^(BEGIN|COMMIT|ROLLBACK)/u.test(text)))
        assert.isAbove(texts.size, 45)
        const whole: Array<string> = []
        for (const text of texts) {
          const plan = yield* explained(sql, text)
          const scans = plan.split("\n").filter((line) => line.includes("Seq Scan on") && !small.test(line))
          if (scans.length > 0 && !readsEveryPage(text)) whole.push(`${scans.join("\n")}\n${text}\n${plan}`)
        }
        assert.deepStrictEqual(whole, [])
      }),
    30_000
  )
})
