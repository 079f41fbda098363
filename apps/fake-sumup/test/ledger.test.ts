import { assert, describe, it } from "vitest"
import { isList, isObject } from "../src/json.ts"
import { admin, call, merchant, opened, paid, started } from "./rig.ts"

describe("the ledger", () => {
  it("balances: captured less refunded less charged back, per merchant, in minor units", async () => {
    const fake = await started()
    const one = await paid(fake, { amount: 23.45 })
    const two = await paid(fake, { amount: 10 })
    const three = await paid(fake, { amount: 0.3 })
    const { id } = await opened(fake, { amount: 11 })
    fake.provider.buyer.pay(id)
    const refund = `/v1.0/merchants/${merchant}/payments/${one.transactionId}/refunds`
    await call(fake, "POST", refund, { body: { amount: 3.45 } })
    await admin(fake, "POST", `/checkouts/${two.id}/chargeback`)
    await admin(fake, "POST", `/checkouts/${three.reference}/refund`, { amount: 0.1 })
    const { body } = await admin(fake, "GET", "/ledger")
    const [sums] = isList(body["merchants"]) ? body["merchants"] : []
    assert.deepEqual(sums, {
      merchant_code: merchant,
      currency: "GBP",
      exponent: 2,
      captured_minor: 3375,
      refunded_minor: 355,
      charged_back_minor: 1000,
      balance_minor: 2020
    })
    const list = (name: string) => (isList(body[name]) ? body[name].filter(isObject) : [])
    assert.lengthOf(list("checkouts"), 4)
    assert.lengthOf(list("transactions"), 4)
    assert.deepEqual(
      list("refunds").map(({ type, amount_minor, by }) => [type, amount_minor, by]),
      [
        ["REFUND", 345, "api"],
        ["CHARGE_BACK", 1000, "provider"],
        ["REFUND", 10, "provider"]
      ]
    )
    assert.deepEqual((await admin(fake, "GET", "/ledger?merchant=nobody")).body["checkouts"], [])
  })
})
