import { assert } from "vitest"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import type { FaultRequest } from "../src/Faults.ts"
import { ledgerBody } from "../src/ledgerBody.ts"
import type { Scenario } from "./answerScenarios.ts"
import { receiving } from "./receiver.ts"
import { admin, call, opened, read, request } from "./rig.ts"

/** A checkout with a rule of its own, and who hears of it. */
const watched = async (fake: FakeSumUp, rule: FaultRequest) => {
  const shop = await receiving()
  const checkout = await opened(fake, { return_url: shop.url })
  fake.provider.faults.add({ ...rule, match: { ...rule.match, reference: checkout.reference } })
  return { ...checkout, shop }
}

const paysAndIsIdle = async (fake: FakeSumUp, id: string) => {
  assert.strictEqual(fake.provider.buyer.pay(id).outcome, "paid")
  await fake.provider.webhooks.idle()
}

const pass = async (fake: FakeSumUp, seconds: number) => {
  fake.provider.clock.advance(seconds * 1000)
  await fake.provider.webhooks.idle()
}

/** How a change is told, or not. */
export const webhookScenarios = {
  "webhook-none": async (fake) => {
    const { id, shop } = await watched(fake, { fault: "webhook-none" })
    await paysAndIsIdle(fake, id)
    await pass(fake, 10_000)
    assert.isEmpty(shop.received)
    assert.strictEqual(fake.provider.webhooks.log.newest()[0]?.state, "lost")
    assert.strictEqual((await read(fake, id)).body["status"], "PAID")
  },
  "webhook-duplicate": async (fake) => {
    const { id, shop } = await watched(fake, { fault: "webhook-duplicate", with: { n: 5 } })
    let open = 0
    let most = 0
    shop.before = async () => {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setTimeout(resolve, 30))
      open -= 1
    }
    await paysAndIsIdle(fake, id)
    assert.lengthOf(shop.received, 5)
    assert.isAbove(most, 1)
    const single = { n: 3, concurrent: false }
    const second = await watched(fake, { fault: "webhook-duplicate", with: single })
    second.shop.before = shop.before
    most = 0
    await paysAndIsIdle(fake, second.id)
    assert.deepEqual([second.shop.received.length, most], [3, 1])
  },
  "webhook-before-201": async (fake) => {
    const shop = await receiving()
    let answered = false
    shop.before = () => assert.isFalse(answered)
    const body = request({ return_url: shop.url })
    const created = await call(fake, "POST", "/v0.1/checkouts", { body, fault: "webhook-before-201" })
    answered = true
    assert.deepEqual(
      shop.received.map((one) => one.body["id"]),
      [created.body["id"]]
    )
    assert.strictEqual(created.body["status"], "PENDING")
    answered = false
    const options = { body: request({ return_url: shop.url }), fault: "webhook-before-201;pay=true" }
    assert.strictEqual((await call(fake, "POST", "/v0.1/checkouts", options)).body["status"], "PAID")
    assert.lengthOf(shop.received, 2)
    // Asked for twice it is paid once, and no money is left that the checkout does not show.
    for (const _ of [1, 2])
      await admin(fake, "POST", "/faults", { fault: "webhook-before-201", with: { pay: true } })
    const once = await call(fake, "POST", "/v0.1/checkouts", { body: request({ return_url: shop.url }) })
    const { transactions } = ledgerBody(fake.provider)
    const id = once.body["id"]
    assert.lengthOf(
      transactions.filter((one) => one["checkout_id"] === id),
      1
    )
  },
  "webhook-late": async (fake) => {
    const { id, shop } = await watched(fake, { fault: "webhook-late", with: { s: 40 } })
    await paysAndIsIdle(fake, id)
    await pass(fake, 39)
    assert.isEmpty(shop.received)
    await pass(fake, 1)
    assert.lengthOf(shop.received, 1)
  },
  "webhook-reordered": async (fake) => {
    const { id, shop } = await watched(fake, { fault: "webhook-reordered", with: { s: 600 } })
    const next = await opened(fake, { return_url: shop.url })
    await paysAndIsIdle(fake, id)
    assert.isEmpty(shop.received)
    await paysAndIsIdle(fake, next.id)
    assert.deepEqual(
      shop.received.map(({ body }) => body["id"]),
      [next.id, id]
    )
    await pass(fake, 600)
    assert.lengthOf(shop.received, 2)
    const alone = await watched(fake, { fault: "webhook-reordered", with: { s: 5 } })
    await paysAndIsIdle(fake, alone.id)
    await pass(fake, 5)
    assert.lengthOf(alone.shop.received, 1)
    await paysAndIsIdle(fake, (await opened(fake, { return_url: shop.url })).id)
    assert.deepEqual([alone.shop.received.length, shop.received.length], [1, 3])
  },
  "webhook-unknown-event": async (fake) => {
    const { id, shop } = await watched(fake, { fault: "webhook-unknown-event" })
    await paysAndIsIdle(fake, id)
    assert.deepEqual(shop.received[0]?.body, { event_type: "CHECKOUT_SOMETHING_NEW", id })
  },
  "webhook-foreign-id": async (fake) => {
    const other = await opened(fake)
    const { id, shop } = await watched(fake, { fault: "webhook-foreign-id" })
    await paysAndIsIdle(fake, id)
    assert.deepEqual(shop.received[0]?.body, { event_type: "CHECKOUT_STATUS_CHANGED", id: other.id })
  },
  "webhook-oversize": async (fake) => {
    const { id, shop } = await watched(fake, { fault: "webhook-oversize", with: { bytes: 50_000 } })
    await paysAndIsIdle(fake, id)
    assert.isAbove(shop.received[0]?.text.length ?? 0, 50_000)
    assert.isBelow(fake.provider.webhooks.log.newest()[0]?.body.length ?? 0, 1000)
  }
} satisfies { readonly [fault: string]: Scenario }
