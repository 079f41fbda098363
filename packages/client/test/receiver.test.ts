import { createServer } from "node:http"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { Redacted } from "effect"
import type { CartEvent } from "../src/events/CartEvent.ts"
import { type EventInbox, memoryInbox, sqlInbox } from "../src/events/EventInbox.ts"
import { type ReceiverOptions, receiver } from "../src/events/receiver.ts"
import { sign } from "../src/events/Signature.ts"

const key = "practice-key-of-the-subscriber"
const keys = [Redacted.make(key)]
const nowSeconds = () => Math.floor(Date.now() / 1000)
const paid = (n: number, change: object = {}) => ({
  specversion: "1.0",
  id: `order.${n}`,
  source: "/cart",
  type: "order.paid",
  subject: "order",
  time: "2026-11-23T10:00:00Z",
  datacontenttype: "application/json",
  dataschema: "https://cart.example/schemas/events/order.paid.v1.json",
  sequence: n,
  pageid: "ash-bakery",
  data: { number: "RA-7K4M-Q2XD", total: { minor: 1240, currency: "GBP" }, by: "provider", late: false },
  ...change
})

const listening = async <Tx>(options: ReceiverOptions<Tx>) => {
  const server = createServer(receiver(options))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  afterAll(() => void server.close())
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return async (body: string, headers: { readonly [name: string]: string }) => {
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body, headers })
    return status
  }
}
const signed = (body: string, id = "order.1", timestamp = nowSeconds()) => sign(keys, { id, timestamp, body })

/** A receiver that writes down what it was told, and fails as often as it is told to. */
const stage = async (inbox: EventInbox<undefined> = memoryInbox()) => {
  const handled: Array<CartEvent> = []
  const failing = { times: 0 }
  const handle = async (event: CartEvent) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (failing.times > 0) {
      failing.times -= 1
      throw new Error("the subscriber's own trouble")
    }
    handled.push(event)
  }
  const post = await listening({ keys: [key], inbox, handle })
  const tell = (event: { readonly id: string }) => {
    const body = JSON.stringify(event)
    return post(body, signed(body, event.id))
  }
  return { failing, handled, post, tell }
}

describe("receiving events", () => {
  it("an event is handled as it is, and again is not handled again", async () => {
    const { handled, tell } = await stage()
    assert.deepStrictEqual([await tell(paid(1)), await tell(paid(1)), await tell(paid(2))], [204, 204, 204])
    assert.deepStrictEqual(
      handled.map(({ id }) => id),
      ["order.1", "order.2"]
    )
    assert.deepInclude(handled[0], { type: "order.paid", sequence: 1, data: paid(1).data })
  })
  it("told many times at once it is handled once", async () => {
    const { handled, tell } = await stage()
    const statuses = await Promise.all(Array.from({ length: 12 }, () => tell(paid(1))))
    assert.deepStrictEqual([...new Set(statuses)], [204])
    assert.strictEqual(handled.length, 1)
  })
  it("what failed is asked for again, and then handled once", async () => {
    const { failing, handled, tell } = await stage()
    failing.times = 2
    assert.deepStrictEqual([await tell(paid(1)), await tell(paid(1)), await tell(paid(1))], [500, 500, 204])
    assert.strictEqual(handled.length, 1)
  })
  it("a kind that this version knows nothing of is taken and left alone; new fields are too", async () => {
    const { handled, tell } = await stage()
    assert.strictEqual(await tell(paid(1, { type: "order.shipped", data: { anything: 1 } })), 204)
    assert.strictEqual(handled.length, 0)
    assert.strictEqual(await tell(paid(2, { tracestate: "x", data: { ...paid(2).data, later: true } })), 204)
    assert.strictEqual(handled.length, 1)
  })
  it("nothing unsigned, forged, replayed later, or of another sender is handled", async () => {
    const { handled, post } = await stage()
    const body = JSON.stringify(paid(1))
    const other = sign([Redacted.make("practice-key-of-somebody-else")], {
      id: "order.1",
      timestamp: nowSeconds(),
      body
    })
    assert.strictEqual(await post(body, {}), 401)
    assert.strictEqual(await post(body, other), 401)
    assert.strictEqual(await post(`${body} `, signed(body)), 401)
    assert.strictEqual(await post(body, signed(body, "order.1", nowSeconds() - 301)), 401)
    assert.strictEqual(await post(body, signed(body, "order.1", nowSeconds() + 310)), 401)
    assert.strictEqual(handled.length, 0)
  })
  it("what is signed and no event of the cart is refused", async () => {
    const { handled, post, tell } = await stage()
    for (const body of ["", "null", "[]", "{", JSON.stringify({ id: "order.1" })])
      assert.strictEqual(await post(body, signed(body)), 400, body)
    for (const change of [
      { specversion: "0.3" },
      { source: "/elsewhere" },
      { sequence: "1" },
      { data: { number: 1 } },
      { type: "toString", data: null, sequence: null }
    ])
      assert.strictEqual(await tell(paid(1, change)), 400, JSON.stringify(change))
    const body = JSON.stringify(paid(1))
    assert.strictEqual(await post(body, signed(body, "order.2")), 400)
    const long = JSON.stringify(paid(1, { padding: "x".repeat(70_000) }))
    assert.strictEqual(await post(long, signed(long)), 400)
    assert.strictEqual(handled.length, 0)
  })
})

describe("an inbox in SQL", () => {
  /** A store of one table: transactions take turns, and a rejected one leaves nothing behind. */
  const store = () => {
    let rows = new Set<string>()
    let turn: Promise<unknown> = Promise.resolve()
    return {
      ids: () => [...rows],
      inbox: sqlInbox<Set<string>>({
        transaction: (body) => {
          const mine = turn.then(async () => {
            const draft = new Set(rows)
            const result = await body(draft)
            rows = draft
            return result
          })
          turn = mine.catch(() => undefined)
          return mine
        },
        query: async (tx, text, [id = ""]) => {
          assert.include(text, "ON CONFLICT DO NOTHING RETURNING id")
          if (tx.has(id)) return []
          tx.add(id)
          return [{ id }]
        }
      })
    }
  }
  it("remembers what was done with what was done, and forgets with what failed", async () => {
    const { ids, inbox } = store()
    const write = (name: string) => async (tx: Set<string>) => void tx.add(name)
    assert.isTrue(await inbox.once("e1", write("effect")))
    assert.isFalse(await inbox.once("e1", write("again")))
    const failed = inbox.once("e2", async (tx) => {
      tx.add("half")
      throw new Error("no")
    })
    assert.strictEqual(await failed.catch(() => "rejected"), "rejected")
    assert.deepStrictEqual(ids(), ["e1", "effect"])
    assert.isTrue(await inbox.once("e2", write("whole")))
    assert.deepStrictEqual(ids(), ["e1", "effect", "e2", "whole"])
  })
})
