import { assert, describe, it } from "vitest"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import { isList, isObject } from "../src/json.ts"
import { receiving } from "./receiver.ts"
import { admin, call, opened, started, stopped } from "./rig.ts"

const deliveries = async (fake: FakeSumUp) => {
  const { json } = await admin(fake, "GET", "/deliveries")
  return isList(json) ? json.filter(isObject) : []
}

/** Moves the clock so many seconds and waits for what that set on its way. */
const pass = async (fake: FakeSumUp, seconds: number) => {
  fake.provider.clock.advance(seconds * 1000)
  await fake.provider.webhooks.idle()
}

describe("a webhook", () => {
  it("is posted for every change, says only that there was one, and is unsigned", async () => {
    const fake = await started()
    const shop = await receiving()
    const { id } = await opened(fake, { return_url: shop.url })
    assert.isEmpty(shop.received)
    fake.provider.buyer.decline(id)
    fake.provider.buyer.pay(id)
    await fake.provider.webhooks.idle()
    assert.lengthOf(shop.received, 2)
    for (const { body, headers, path } of shop.received) {
      assert.deepEqual(body, { event_type: "CHECKOUT_STATUS_CHANGED", id })
      assert.strictEqual(path, "/webhooks/sumup/token")
      assert.strictEqual(headers["content-type"], "application/json")
    }
  })

  it("tells of a deactivation and of an expiry, unless the switch says no", async () => {
    const fake = await stopped()
    const shop = await receiving()
    const ended = await opened(fake, { return_url: shop.url })
    await call(fake, "DELETE", `/v0.1/checkouts/${ended.id}`)
    const until = () => new Date(fake.provider.clock.now() + 1000).toISOString()
    const late = await opened(fake, { return_url: shop.url, valid_until: until() })
    await pass(fake, 1)
    assert.deepEqual(
      shop.received.map(({ body }) => body["id"]),
      [ended.id, late.id]
    )
    fake.provider.switches.webhookOnExpiry = false
    await opened(fake, { return_url: shop.url, valid_until: until() })
    await pass(fake, 1)
    assert.lengthOf(shop.received, 2)
  })

  it("that is refused comes again after 60, 300, 1200 and 7200 s, then never", async () => {
    const fake = await stopped()
    const shop = await receiving([500, 404, 301, 503, 500, 204])
    const { id } = await opened(fake, { return_url: shop.url })
    fake.provider.buyer.pay(id)
    await pass(fake, 0)
    for (const [index, seconds] of [60, 300, 1200, 7200].entries()) {
      await pass(fake, seconds - 1)
      assert.lengthOf(shop.received, index + 1)
      await pass(fake, 1)
      assert.lengthOf(shop.received, index + 2)
    }
    await pass(fake, 100_000)
    assert.lengthOf(shop.received, 5)
    const [delivery] = await deliveries(fake)
    assert.strictEqual(delivery?.["state"], "given up")
    const tries = isList(delivery?.["tries"]) ? delivery["tries"].filter(isObject) : []
    assert.deepEqual(
      tries.map(({ result }) => result),
      [500, 404, 301, 503, 500]
    )
  })

  it("that is accepted at last does not come again", async () => {
    const fake = await stopped()
    const shop = await receiving([500])
    const { id } = await opened(fake, { return_url: shop.url })
    fake.provider.buyer.pay(id)
    await pass(fake, 0)
    await pass(fake, 60)
    await pass(fake, 10_000)
    assert.lengthOf(shop.received, 2)
    assert.strictEqual((await deliveries(fake))[0]?.["state"], "delivered")
  })

  it("comes again sooner when retries are scaled", async () => {
    const fake = await stopped({ webhookScale: 60 })
    const shop = await receiving([500, 500])
    const { id } = await opened(fake, { return_url: shop.url })
    fake.provider.buyer.pay(id)
    await pass(fake, 0)
    await pass(fake, 1)
    assert.lengthOf(shop.received, 2)
    await pass(fake, 4.9)
    assert.lengthOf(shop.received, 2)
    await pass(fake, 0.1)
    assert.lengthOf(shop.received, 3)
  })

  it("that nobody answers in time, or nobody takes, is tried again", async () => {
    const fake = await stopped({ switches: { webhookTimeoutMs: 50 } })
    const shop = await receiving([0])
    const silent = await opened(fake, { return_url: shop.url })
    const nobody = await opened(fake, { return_url: "http://127.0.0.1:9/hook" })
    fake.provider.buyer.pay(silent.id)
    fake.provider.buyer.pay(nobody.id)
    await pass(fake, 0)
    const states = (await deliveries(fake)).map(({ state, next_at }) => [state, typeof next_at])
    assert.deepEqual(states, [
      ["waiting", "string"],
      ["waiting", "string"]
    ])
    await pass(fake, 60)
    assert.lengthOf(shop.received, 2)
  })

  it("goes to the address as given, or without its path where the switch says so", async () => {
    const fake = await started({ switches: { webhookUrl: "origin" } })
    const shop = await receiving()
    const { id } = await opened(fake, { return_url: shop.url })
    fake.provider.buyer.pay(id)
    await fake.provider.webhooks.idle()
    assert.strictEqual(shop.received[0]?.path, "/")
  })

  it("can be sent by hand", async () => {
    const fake = await started()
    const shop = await receiving()
    const { id, reference } = await opened(fake, { return_url: shop.url })
    assert.strictEqual((await admin(fake, "POST", `/checkouts/${reference}/webhook`)).body["outcome"], "sent")
    assert.deepEqual(
      shop.received.map(({ body }) => body["id"]),
      [id]
    )
  })
})
