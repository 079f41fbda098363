import { assert, describe, it } from "@effect/vitest"
import { isPayable, type PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import {
  PaymentProviderRefused,
  PaymentProviderUnavailable
} from "@rose-ash/cart-domain/payment/PaymentProvider"
import { SellerProbe } from "@rose-ash/cart-domain/payment/SellerProbe"
import * as Memory from "@rose-ash/cart-domain/testing/Memory"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Fiber, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
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
const start = (changes: Partial<Cooperative> = {}, live = false) =>
  Effect.provide(Effect.void, Sellers.layer({ ...cooperative, ...changes }, url, live))
const unavailable = (why: "silent" | "not_found") => new PaymentProviderUnavailable({ why, retryAfter: null })
/** SumUp, by what a key says of itself. */
const probe = Layer.succeed(SellerProbe, {
  look: ({ key, pageId }) => {
    const text = Redacted.value(key)
    if (text.includes("wrong")) return Effect.fail(new PaymentProviderRefused({ pageId, why: "key" }))
    if (text.includes("elsewhere")) return Effect.fail(unavailable("not_found"))
    if (text.includes("silent")) return Effect.fail(unavailable("silent"))
    return Effect.succeed({
      currency: text.includes("euro") ? "EUR" : "GBP",
      sandbox: text.includes("sandbox")
    })
  }
})
const page = Effect.flatMap(PageConfigs, (pages) => pages.get(id))
const keyNow = Effect.gen(function* () {
  const keys = yield* SellerKeys
  const { seller } = yield* page
  return seller === null ? null : Redacted.value((yield* keys.get(seller.credentialId)).key)
})
const told = <E>(name: string, story: Effect.Effect<void, E, PageConfigs | SellerKeys | SellerProbe>) =>
  it.effect(name, () => Effect.provide(story, Layer.merge(Memory.layer, probe)))

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
      const { seller } = yield* page
      if (seller === null) return yield* Effect.die("no key")
      yield* pages.pause(id, seller.credentialId)
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

describe("a key that is offered", () => {
  const page = { id, name: "Rose Ash", currency: "GBP", acceptsLate: true, refundsAlone: false } as const
  const offer = (text: string, live = false) =>
    Effect.gen(function* () {
      const account = { merchantCode: "MROSEASH", key: Redacted.make(text) }
      const fiber = yield* Effect.forkChild(
        Effect.flip(Sellers.configure({ page: { ...page, contact: null, url: null }, account }, live))
      )
      yield* TestClock.adjust("1 minute")
      return Sellers.notAccepted(yield* Fiber.join(fiber))
    })

  told(
    "and is not right is told in a sentence, and the one before stays",
    Effect.gen(function* () {
      yield* start()
      assert.match(yield* offer("wrong-key"), /^rose-ash: SumUp does not know this key/)
      assert.match(yield* offer("key-of-elsewhere"), /belongs to another SumUp account/)
      assert.match(yield* offer("euro-key"), /paid in another currency/)
      assert.match(yield* offer("sandbox-key", true), /this is a sandbox account/)
      assert.match(yield* offer("silent-key"), /SumUp did not answer, so nothing was changed/)
      assert.strictEqual(yield* keyNow, "practice-key-one")
    })
  )
})
