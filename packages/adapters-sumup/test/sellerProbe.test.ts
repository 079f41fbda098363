import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { FetchHttpClient } from "effect/http"
import { makeSellerProbe } from "../src/SellerProbeSumUp.ts"
import { bakery } from "./sellerKeys.ts"

it.live("whose a key is, is not known while the provider is silent", () =>
  Effect.gen(function* () {
    const probe = yield* makeSellerProbe({ baseUrl: "http://127.0.0.1:1" })
    const silent = yield* Effect.flip(probe.look(bakery))
    assert.deepInclude(silent, { _tag: "PaymentProviderUnavailable", why: "silent" })
  }).pipe(Effect.provide(FetchHttpClient.layer))
)
