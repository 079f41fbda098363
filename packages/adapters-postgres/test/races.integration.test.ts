import { PgClient } from "@effect/sql-pg"
import { assert, layer } from "@effect/vitest"
import * as Cart from "@rose-ash/cart-domain/cart/Cart"
import { Carts } from "@rose-ash/cart-domain/cart/Carts"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { decide } from "@rose-ash/cart-domain/order/Transitions"
import {
  answering,
  attemptOf,
  fresh,
  observe,
  order,
  place,
  placing,
  put,
  seenOf,
  someone
} from "@rose-ash/cart-domain/testing/acting"
import { atOnce, held } from "@rose-ash/cart-domain/testing/contract"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { CartLineId, type PageId } from "@rose-ash/cart-domain/text/Ids"
import { hour } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Layer, Result } from "effect"
import { vi } from "vitest"
import * as Postgres from "../src/Postgres.ts"
import { config, Database, ports } from "./database.ts"
import { patiently } from "./patiently.ts"

vi.setConfig({ testTimeout: 30_000 })

/** A second process of the service, on the same database. */
const second = Effect.flatMap(Database, ({ url }) =>
  Layer.build(Postgres.layer(config(url, { maxConnections: 10 })))
)

const corner = Effect.gen(function* () {
  const seeds = yield* Seeds
  const pageId = (yield* seeds.page()).id
  return { seeds, pageId, item: yield* seeds.item({ pageId }) }
})
const asks = (identity: Identity, pageId: PageId) =>
  Effect.gen(function* () {
    const seen = seenOf(yield* (yield* Carts).view(identity, pageId))
    const orders = yield* Orders
    return orders.place({ identity, pageId, seen }, yield* placing(identity, seen))
  })

layer(ports({ maxConnections: 10 }), { excludeTestServices: true })("races", (it) => {
  it.effect("one revision placed fifty times by two processes is one order", () =>
    Effect.gen(function* () {
      const other = yield* second
      const { item, pageId } = yield* corner
      const buyer = yield* someone
      yield* put(buyer, item)
      const [here, there] = [yield* asks(buyer, pageId), yield* Effect.provide(asks(buyer, pageId), other)]
      const placed = yield* atOnce((index) => patiently(index % 2 === 0 ? here : there), 50)
      assert.strictEqual(new Set(placed.map(({ id }) => id)).size, 1)
    }).pipe(Effect.scoped)
  )
  it.effect("twenty takers of the last seat: one has it, the others are told", () =>
    Effect.gen(function* () {
      const { pageId, seeds } = yield* corner
      const slot = yield* seeds.slot({ pageId, capacity: 1 })
      const takers = yield* Effect.forEach(Array.from({ length: 20 }), () => someone)
      const taken = yield* Effect.forEach(takers, (identity) => seeds.hold({ slot, identity }), {
        concurrency: "unbounded"
      })
      assert.strictEqual(taken.filter((entry) => entry !== null).length, 1)
    })
  )
  it.effect("one hold ordered twenty times at once, as different carts would, is one order's", () =>
    Effect.gen(function* () {
      const { pageId, seeds } = yield* corner
      const slot = yield* seeds.slot({ pageId, capacity: 1 })
      const buyer = yield* someone
      yield* held({ slot, identity: buyer })
      const orders = yield* Orders
      const tries = yield* atOnce(() => Effect.flatMap(asks(buyer, pageId), Effect.result), 20)
      const tags = tries.map((tried) => (Result.isSuccess(tried) ? "placed" : tried.failure._tag))
      const told = new Set<string>(tags)
      for (const refused of ["CartEmpty", "CartChanged", "EntryTaken"]) told.delete(refused)
      assert.deepStrictEqual([...told], ["placed"])
      assert.strictEqual((yield* orders.waiting(buyer)).length, 1)
    })
  )
  it.effect("late money and takers race for the freed seat: it is never sold twice", () =>
    Effect.gen(function* () {
      const { pageId, seeds } = yield* corner
      const orders = yield* Orders
      const sql = yield* PgClient.PgClient
      for (let round = 0; round < 5; round += 1) {
        const slot = yield* seeds.slot({ pageId, capacity: 1 })
        const buyer = yield* someone
        yield* held({ slot, identity: buyer })
        const placed = yield* place(buyer, pageId)
        const attempt = attemptOf(placed)
        yield* observe(placed, answering(attempt, { status: "EXPIRED" }))
        yield* sql`UPDATE cart.orders SET expires_at = now() - interval '1 hour' WHERE id = ${placed.id}`
        yield* orders.modify(placed.id, decide({ _tag: "Deadline" }))
        const takers = yield* Effect.forEach([1, 2, 3], () => someone)
        const paying = observe(placed, answering(attempt, { status: "PAID" }))
        const taking = Effect.forEach(takers, (identity) => seeds.hold({ slot, identity, span: hour }), {
          concurrency: "unbounded"
        })
        const [paid, taken] = yield* Effect.all([paying, taking], { concurrency: 2 })
        const sold = taken.filter((entry) => entry !== null).length
        assert.strictEqual(sold, paid.state === "paid" ? 0 : 1)
        const reasons = paid.cases.map(({ reason }) => reason)
        assert.deepStrictEqual(reasons, paid.state === "paid" ? [] : ["entry_lost"])
      }
    })
  )
  it.effect(
    "fifty carts that want the same two seats, in either order, end without waiting for each other",
    () =>
      Effect.gen(function* () {
        const { pageId, seeds } = yield* corner
        const sql = yield* PgClient.PgClient
        const slot = yield* seeds.slot({ pageId, capacity: 2 })
        const owner = yield* someone
        const [a, b] = [yield* held({ slot, identity: owner }), yield* held({ slot, identity: owner })]
        const start = Date.now()
        const claim = (index: number) => {
          const entries = index % 2 === 0 ? [a.id, b.id] : [b.id, a.id]
          return Effect.exit(
            sql.withTransaction(
              Effect.andThen(
                sql`SELECT events_api.claim(gen_random_uuid(), ${entries}::text[], NULL,
                ARRAY(SELECT key_hash::bytea FROM cart.visitor_key WHERE visitor_id = ${owner.id}),
                  now() + interval '1 hour')`,
                Effect.sleep(2)
              )
            )
          )
        }
        const claimed = yield* atOnce(claim, 50)
        assert.strictEqual(claimed.filter(({ _tag }) => _tag === "Success").length, 1)
        assert.isBelow(Date.now() - start, 1000)
      })
  )
  it.effect("an add that races an adoption is not lost in the visitor's cart", () =>
    Effect.gen(function* () {
      const { pageId, seeds } = yield* corner
      const carts = yield* Carts
      for (let round = 0; round < 10; round += 1) {
        const buyer = yield* someone
        const [first, more] = [yield* seeds.item({ pageId }), yield* seeds.item({ pageId })]
        if (round % 2 === 0) yield* put(buyer, first)
        const { customer } = yield* seeds.person()
        const lineId = CartLineId.make(yield* fresh)
        const adding = carts.modify({ identity: buyer, pageId }, ({ cart }) =>
          Cart.add(more, 1, lineId)(cart)
        )
        const [added] = yield* Effect.all([Effect.result(adding), seeds.adopt(buyer, customer)], {
          concurrency: 2
        })
        // It came first, or it was refused: afterwards nothing can be added for this visitor.
        if (Result.isFailure(added)) assert.strictEqual(added.failure._tag, "VisitorAdopted")
        const late = yield* Effect.result(put(buyer, first, 5))
        assert.strictEqual(Result.isFailure(late) ? late.failure._tag : "added", "VisitorAdopted")
      }
    })
  )
  it.effect("a decision made on a visitor's cart before the adoption is not written after it", () =>
    Effect.gen(function* () {
      const { item, pageId, seeds } = yield* corner
      const [carts, sql] = [yield* Carts, yield* PgClient.PgClient]
      const buyer = yield* someone
      yield* put(buyer, item)
      const { cart } = yield* carts.view(buyer, pageId)
      yield* seeds.adopt(buyer, (yield* seeds.person()).customer)
      const written = yield* sql`UPDATE cart.cart SET revision = ${cart.revision + 1}
        WHERE id = ${cart.id} AND revision = ${cart.revision} RETURNING id`
      assert.deepStrictEqual(written, [])
    })
  )
  it.effect("payments, cancellations and hints of one order at once agree, and tell it without a gap", () =>
    Effect.gen(function* () {
      const { item } = yield* corner
      const [orders, sql] = [yield* Orders, yield* PgClient.PgClient]
      const placed = yield* order(yield* someone, item)
      const attempt = attemptOf(placed)
      yield* atOnce((index) => {
        if (index % 3 === 0) return orders.wake(attempt.id)
        if (index % 3 === 1) return observe(placed, answering(attempt, { status: "PAID" }))
        return Effect.ignore(orders.modify(placed.id, decide({ _tag: "CancelByBuyer" })))
      }, 30)
      const ended = yield* orders.get(placed.id)
      assert.strictEqual(ended.payments.length, 1)
      const seqs = yield* sql<{
        seq: number
      }>`SELECT seq FROM cart.event WHERE stream = ${placed.id} ORDER BY seq`
      assert.deepStrictEqual(
        seqs.map(({ seq }) => seq),
        Array.from({ length: ended.told }, (_, index) => index + 1)
      )
    })
  )
})
