import { readFileSync } from "node:fs"
import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { decide } from "@rose-ash/cart-domain/order/Transitions"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import {
  answering,
  attemptOf,
  fresh,
  observe,
  place,
  put,
  someone
} from "@rose-ash/cart-domain/testing/acting"
import { held } from "@rose-ash/cart-domain/testing/contract"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { RefundId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Exit, Layer, Redacted } from "effect"
import { vi } from "vitest"
import * as Postgres from "../src/Postgres.ts"
import { sqlErrorIn, sqlState } from "../src/sqlErrors.ts"
import { client, config, cooperativePage, freshDatabase } from "./database.ts"
import { seeds } from "./seeds.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 30_000 })

const roles = readFileSync(new URL("../hardening/roles.sql", import.meta.url), "utf8")
const as = (url: string, role: string): string => {
  const other = new URL(url)
  other.username = role
  return other.href
}
const clientOn = (url: string) =>
  Effect.flatMap(Layer.build(client(url)), (context) => Effect.provide(PgClient.PgClient, context))
const refusedAs = <A, E, R>(statement: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.exit(statement), (exit) => {
    const error = Exit.isFailure(exit) ? sqlErrorIn(exit.cause) : undefined
    return error === undefined ? "allowed" : sqlState(error)
  })

/** Once around: a key, a cart with an entry, an order, a hint, a payment, a refund, an event told. */
const business = Effect.gen(function* () {
  const [world, orders] = [yield* Seeds, yield* Orders]
  const page = yield* world.page()
  const buyer = yield* someone
  yield* put(buyer, yield* world.item({ pageId: page.id }), 2)
  yield* held({ slot: yield* world.slot({ pageId: page.id, capacity: 1 }), identity: buyer })
  const placed = yield* place(buyer, page.id)
  const attempt = attemptOf(placed)
  yield* orders.wake(attempt.id)
  yield* orders.claimDue(10, 1000)
  const paid = yield* observe(placed, answering(attempt, { status: "PAID" }))
  const refundId = RefundId.make(yield* fresh)
  const asked = { refundId, paymentId: paid.paidBy ?? "", minor: 10, by: "robin", reason: "stale" }
  yield* orders.modify(paid.id, decide({ _tag: "RefundAsked", ...asked }))
  const key = yield* (yield* SellerKeys).get(attempt.credentialId)
  return { paid, key }
})

it.live("with separated log-ins the service does its work, and cannot touch history or keys", () =>
  Effect.gen(function* () {
    const url = yield* freshDatabase()
    const owner = yield* clientOn(url)
    const apply = owner.unsafe(`DO $apply$ BEGIN EXECUTE $roles$${roles}$roles$; END $apply$`)
    yield* apply
    yield* apply
    const payUrl = Redacted.make(as(url, "cart_pay"))
    const service = Layer.effect(Seeds, seeds(cooperativePage)).pipe(
      Layer.provideMerge(Layer.mergeAll(Postgres.layer(config(as(url, "cart_app"), { payUrl })), client(url)))
    )
    const { key, paid } = yield* Effect.provide(business, yield* Layer.build(service))
    assert.strictEqual(paid.state, "paid")
    assert.strictEqual(Redacted.value(key.key), `practice-key-${paid.pageId}`)

    const app = yield* clientOn(as(url, "cart_app"))
    const forbidden = [
      app`SELECT sealed FROM cart.seller_credential`,
      app`UPDATE cart.orders SET total_minor = 1`,
      app`UPDATE cart.order_line SET name = 'x'`,
      app`UPDATE cart.payment SET minor = 1`,
      app`DELETE FROM cart.orders`,
      app`TRUNCATE cart.audit`,
      app`ALTER TABLE cart.orders DISABLE TRIGGER ALL`,
      app`UPDATE events.calendar_entry SET state = 'released'`
    ]
    for (const statement of forbidden) assert.strictEqual(yield* refusedAs(statement), "42501")
    const reader = yield* clientOn(as(url, "cart_read"))
    assert.strictEqual(yield* refusedAs(reader`SELECT * FROM cart.orders`), "allowed")
    assert.strictEqual(yield* refusedAs(reader`SELECT * FROM cart.visitor_key`), "42501")
    assert.strictEqual(yield* refusedAs(reader`SELECT sealed FROM cart.seller_credential`), "42501")
    assert.strictEqual(yield* refusedAs(reader`SELECT digest FROM cart.order_grant`), "42501")
  }).pipe(Effect.scoped)
)
