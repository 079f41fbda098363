import { PgClient } from "@effect/sql-pg"
import { assert, layer } from "@effect/vitest"
import { Adoptions } from "@rose-ash/cart-domain/cart/Adoptions"
import * as Cart from "@rose-ash/cart-domain/cart/Cart"
import { Carts } from "@rose-ash/cart-domain/cart/Carts"
import type { Customer, Identity, Visitor } from "@rose-ash/cart-domain/identity/Identity"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { fresh, place, put, someone } from "@rose-ash/cart-domain/testing/acting"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { CartLineId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, Result } from "effect"
import * as Postgres from "../src/Postgres.ts"
import { config, Database, ports } from "./database.ts"

/** The pools of a second service on the same database. */
const second = Effect.flatMap(Database, ({ url }) =>
  Layer.build(Postgres.layer(config(url, { maxConnections: 10 })))
)
const deadlocks = Effect.gen(function* () {
  const sql = yield* PgClient.PgClient
  yield* sql`SELECT pg_stat_force_next_flush()`
  const [row] = yield* sql<{ n: number }>`SELECT deadlocks::int4 AS n FROM pg_stat_database
    WHERE datname = current_database()`
  return row?.n ?? -1
})

layer(ports({ maxConnections: 10 }), { excludeTestServices: true })("races of people", (it) => {
  it.effect(
    "logging in, adding and ordering at once, by two services: nothing is lost, doubled or locked for ever",
    () =>
      Effect.gen(function* () {
        const [seeds, other] = [yield* Seeds, yield* second]
        const { id: pageId } = yield* seeds.page()
        const item = yield* seeds.item({ pageId })
        for (let round = 0; round < 15; round += 1) {
          const { customer } = yield* seeds.person()
          const visitors = [yield* someone, yield* someone]
          yield* put(customer, item, 1)
          /** As the web does: whoever was adopted meanwhile is asked again, as the customer. */
          const adding = (visitor: Identity) =>
            Effect.gen(function* () {
              const carts = yield* Carts
              const id = CartLineId.make(yield* fresh)
              const mine = yield* seeds.item({ pageId })
              const add = (identity: Identity) =>
                carts.modify({ identity, pageId }, ({ cart }) => Cart.add(mine, 1, id)(cart))
              yield* Effect.catchTag(add(visitor), "VisitorAdopted", () => add(customer))
              return mine.id
            })
          const adopting = Effect.flatMap(Adoptions, (adoptions) =>
            Effect.forEach(visitors, (visitor) => adoptions.adopt(visitor, customer), { concurrency: 2 })
          )
          const ordering = Effect.result(place(customer, pageId))
          const adds = visitors.flatMap((visitor) => [
            adding(visitor),
            Effect.provide(adding(visitor), other)
          ])
          const [added, , , first, second] = yield* Effect.all(
            [
              Effect.all(adds, { concurrency: 4 }),
              adopting,
              Effect.provide(adopting, other),
              ordering,
              Effect.provide(ordering, other)
            ],
            { concurrency: 5 }
          )
          // Somebody whose page was open all the while comes last.
          yield* adopting
          const lost = [first, second].filter(
            (tried) => Result.isFailure(tried) && !["CartEmpty", "CartChanged"].includes(tried.failure._tag)
          )
          assert.deepStrictEqual(lost, [])
          const inCart = (yield* (yield* Carts).view(customer, pageId)).cart.lines.map(({ itemId }) => itemId)
          const ordered = (yield* (yield* Orders).waiting(customer)).flatMap(({ lines }) =>
            lines.flatMap(({ itemId }) => itemId ?? [])
          )
          assert.deepStrictEqual([...inCart, ...ordered].toSorted(), [item.id, ...added].toSorted())
        }
        assert.strictEqual(yield* deadlocks, 0)
      }).pipe(Effect.scoped),
    60_000
  )
  it.effect(
    "six browsers of one customer, each with a cart on six pages, come along without a deadlock",
    () =>
      Effect.gen(function* () {
        const [carts, seeds, other] = [yield* Carts, yield* Seeds, yield* second]
        const six = Array.from({ length: 6 })
        const items = yield* Effect.forEach(six, () =>
          Effect.flatMap(seeds.page(), ({ id: pageId }) => seeds.item({ pageId }))
        )
        const adopt = (visitor: Visitor, customer: Customer) =>
          Effect.flatMap(Adoptions, (adoptions) => adoptions.adopt(visitor, customer))
        for (let round = 0; round < 5; round += 1) {
          const { customer } = yield* seeds.person()
          const visitors = yield* Effect.forEach(six, () => someone)
          for (const item of items) for (const one of [customer, ...visitors]) yield* put(one, item, 2)
          const start = Date.now()
          yield* Effect.forEach(
            visitors,
            (visitor, index) =>
              index % 2 === 0 ? adopt(visitor, customer) : Effect.provide(adopt(visitor, customer), other),
            { concurrency: 6 }
          )
          // The server takes a second to notice one.
          assert.isBelow(Date.now() - start, 1000)
          const all = yield* carts.list(customer)
          assert.deepStrictEqual(
            all.flatMap(({ cart }) => cart.lines.map(({ quantity }) => quantity)),
            [2, 2, 2, 2, 2, 2]
          )
        }
        assert.strictEqual(yield* deadlocks, 0)
      }).pipe(Effect.scoped)
  )
})
