import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Events } from "@rose-ash/cart-domain/event/Events"
import { Effect, Exit, Layer } from "effect"
import * as Postgres from "../src/Postgres.ts"
import { client, config, freshDatabase } from "./database.ts"

it.live("a neighbour that is enlisted fetches for itself by its log-in, and nobody fetches for another", () =>
  Effect.gen(function* () {
    const url = yield* freshDatabase()
    const theirs = new URL(url)
    theirs.username = "market_app"
    const events = yield* Effect.provide(Events, yield* Layer.build(Postgres.layer(config(url))))
    const sql = yield* Effect.provide(PgClient.PgClient, yield* Layer.build(client(theirs.href)))
    const fetches = (consumer: string) =>
      Effect.map(Effect.exit(sql`SELECT id FROM cart_api.claim_events(${consumer}, 10)`), Exit.isSuccess)

    assert.isFalse(yield* fetches("market"))
    yield* events.enlist([
      { name: "market", neighbour: "market_app" },
      { name: "blog", neighbour: null }
    ])
    assert.deepStrictEqual([yield* fetches("market"), yield* fetches("blog")], [true, false])
    yield* events.retire("market")
    assert.isFalse(yield* fetches("market"))
    yield* events.enlist([{ name: "market", neighbour: "events_app" }])
    assert.isFalse(yield* fetches("market"))
  }).pipe(Effect.scoped)
)
