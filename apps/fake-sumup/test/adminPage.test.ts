import { assert, describe, it } from "vitest"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import { open, press } from "./browser.ts"
import { opened, paid, read, started, stopped } from "./rig.ts"

const counter = (fake: FakeSumUp, query = "") => open(`http://127.0.0.1:${fake.port}/_admin${query}`)

describe("the page behind the counter", () => {
  it("shows calls, webhooks, faults, ledger and clock, without script", async () => {
    const fake = await started()
    const { reference } = await paid(fake, { return_url: "http://127.0.0.1:9/hook" })
    fake.provider.faults.add({ fault: "html" })
    const page = await counter(fake)
    for (const text of [reference, "POST /v0.1/checkouts", "127.0.0.1:9", "£10.00", "html"]) {
      assert.include(page.html, text)
    }
    assert.notInclude(page.html, "<script")
    assert.isFalse(page.headers.has("refresh"))
    assert.strictEqual((await counter(fake, "?follow")).headers.get("refresh"), "3")
  })

  it("makes things happen by forms", async () => {
    const fake = await stopped()
    const { id, reference } = await opened(fake)
    const happened = await press(await counter(fake), "Do it", { which: reference, event: "pay" })
    assert.include(happened.html, `pay of ${reference}: paid`)
    const refunded = await press(happened, "Do it", { which: id, event: "refund", amount: "2.5" })
    assert.include(refunded.html, "£2.50")
    const ruled = await press(refunded, "Add", {
      fault: "500",
      times: "always",
      chance: "1",
      with: '{"effect":"done"}'
    })
    assert.strictEqual((await read(fake, id, { lies: true })).status, 500)
    await press(ruled, "Remove", { id: "1" })
    assert.strictEqual((await read(fake, id)).status, 200)
    assert.include((await press(ruled, "Add", { fault: "500", with: "{" })).html, "with is an object")
    const before = fake.provider.clock.now()
    await press(ruled, "Move it on", { advance: "30" })
    assert.strictEqual(fake.provider.clock.now(), before + 30_000)
    await press(ruled, "Set", { name: "deleteOfExpired", value: "409" })
    await press(ruled, "Set", { name: "statusOfForeignMerchant", value: "404" })
    const { deleteOfExpired, statusOfForeignMerchant } = fake.provider.switches
    assert.deepEqual([deleteOfExpired, statusOfForeignMerchant], ["409", 404])
    await press(ruled, "Empty everything")
    assert.strictEqual(fake.provider.ledger.counts().checkouts, 0)
  })
})
