import { it } from "@effect/vitest"
import type { Asking } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Effect } from "effect"
import { FetchHttpClient } from "effect/http"
import { assert } from "vitest"
import { makeExchange } from "../src/Exchange.ts"
import { makeSellers } from "../src/Sellers.ts"
import { makeSumUpApi } from "../src/SumUpApi.ts"
import { type Caller, makeSumUpCalls } from "../src/SumUpCalls.ts"
import { askingOf, opened } from "./asking.ts"
import { requestProblems } from "./conformance.ts"
import { practice, type Recorded, recording } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"

/** SumUp's operations on a practice provider with one paid checkout. */
const withPaid = Effect.fnUntraced(function* () {
  const house = yield* practice()
  const created = askingOf(bakery)
  const seen = yield* house.open(created)
  house.buyer.pay(seen.providerId)
  const paid = yield* house.read(opened(created, seen))
  const calls: Array<Recorded> = []
  const exchange = yield* makeExchange(house.url)
  const api = makeSumUpApi(makeSumUpCalls(exchange, yield* makeSellers))
  yield* Effect.addFinalizer(() =>
    Effect.sync(() => {
      for (const { body, method, url } of calls) {
        assert.deepEqual(requestProblems({ method, path: `${url.pathname}${url.search}`, body }), [])
      }
    })
  )
  const by: Caller = { merchantCode: bakery.merchantCode, key: bakery.key, until: Date.now() + 5000 }
  return { ...house, api, by, calls, created, transactionId: paid.transactionId ?? "" }
})

type House = Effect.Success<ReturnType<typeof practice>>
/** What a test of SumUp's operations is given. */
interface Paid extends House {
  readonly api: ReturnType<typeof makeSumUpApi>
  readonly by: Caller
  readonly calls: Array<Recorded>
  readonly created: Asking
  readonly transactionId: string
}

/** A test of SumUp's operations; `calls` are those that it made itself. */
export const live = (name: string, test: (world: Paid) => Effect.Effect<unknown, unknown>) =>
  it.live(name, () =>
    Effect.gen(function* () {
      const world = yield* withPaid()
      yield* Effect.provideService(test(world), FetchHttpClient.Fetch, recording(world.calls))
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )
