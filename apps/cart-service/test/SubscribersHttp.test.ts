import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { memoryInbox } from "@rose-ash/cart-client/events/EventInbox"
import { receiver } from "@rose-ash/cart-client/events/receiver"
import { verify } from "@rose-ash/cart-client/events/Signature"
import type { Told } from "@rose-ash/cart-domain/event/CloudEvent"
import { Subscribers } from "@rose-ash/cart-domain/event/Subscribers"
import { OrderNumber } from "@rose-ash/cart-domain/text/Ids"
import { Duration, Effect, Redacted, Result } from "effect"
import * as SubscribersHttp from "../src/SubscribersHttp.ts"

const key = "practice-signing-key-of-the-blog"
const older = "practice-signing-key-of-the-blog-before"
const publicUrl = "https://cart.example"
const event: Told = {
  id: "00000000-0000-7000-8000-000000000001.2",
  stream: "00000000-0000-7000-8000-000000000001",
  pageId: "ash-bakery",
  sequence: 2,
  at: 1_700_000_000_000,
  data: { _tag: "order.expired", number: OrderNumber.make("RA-7K4M-Q2XD") }
}

const listening = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/events`
}

/** What came of telling it: "delivered", or why not, and how long it took. */
const tell = async (url: string, within = Duration.seconds(5)) => {
  const keys = [Redacted.make(key), Redacted.make(older)]
  const began = performance.now()
  const outcome = await Effect.runPromise(
    Subscribers.use(({ deliver }) => Effect.result(deliver("blog", event))).pipe(
      Effect.provide(SubscribersHttp.layer(publicUrl, [{ name: "blog", url, keys }], within))
    )
  )
  const reason = Result.isSuccess(outcome) ? "delivered" : outcome.failure.reason
  return { reason, took: performance.now() - began }
}

describe("telling a subscriber", () => {
  it("sends a CloudEvent, signed by both keys, with its schema's whole address", async () => {
    const heard: Array<{ readonly request: IncomingMessage; readonly body: string }> = []
    const url = await listening((request, response) => {
      const chunks: Array<Buffer> = []
      request
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .once("end", () => {
          heard.push({ request, body: Buffer.concat(chunks).toString("utf8") })
          response.writeHead(204).end()
        })
    })
    assert.strictEqual((await tell(url)).reason, "delivered")
    const [{ body, request } = { body: "", request: undefined }] = heard
    assert.deepStrictEqual(JSON.parse(body), {
      specversion: "1.0",
      id: event.id,
      source: "/cart",
      type: "order.expired",
      subject: event.stream,
      time: "2023-11-14T22:13:20.000Z",
      datacontenttype: "application/json",
      dataschema: "https://cart.example/schemas/events/order.expired.v1.json",
      sequence: 2,
      pageid: "ash-bakery",
      data: { number: "RA-7K4M-Q2XD" }
    })
    assert.strictEqual(request?.headers["content-type"], "application/cloudevents+json")
    for (const live of [key, older]) {
      const header = (name: string) => `${request?.headers[name] ?? ""}`
      assert.deepStrictEqual(verify([Redacted.make(live)], { header, body, now: Date.now() }), {
        id: event.id
      })
    }
  })
  it("is understood by what a sibling installs, once", async () => {
    const handled: Array<string> = []
    const url = await listening(
      receiver({
        keys: [older],
        inbox: memoryInbox(),
        handle: async ({ type }) => void handled.push(type)
      })
    )
    assert.deepStrictEqual([(await tell(url)).reason, (await tell(url)).reason], ["delivered", "delivered"])
    assert.deepStrictEqual(handled, ["order.expired"])
  })

  const bad: ReadonlyArray<readonly [string, (response: ServerResponse) => void, string]> = [
    ["says 500", (response) => response.writeHead(500).end("canary"), "answered 500"],
    ["says 404", (response) => response.writeHead(404).end(), "answered 404"],
    ["redirects", (response) => response.writeHead(307, { location: "/elsewhere" }).end(), "answered 307"],
    ["hangs up", (response) => response.socket?.destroy(), "not reachable"],
    [
      "breaks off",
      (response) => {
        response.writeHead(200, { "content-length": "50" }).write("half")
        setTimeout(() => response.socket?.destroy(), 20)
      },
      "answer broke off"
    ],
    ["talks on and on", (response) => response.writeHead(200).end("x".repeat(70_000)), "answered too much"]
  ]
  it.each(bad)("that %s has not taken it", async (_, answer, reason) => {
    const url = await listening((request, response) => {
      request.resume().once("end", () => answer(response))
    })
    assert.strictEqual((await tell(url)).reason, reason)
  })
  it("that is silent, or drips its answer, has five seconds and no more", async () => {
    const silent = await listening((request) => void request.resume())
    const dripping = await listening((request, response) => {
      request.resume()
      response.writeHead(200)
      const drip = setInterval(() => response.write("."), 20)
      response.once("close", () => clearInterval(drip))
    })
    for (const url of [silent, dripping]) {
      const { reason, took } = await tell(url, Duration.millis(150))
      assert.strictEqual(reason, "took too long")
      assert.isAtLeast(took, 140)
      assert.isBelow(took, 1500)
    }
  })
  it("that nobody knows, or where nobody listens, is no more than a reason", async () => {
    assert.strictEqual((await tell("http://127.0.0.1:9/")).reason, "not reachable")
    const unknown = await Effect.runPromise(
      Subscribers.use(({ deliver, names }) => Effect.result(deliver(names[0] ?? "nobody", event))).pipe(
        Effect.provide(SubscribersHttp.layer(publicUrl, []))
      )
    )
    assert.isTrue(Result.isFailure(unknown))
  })
})
