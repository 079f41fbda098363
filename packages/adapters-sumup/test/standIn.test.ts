import { assert, describe, it } from "@effect/vitest"
import type { Asking } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Effect } from "effect"
import { askingOf } from "./asking.ts"
import { adapterOn } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"
import { serving } from "./server.ts"

const page = { hosted_checkout_url: "https://pay.stand-in.example/1" }
const config = { payOrigins: ["https://pay.stand-in.example"] }

/** As little as the document allows and we can live with. */
const bodyOf = ({ attempt }: Asking, change: object = {}): string =>
  JSON.stringify({
    id: "c-1",
    checkout_reference: `ra-${attempt.id}`,
    amount: 12.4,
    currency: "GBP",
    merchant_code: attempt.merchantCode,
    status: "PENDING",
    ...change
  })

const isUnreadable = (error: unknown): void =>
  assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "unreadable" })

describe("a stand-in that keeps to SumUp's document", () => {
  it.live("may list less than it tells when asked for one", () =>
    Effect.gen(function* () {
      const asking = askingOf(bakery)
      const server = yield* serving((request, response) => {
        if (request.method === "POST") response.destroy()
        else if (request.url?.includes("?") === true) response.end(`[${bodyOf(asking)}]`)
        else response.end(bodyOf(asking, page))
      })
      const { calls, open, read } = yield* adapterOn(server.url, [bakery], config)
      const seen = yield* open(asking)
      assert.deepInclude(seen, { via: "list", status: "PENDING", captured: [] })
      assert.strictEqual(seen.payUrl, page.hosted_checkout_url)
      assert.lengthOf(calls, 3)
      assert.strictEqual((yield* read(asking)).payUrl, page.hosted_checkout_url)
    })
  )

  it.live("says with an empty list alone that there is nothing: a 404 is no list", () =>
    Effect.gen(function* () {
      const server = yield* serving((_, response) => void response.writeHead(404).end("[]"))
      const { deactivate, read } = yield* adapterOn(server.url, [bakery])
      for (const use of [read, deactivate]) isUnreadable(yield* Effect.flip(use(askingOf(bakery))))
    })
  )

  for (const [what, more] of [
    ["with its page", page],
    ["without its page", {}]
  ] as const) {
    it.live(`that lists a checkout ${what} and then does not know it has not said that it never was`, () =>
      Effect.gen(function* () {
        const asking = askingOf(bakery)
        const server = yield* serving((request, response) => {
          const isList = request.url?.includes("?") === true
          response.writeHead(isList ? 200 : 404).end(`[${bodyOf(asking, more)}]`)
        })
        const { deactivate, read } = yield* adapterOn(server.url, [bakery], config)
        isUnreadable(yield* Effect.flip(deactivate(asking)))
        const seen = yield* Effect.result(read(asking))
        if (more === page) assert.strictEqual(seen._tag, "Success")
        else isUnreadable(seen._tag === "Failure" ? seen.failure : seen)
      })
    )
  }
})
