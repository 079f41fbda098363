import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, Redacted } from "effect"
import { vi } from "vitest"
import * as Postgres from "../src/Postgres.ts"
import { client, config, freshDatabase, secretKey } from "./database.ts"

vi.setConfig({ testTimeout: 30_000 })

const next = Redacted.make("the-next-practice-secret-of-32-bytes-and-more")
const pageId = PageId.make("ash")
const merchants = Array.from({ length: 7 }, (_, n) => `M-ASH-${n}`)
const keyOf = (merchant: string) => Redacted.make(`practice-key-of-${merchant}`)
const page = {
  id: pageId,
  name: "Ash",
  currency: "GBP" as const,
  seller: null,
  paused: false,
  acceptsLate: true,
  refundsAlone: false,
  contact: null,
  url: null
}
const started = (url: string, secret: Redacted.Redacted, previousSecretKey?: Redacted.Redacted) =>
  Layer.build(Layer.merge(Postgres.layer(config(url, { secretKey: secret, previousSecretKey })), client(url)))

it.live(
  "keys are sealed anew by two at once, in the middle of which one ends; then the old secret may go",
  () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase()
      const before = yield* started(url, secretKey)
      const saved = yield* Effect.gen(function* () {
        const [keys, pages] = [yield* SellerKeys, yield* PageConfigs]
        yield* pages.save(page)
        return yield* Effect.forEach(merchants, (merchant) => keys.save(pageId, merchant, keyOf(merchant)))
      }).pipe(Effect.provide(before))
      const both = yield* started(url, next, secretKey)
      const reseal = Effect.flatMap(SellerKeys, (keys) => keys.reseal).pipe(Effect.provide(both))
      yield* Effect.timeoutOption(reseal, "5 millis") // ended in the middle
      const [first, second] = yield* Effect.all([reseal, reseal], { concurrency: 2 })
      assert.deepStrictEqual([first.lost, second.lost], [[], []])
      const after = yield* started(url, next)
      yield* Effect.gen(function* () {
        const [keys, sql] = [yield* SellerKeys, yield* PgClient.PgClient]
        for (const { credentialId, merchantCode } of saved) {
          const { key } = yield* keys.get(credentialId)
          assert.strictEqual(Redacted.value(key), Redacted.value(keyOf(merchantCode)))
        }
        const kids = yield* sql`SELECT DISTINCT kid FROM cart.seller_credential`
        assert.strictEqual(kids.length, 1)
      }).pipe(Effect.provide(after))
      // A secret that is gone for good: what it sealed is named, and stays as it is.
      const stranger = yield* started(url, Redacted.make("a-secret-that-never-sealed-anything-here-32"))
      const lost = yield* Effect.flatMap(SellerKeys, (keys) => keys.reseal).pipe(Effect.provide(stranger))
      assert.deepStrictEqual([lost.sealed, lost.lost.length], [0, merchants.length])
    }).pipe(Effect.scoped)
)
