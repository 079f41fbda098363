import { PgClient } from "@effect/sql-pg"
import { assert, layer } from "@effect/vitest"
import * as Cart from "@rose-ash/cart-domain/cart/Cart"
import { Carts } from "@rose-ash/cart-domain/cart/Carts"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { decide } from "@rose-ash/cart-domain/order/Transitions"
import {
  answering,
  attemptOf,
  fresh,
  observe,
  order,
  placing,
  put,
  seenOf,
  someone
} from "@rose-ash/cart-domain/testing/acting"
import { held } from "@rose-ash/cart-domain/testing/contract"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { CartLineId, RefundId } from "@rose-ash/cart-domain/text/Ids"
import { Effect } from "effect"
import { atEveryStatement } from "./atEveryStatement.ts"
import { portsOnWire } from "./database.ts"

const corner = Effect.gen(function* () {
  const seeds = yield* Seeds
  const pageId = (yield* seeds.page()).id
  return { buyer: yield* someone, item: yield* seeds.item({ pageId }), pageId }
})
const events = (of: Order) =>
  Effect.flatMap(PgClient.PgClient, (sql) =>
    Effect.map(
      sql<{ type: string }>`SELECT type FROM cart.event WHERE stream = ${of.id} ORDER BY seq`,
      (rows) => rows.map(({ type }) => type)
    )
  )
const waiting = Effect.gen(function* () {
  const { buyer, item, pageId } = yield* corner
  const slot = yield* (yield* Seeds).slot({ pageId, capacity: 1 })
  return { plain: yield* order(buyer, item), buyer, slot, item, pageId }
})

layer(portsOnWire({ maxConnections: 1 }), { excludeTestServices: true })(
  "lines cut at every statement",
  (it) => {
    const adding = (keyed: boolean) =>
      Effect.gen(function* () {
        const carts = yield* Carts
        const statements = yield* atEveryStatement(
          Effect.gen(function* () {
            const world = yield* corner
            yield* put(world.buyer, world.item, 2)
            return { ...world, key: yield* fresh, lineId: CartLineId.make(yield* fresh) }
          }),
          ({ buyer, item, key, lineId, pageId }) =>
            carts.modify({ identity: buyer, pageId, ...(keyed ? { key } : {}) }, ({ cart }) =>
              Cart.add(item, 1, lineId)(cart)
            ),
          ({ buyer, item, pageId }, cart) =>
            Effect.gen(function* () {
              assert.strictEqual(Cart.quantityOf(cart, item.id), 3)
              assert.deepStrictEqual((yield* carts.view(buyer, pageId)).cart, cart)
            })
        )
        assert.strictEqual(statements, 2)
      })
    it.effect("an add is added once, with the key of its form", () => adding(true), 30_000)
    it.effect("an add is added once, without a key", () => adding(false), 30_000)
    const placed = (entries: number) =>
      Effect.gen(function* () {
        const [carts, orders, sql] = [yield* Carts, yield* Orders, yield* PgClient.PgClient]
        return yield* atEveryStatement(
          Effect.gen(function* () {
            const { buyer, item, pageId } = yield* corner
            if (entries === 0) yield* put(buyer, item)
            else {
              const slot = yield* (yield* Seeds).slot({ pageId, capacity: entries })
              yield* held({ slot, identity: buyer })
            }
            const seen = seenOf(yield* carts.view(buyer, pageId))
            return { buyer, of: { identity: buyer, pageId, seen }, decision: yield* placing(buyer, seen) }
          }),
          ({ decision, of }) => orders.place(of, decision),
          ({ buyer, of }, answer) =>
            Effect.gen(function* () {
              const rows = yield* sql<{
                id: string
              }>`SELECT id FROM cart.orders WHERE visitor_id = ${buyer.id}`
              assert.deepStrictEqual(rows, [{ id: answer.id }])
              assert.deepStrictEqual(yield* orders.get(answer.id), answer)
              assert.deepStrictEqual(yield* events(answer), ["order.created"])
              assert.strictEqual(answer.attempts.length, 1)
              const { cart, entries: left } = yield* carts.view(buyer, of.pageId)
              assert.deepStrictEqual([cart.lines, left, cart.revision], [[], [], of.seen.revision + 1])
            })
        )
      })
    it.effect("an order is placed once", () => Effect.map(placed(0), (n) => assert.strictEqual(n, 2)), 30_000)
    it.effect(
      "an order with an entry is placed once",
      () => Effect.map(placed(1), (n) => assert.strictEqual(n, 6)),
      30_000
    )
    const paying = (entries: boolean) =>
      Effect.gen(function* () {
        const [carts, orders] = [yield* Carts, yield* Orders]
        return yield* atEveryStatement(
          Effect.gen(function* () {
            const world = yield* waiting
            if (!entries) return world.plain
            yield* held({ slot: world.slot, identity: world.buyer })
            const seen = seenOf(yield* carts.view(world.buyer, world.pageId))
            const of = { identity: world.buyer, pageId: world.pageId, seen }
            return yield* orders.place(of, yield* placing(world.buyer, seen))
          }),
          (of) => observe(of, answering(attemptOf(of), { status: "PAID" })),
          (_, paid) =>
            Effect.gen(function* () {
              assert.strictEqual(paid.state, "paid")
              assert.strictEqual(paid.payments.length, 1)
              assert.deepStrictEqual(yield* orders.get(paid.id), paid)
              assert.deepStrictEqual(yield* events(paid), ["order.created", "order.paid"])
            })
        )
      })
    it.effect(
      "a payment is credited once",
      () => Effect.map(paying(false), (n) => assert.strictEqual(n, 2)),
      30_000
    )
    it.effect(
      "a payment that moves an entry is credited once",
      () => Effect.map(paying(true), (n) => assert.strictEqual(n, 6)),
      30_000
    )
    it.effect(
      "what would be refused the second time is not: its first answer was only lost",
      () =>
        Effect.gen(function* () {
          const orders = yield* Orders
          const refundId = RefundId.make(yield* fresh)
          yield* atEveryStatement(
            Effect.gen(function* () {
              const { plain } = yield* waiting
              const paid = yield* observe(plain, answering(attemptOf(plain), { status: "PAID" }))
              const input = {
                _tag: "RefundAsked",
                refundId: RefundId.make(yield* fresh),
                minor: 100
              } as const
              const asked = { ...input, paymentId: paid.paidBy ?? "", by: "robin", reason: "stale" }
              return yield* orders.modify(paid.id, decide(asked))
            }),
            (of) =>
              orders.modify(
                of.id,
                decide({ _tag: "RefundSent", refundId: of.refunds[0]?.id ?? refundId, before: 0 })
              ),
            (_, sent) =>
              Effect.gen(function* () {
                assert.strictEqual(sent.refunds[0]?.state, "sent")
                assert.deepStrictEqual(yield* orders.get(sent.id), sent)
              })
          )
        }),
      30_000
    )
  }
)
