import { assert, describe, it } from "@effect/vitest"
import { isPayable, type PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import * as Memory from "@rose-ash/cart-domain/testing/Memory"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Redacted } from "effect"
import * as Sellers from "../src/Sellers.ts"
import type { Cooperative } from "../src/Settings.ts"

const id = PageId.make("rose-ash")
const url = "https://market.example"
const cooperative: Cooperative = {
  page: id,
  name: "Rose Ash",
  currency: "GBP",
  merchantCode: "MROSEASH",
  sumUpKey: Redacted.make("practice-key-one")
}
/** What a start of the service does. */
const start = (changes: Partial<Cooperative> = {}) =>
  Effect.provide(Effect.void, Sellers.layer({ ...cooperative, ...changes }, url))
const page = Effect.flatMap(PageConfigs, (pages) => pages.get(id))
const keyNow = Effect.gen(function* () {
  const keys = yield* SellerKeys
  const { seller } = yield* page
  return seller === null ? null : Redacted.value((yield* keys.get(seller.credentialId)).key)
})
const told = <E>(name: string, story: Effect.Effect<void, E, PageConfigs | SellerKeys>) =>
  it.effect(name, () => Effect.provide(story, Memory.layer))

describe("the cooperative's own page", () => {
  told(
    "can be paid from the first start, with the key that was given",
    Effect.gen(function* () {
      yield* start()
      assert.isTrue(isPayable(yield* page))
      assert.strictEqual(yield* keyNow, "practice-key-one")
    })
  )

  told(
    "is there without a key, and cannot be paid",
    Effect.gen(function* () {
      yield* start({ sumUpKey: null })
      assert.isFalse(isPayable(yield* page))
    })
  )

  told(
    "keeps at the next start what was changed since, but its name",
    Effect.gen(function* () {
      yield* start()
      const pages = yield* PageConfigs
      const before = yield* page
      const changed: PageConfig = {
        ...before,
        acceptsLate: false,
        refundsAlone: true,
        contact: "a@b.example"
      }
      yield* pages.save(changed)
      yield* start({ name: "Rose Ash Cooperative" })
      assert.deepStrictEqual(yield* page, { ...changed, name: "Rose Ash Cooperative" })
    })
  )

  told(
    "stays paused by a rejected key until another key is given",
    Effect.gen(function* () {
      yield* start()
      const pages = yield* PageConfigs
      yield* pages.pause(id)
      yield* start()
      assert.isFalse(isPayable(yield* page))
      yield* start({ sumUpKey: Redacted.make("practice-key-two") })
      assert.isTrue(isPayable(yield* page))
      assert.strictEqual(yield* keyNow, "practice-key-two")
    })
  )

  told(
    "is paid to another merchant as soon as that is configured",
    Effect.gen(function* () {
      yield* start()
      yield* start({ merchantCode: "MOTHER", sumUpKey: Redacted.make("practice-key-other") })
      assert.strictEqual((yield* page).seller?.merchantCode, "MOTHER")
      yield* start()
      assert.strictEqual((yield* page).seller?.merchantCode, "MROSEASH")
      assert.strictEqual(yield* keyNow, "practice-key-one")
    })
  )
})
