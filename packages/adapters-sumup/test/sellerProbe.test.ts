import { assert, describe } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { FetchHttpClient } from "effect/http"
import { makeSellerProbe } from "../src/SellerProbeSumUp.ts"
import { live } from "./paid.ts"
import { bakery, forge } from "./sellerKeys.ts"

describe("a new key", () => {
  live("is asked whose it is, before it is kept", ({ fake }) =>
    Effect.gen(function* () {
      const probe = yield* makeSellerProbe({ baseUrl: fake.url })
      const { key, merchantCode, pageId } = bakery
      const look = (of: Redacted.Redacted) => probe.look({ pageId, merchantCode, key: of })
      assert.deepStrictEqual(yield* look(key), { currency: "GBP", sandbox: true })
      const other = yield* Effect.flip(look(forge.key))
      assert.deepInclude(other, { _tag: "PaymentProviderUnavailable", why: "not_found" })
      const wrong = yield* Effect.flip(look(Redacted.make("practice-key-nobody")))
      assert.deepInclude(wrong, { _tag: "PaymentProviderRefused", why: "key" })
      const nowhere = yield* makeSellerProbe({ baseUrl: "http://127.0.0.1:1" })
      const silent = yield* Effect.flip(nowhere.look({ pageId, merchantCode, key }))
      assert.deepInclude(silent, { _tag: "PaymentProviderUnavailable", why: "silent" })
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )
})
