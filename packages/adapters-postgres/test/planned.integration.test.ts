import { PgClient } from "@effect/sql-pg"
import { assert, layer } from "@effect/vitest"
import { Carts } from "@rose-ash/cart-domain/cart/Carts"
import { Shopping } from "@rose-ash/cart-domain/cart/Shopping"
import { Identities } from "@rose-ash/cart-domain/identity/Identities"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import type { Item } from "@rose-ash/cart-domain/page/Item"
import { answering, attemptOf, fresh, observe, place, someone } from "@rose-ash/cart-domain/testing/acting"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { Ids } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer } from "effect"
import { vi } from "vitest"
import * as CalendarEntriesPostgres from "../src/CalendarEntriesPostgres.ts"
import * as CartsPostgres from "../src/CartsPostgres.ts"
import * as CataloguePostgres from "../src/CataloguePostgres.ts"
import * as IdentitiesPostgres from "../src/IdentitiesPostgres.ts"
import * as OrdersPostgres from "../src/OrdersPostgres.ts"
import * as PageConfigsPostgres from "../src/PageConfigsPostgres.ts"
import * as SellerKeysPostgres from "../src/SellerKeysPostgres.ts"
import { Tx } from "../src/Tx.ts"
import { client, cooperativePage, Database, secretKey } from "./database.ts"
import { seeds } from "./seeds.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 60_000 })

/** The ports on one session, which the test looks into: what it has prepared only it can tell. */
const ports = Layer.unwrap(
  Effect.map(Database, ({ url }) => {
    const kept = Layer.mergeAll(
      CartsPostgres.layer(cooperativePage),
      CataloguePostgres.layer(cooperativePage),
      IdentitiesPostgres.layer(cooperativePage),
      OrdersPostgres.layer(cooperativePage),
      PageConfigsPostgres.layer,
      SellerKeysPostgres.layer(secretKey, undefined)
    ).pipe(
      Layer.provideMerge(CalendarEntriesPostgres.layer(cooperativePage)),
      Layer.provide(Tx.layer({ maxConnections: 1 })),
      Layer.provide(Ids.layer),
      Layer.provideMerge(client(url, { maxConnections: 1, prepare: true, preparedStatementCacheSize: 300 }))
    )
    const seeded = Layer.effect(Seeds, seeds(cooperativePage)).pipe(Layer.provideMerge(kept))
    return Shopping.layer.pipe(Layer.provide(Ids.layer), Layer.provideMerge(seeded))
  })
).pipe(Layer.provide(Database.layer), Layer.orDie)

const purchase = Effect.fnUntraced(function* (items: ReadonlyArray<Item>, session: string) {
  const [carts, identities, orders] = [yield* Carts, yield* Identities, yield* Orders]
  const shopping = yield* Shopping
  const identity: Identity = yield* someone
  for (const { id: itemId } of items)
    yield* shopping.add({ identity, itemId, quantity: 1, key: yield* fresh })
  yield* identities.visitorOfSession(session)
  yield* carts.summary({ _tag: "Session", digest: session })
  yield* carts.summary(identity)
  const order = yield* place(identity, items[0]?.pageId ?? cooperativePage)
  const attempt = attemptOf(order)
  yield* observe(order, answering(attempt))
  yield* orders.wake(attempt.id)
  yield* orders.waiting(identity)
  yield* observe(order, answering(attempt, { status: "PAID" }))
  yield* orders.find(order.number, { identity, links: [] })
  yield* orders.list({ identity, pageId: null, year: null, cursor: null, limit: 20 })
})

const planned = Effect.flatMap(
  PgClient.PgClient,
  (sql) =>
    sql<{ text: string; anew: number; calls: number }>`SELECT statement AS text, custom_plans::int AS anew,
    (custom_plans + generic_plans)::int AS calls FROM pg_prepared_statements`
)

layer(ports, { excludeTestServices: true })("plans", (it) => {
  it.effect("a statement that was made some times is not planned again", () =>
    Effect.gen(function* () {
      const pageId = (yield* (yield* Seeds).page()).id
      const [one, two] = [yield* (yield* Seeds).item({ pageId }), yield* (yield* Seeds).item({ pageId })]
      const buy = (times: number) =>
        Effect.forEach(Array.from({ length: times }), () => purchase([one, two], "0".repeat(64)))
      // Five times PostgreSQL plans for the values given; then it keeps the plan, if that is as good.
      yield* buy(6)
      const before = new Map((yield* planned).map(({ anew, text }) => [text, anew]))
      yield* buy(20)
      const hot = (yield* planned).filter(({ calls }) => calls >= 20)
      assert.isAbove(hot.length, 12)
      const again = hot.filter(({ anew, calls, text }) => anew - (before.get(text) ?? 0) > calls * 0.05)
      assert.deepStrictEqual(again, [])
    })
  )
})
