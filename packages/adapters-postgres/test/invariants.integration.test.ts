import { readFileSync } from "node:fs"
import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Audits, audited } from "@rose-ash/cart-domain/health/Audits"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { decide } from "@rose-ash/cart-domain/order/Transitions"
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
import { check } from "@rose-ash/cart-domain/testing/Invariants"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { RefundId } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Layer } from "effect"
import { vi } from "vitest"
import * as Postgres from "../src/Postgres.ts"
import { client, config, cooperativePage, freshDatabase } from "./database.ts"
import { seeds } from "./seeds.ts"
import { stateOf } from "./stateOf.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 60_000 })

const portsOn = (url: string) =>
  Layer.effect(Seeds, seeds(cooperativePage)).pipe(
    Layer.provideMerge(Layer.mergeAll(Postgres.layer(config(url)), client(url))),
    Layer.orDie
  )

/** An order that waits, one paid twice and partly on its way back, one that expired; all with places. */
const business = Effect.gen(function* () {
  const [world, orders] = [yield* Seeds, yield* Orders]
  yield* world.consumer("blog")
  const page = yield* world.page()
  const item = yield* world.item({ pageId: page.id })
  const bought = Effect.gen(function* () {
    const buyer = yield* someone
    yield* put(buyer, item, 2)
    yield* held({ slot: yield* world.slot({ pageId: page.id, capacity: 1 }), identity: buyer })
    return yield* place(buyer, page.id)
  })
  yield* bought
  const [paid, expired] = [yield* bought, yield* bought]
  const attempt = attemptOf(paid)
  const seen = answering(attempt, { status: "PAID" })
  yield* observe(paid, {
    ...seen,
    captured: [...seen.captured, { transactionId: "second", ...attempt.amount }]
  })
  const asked = { paymentId: `sumup:${seen.transactionId}`, minor: 10, by: "robin", reason: "stale" }
  const refundId = RefundId.make(yield* fresh)
  yield* orders.modify(paid.id, decide({ _tag: "RefundAsked", refundId, ...asked }))
  yield* observe(expired, answering(attemptOf(expired), { status: "EXPIRED" }))
  const late = Instant.make(expired.expiresAt + 3_600_000)
  yield* orders.modify(expired.id, (order) => decide({ _tag: "Deadline" })(order, late))
})

/** A template in which all is well; nobody is connected to it any more. */
const template = Effect.gen(function* () {
  const url = yield* freshDatabase()
  yield* Effect.scoped(Effect.flatMap(Layer.build(portsOn(url)), (ports) => Effect.provide(business, ports)))
  return new URL(url).pathname.slice(1)
})

/** What both judges say of a copy in which this was done, every rule of the schema being off. */
const judged = (from: string, sql: string) =>
  Effect.gen(function* () {
    const url = yield* freshDatabase(from)
    const ports = yield* Layer.build(portsOn(url))
    return yield* Effect.gen(function* () {
      const pg = yield* PgClient.PgClient
      const block = `DO $plant$ BEGIN EXECUTE $sql$SET LOCAL session_replication_role = replica; ${sql}$sql$; END $plant$`
      yield* pg.unsafe(block)
      const names = (breaks: ReadonlyArray<{ readonly invariant: string }>) =>
        [...new Set(breaks.map(({ invariant }) => invariant))].sort()
      const [row] = yield* pg<{ now: number }>`SELECT cart.ms(now()) AS now`
      return {
        sql: names(yield* (yield* Audits).breaks(Instant.make(0))),
        domain: names(check(yield* stateOf, Instant.make(Number(row?.now))))
      }
    }).pipe(Effect.provide(ports))
  }).pipe(Effect.scoped)

const plants = readFileSync(new URL("./sql/breaks.sql", import.meta.url), "utf8")
  .split(/^-- /mu)
  .slice(1)
  .map((block) => {
    const end = block.indexOf("\n")
    const title = block.slice(0, end)
    return {
      title,
      invariant: title.split(" ")[0] ?? "",
      alone: title.endsWith("@sql"),
      sql: block.slice(end)
    }
  })

it.live("each break that is planted is named alike by the database and by the domain", () =>
  Effect.gen(function* () {
    const from = yield* template
    assert.deepStrictEqual(yield* judged(from, ""), { sql: [], domain: [] })
    const unseen: Array<unknown> = []
    for (const { alone, invariant, sql, title } of plants) {
      const said = yield* judged(from, sql)
      const agreed = said.sql.includes(invariant) && (alone || said.domain.includes(invariant))
      if (!agreed) unseen.push({ title, ...said })
    }
    assert.deepStrictEqual(unseen, [])
  }).pipe(Effect.scoped)
)

it("every invariant that the database is asked about has a break planted", () => {
  assert.deepStrictEqual([...new Set(plants.map(({ invariant }) => invariant))].sort(), [...audited].sort())
})
