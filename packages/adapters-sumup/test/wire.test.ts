import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { askingOf } from "./asking.ts"
import { adapterOn, practice, practiceWithOpen, publicUrl } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"
import { serving } from "./server.ts"

const checkoutOf = (body: string, change: object = {}): string => {
  const { amount, checkout_reference, currency, merchant_code } = JSON.parse(body)
  return JSON.stringify({
    id: "c-1",
    checkout_reference,
    amount,
    currency,
    merchant_code,
    status: "PENDING",
    ...change
  })
}

describe("a call", () => {
  it.live("carries the key, what is understood, and nothing about us", () =>
    Effect.gen(function* () {
      const { asking, calls, created, deactivate, open, read } = yield* practiceWithOpen()
      yield* open(created)
      yield* read(asking)
      yield* deactivate(asking)
      assert.lengthOf(calls, 5)
      for (const { headers, url } of calls) {
        assert.isFalse(url.pathname.endsWith("/"))
        const { "content-type": type = "application/json", ...rest } = Object.fromEntries(headers)
        assert.strictEqual(type, "application/json")
        assert.deepEqual(rest, {
          accept: "application/problem+json, application/json",
          authorization: "Bearer practice-key-ash-bakery"
        })
      }
    })
  )

  it.live("puts ids into its path so that they stay there", () =>
    Effect.gen(function* () {
      const server = yield* serving((_, response) => void response.writeHead(404).end())
      const { read } = yield* adapterOn(server.url, [bakery])
      yield* Effect.flip(read(askingOf(bakery, { providerId: "a/../b?c#d e" })))
      assert.deepEqual(
        server.seen.map(({ url }) => url),
        ["/v0.1/checkouts/a%2F..%2Fb%3Fc%23d%20e"]
      )
    })
  )

  it.live("is not taken elsewhere by a redirect, and neither is the key", () =>
    Effect.gen(function* () {
      const elsewhere = yield* serving((_, response) => void response.end("{}"))
      const server = yield* serving((_, response) => {
        response.writeHead(307, { location: `${elsewhere.url}/v0.1/checkouts` }).end()
      })
      const { deactivate, open, read } = yield* adapterOn(server.url, [bakery])
      const asking = askingOf(bakery, { providerId: "c-1" })
      for (const use of [open, read, deactivate]) {
        const error = yield* Effect.flip(use(asking))
        assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "unreadable" })
      }
      assert.isAbove(server.seen.length, 2)
      assert.lengthOf(elsewhere.seen, 0)
    })
  )

  it.live("that is over leaves no connection behind, however much is still to come", () =>
    Effect.gen(function* () {
      const left: Array<number> = []
      const server = yield* serving((_, response) => {
        let sent = 0
        const more = setInterval(() => {
          sent += 64_000
          response.write("x".repeat(64_000))
        }, 5)
        response.on("close", () => {
          clearInterval(more)
          left.push(sent)
        })
      })
      const { read } = yield* adapterOn(server.url, [bakery])
      const error = yield* Effect.flip(read(askingOf(bakery, { providerId: "c-1" })))
      assert.deepInclude(error, { why: "unreadable" })
      while (left.length === 0) yield* Effect.sleep(10)
      assert.isBelow(left[0] ?? Number.NaN, 5_000_000)
    })
  )

  it.live("that nobody takes is silence", () =>
    Effect.gen(function* () {
      const { url } = yield* Effect.scoped(serving(() => undefined))
      const { read } = yield* adapterOn(url, [bakery])
      const error = yield* Effect.flip(read(askingOf(bakery, { providerId: "c-1" })))
      assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "silent" })
    })
  )

  it.live("goes where the configuration says, with or without a slash at its end", () =>
    Effect.gen(function* () {
      const { url } = yield* practice()
      const { calls, open } = yield* adapterOn(`${url}/`, [bakery], { publicUrl: `${publicUrl}/` })
      yield* open(askingOf(bakery))
      assert.strictEqual(calls[0]?.url.pathname, "/v0.1/checkouts")
      assert.isTrue(Object(calls[0]?.body).return_url.startsWith(`${publicUrl}/webhooks/sumup/`))
    })
  )
})

describe("a stand-in that keeps to SumUp's document", () => {
  it.live("may list less than it tells when asked for one", () =>
    Effect.gen(function* () {
      let made = ""
      const page = { hosted_checkout_url: "https://pay.stand-in.example/1" }
      const server = yield* serving((request, response) => {
        if (request.method === "POST") {
          request.on("data", (bytes) => {
            made += String(bytes)
          })
          request.on("end", () => response.destroy())
          return
        }
        const isList = request.url?.includes("?") === true
        response.end(isList ? `[${checkoutOf(made)}]` : checkoutOf(made, page))
      })
      const { calls, open, read } = yield* adapterOn(server.url, [bakery], {
        payOrigins: ["https://pay.stand-in.example"]
      })
      const asking = askingOf(bakery)
      const seen = yield* open(asking)
      assert.deepInclude(seen, { via: "list", status: "PENDING", captured: [] })
      assert.strictEqual(seen.payUrl, page.hosted_checkout_url)
      assert.lengthOf(calls, 3)
      assert.strictEqual((yield* read(asking)).payUrl, page.hosted_checkout_url)
    })
  )

  it.live("says with an empty list alone that there is nothing: a 404 is no list", () =>
    Effect.gen(function* () {
      const server = yield* serving((_, response) => void response.writeHead(404).end("{}"))
      const { deactivate, read } = yield* adapterOn(server.url, [bakery])
      for (const use of [read, deactivate]) {
        const error = yield* Effect.flip(use(askingOf(bakery)))
        assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "unreadable" })
      }
    })
  )

  it.live("that lists a checkout and then does not know it has not said that it never was", () =>
    Effect.gen(function* () {
      const asking = askingOf(bakery)
      const listed = JSON.stringify({
        checkout_reference: `ra-${asking.attempt.id}`,
        amount: 12.4,
        currency: "GBP",
        merchant_code: bakery.merchantCode
      })
      const server = yield* serving((request, response) => {
        if (request.url?.includes("?") === true) response.end(`[${checkoutOf(listed)}]`)
        else response.writeHead(404).end()
      })
      const { deactivate, read } = yield* adapterOn(server.url, [bakery])
      for (const use of [read, deactivate]) {
        const error = yield* Effect.flip(use(asking))
        assert.deepInclude(error, { _tag: "PaymentProviderUnavailable", why: "unreadable" })
      }
    })
  )
})
