import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { askingOf } from "./asking.ts"
import { adapterOn, practice, practiceWithOpen, publicUrl } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"
import { serving } from "./server.ts"

/** Answers without end; `left` says how many bytes it had sent when the caller hung up. */
const endless = Effect.fnUntraced(function* (status: number) {
  const left: Array<number> = []
  const { url } = yield* serving((_, response) => {
    let sent = 0
    response.writeHead(status)
    const more = setInterval(() => {
      sent += 64_000
      response.write("x".repeat(64_000))
    }, 5)
    response.on("close", () => {
      clearInterval(more)
      left.push(sent)
    })
  })
  return { url, left }
})

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

  for (const [status, why] of [
    [200, "unreadable"],
    [302, "unreadable"],
    [404, "not_found"]
  ] as const) {
    it.live(`that is over leaves no connection behind, however much is still to come: ${status}`, () =>
      Effect.gen(function* () {
        const { left, url } = yield* endless(status)
        const { read } = yield* adapterOn(url, [bakery])
        const error = yield* Effect.flip(read(askingOf(bakery, { providerId: "c-1" })))
        assert.deepInclude(error, { why })
        while (left.length === 0) yield* Effect.sleep(10)
        assert.isBelow(left[0] ?? Number.NaN, 5_000_000)
      })
    )
  }

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
