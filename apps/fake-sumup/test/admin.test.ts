import { request as rawRequest } from "node:http"
import { assert, describe, it } from "vitest"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import { isList, isObject } from "../src/json.ts"
import { admin, call, key, merchant, opened, paid, read, request, started, stopped } from "./rig.ts"

/** A GET whose Host and Origin headers are chosen freely. */
const asked = (fake: FakeSumUp, headers: { readonly [name: string]: string }): Promise<number> =>
  new Promise((resolve, reject) => {
    const options = { port: fake.port, host: "127.0.0.1", path: "/_admin/ledger", headers }
    rawRequest(options, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on("error", reject)
      .end()
  })

describe("the admin routes", () => {
  it("say when it is ready", async () => {
    const fake = await started()
    assert.strictEqual((await admin(fake, "GET", "/ready")).status, 200)
  })

  it("are for this machine, under its own name, and for no page of another site", async () => {
    const fake = await started()
    const here = `127.0.0.1:${fake.port}`
    assert.strictEqual(await asked(fake, { host: here }), 200)
    assert.strictEqual(await asked(fake, { host: here, origin: `http://${here}` }), 200)
    assert.strictEqual(await asked(fake, { host: "rebound.example" }), 403)
    assert.strictEqual(await asked(fake, { host: here, origin: "https://elsewhere.example" }), 403)
    assert.strictEqual(await asked(fake, { host: here, origin: "null" }), 403)
  })

  it("take fault rules, one or many, list them with what fired, and remove them", async () => {
    const fake = await started()
    const { id } = await opened(fake)
    const one = await admin(fake, "POST", "/faults", { fault: "503", match: { method: "GET" } })
    assert.strictEqual(one.status, 201)
    const rules = [{ fault: "delay", with: { ms: 1 }, times: 2 }, { fault: "429" }]
    assert.lengthOf(Object.keys((await admin(fake, "POST", "/faults", rules)).json ?? {}), 2)
    assert.strictEqual((await read(fake, id, { lies: true })).status, 503)
    const { body } = await admin(fake, "GET", "/faults")
    const list = isList(body["rules"]) ? body["rules"].filter(isObject) : []
    assert.deepEqual(
      list.map(({ fault, fired, times }) => [fault, fired, times]),
      [
        ["503", 1, 1],
        ["delay", 1, 2],
        ["429", 0, 1]
      ]
    )
    assert.deepEqual(body["fired"], { "503": 1, delay: 1 })
    assert.strictEqual((await admin(fake, "DELETE", `/faults/${list[2]?.["id"]}`)).status, 200)
    assert.strictEqual((await read(fake, id)).status, 200)
    await admin(fake, "DELETE", "/faults")
    assert.deepEqual((await admin(fake, "GET", "/faults")).body, { rules: [], fired: {}, waiting: 0 })
  })

  it("refuse a rule that could never fire as it was meant", async () => {
    const fake = await started()
    const wrong = [
      { fault: "webhook-lost" },
      { fault: "stale", with: { seconds: 3 } },
      { fault: "500", match: { url: "/" } },
      { fault: "500", match: { nth: 0 } },
      { fault: "500", match: { chance: 2 } },
      { fault: "500", times: 0 },
      ["500"]
    ]
    for (const rule of wrong) {
      const { status, body } = await admin(fake, "POST", "/faults", rule)
      assert.strictEqual(status, 400)
      assert.isString(body["wrong"])
    }
    assert.isEmpty(fake.provider.faults.list())
  })

  it("make any event happen, by id or by reference", async () => {
    const fake = await started()
    const happen = async (which: string, event: string, body = {}) =>
      (await admin(fake, "POST", `/checkouts/${which}/${event}`, body)).body["outcome"]
    const one = await opened(fake)
    assert.strictEqual(await happen(one.id, "decline"), "declined")
    assert.strictEqual(await happen(one.reference, "pay"), "paid")
    assert.strictEqual(await happen(one.reference, "pay"), "processed")
    assert.strictEqual(await happen(one.reference, "expire"), "processed")
    assert.strictEqual(await happen(one.reference, "refund", { amount: 10.01 }), "not refundable")
    assert.strictEqual(await happen(one.reference, "refund", { amount: 4 }), "refunded")
    assert.strictEqual(await happen(one.reference, "chargeback"), "charged back")
    assert.strictEqual(await happen(one.reference, "refund"), "not refundable")
    const two = await opened(fake)
    assert.strictEqual(await happen(two.id, "refund"), "not paid")
    assert.strictEqual(await happen(two.id, "deactivate"), "expired")
    assert.strictEqual((await admin(fake, "POST", "/checkouts/none/pay")).status, 404)
    assert.strictEqual((await admin(fake, "POST", `/checkouts/${two.id}/explode`)).status, 400)
    const { transactionId } = await paid(fake)
    const refund = `/v1.0/merchants/${merchant}/payments/${transactionId}/refunds`
    await call(fake, "POST", refund, { fault: "refund-pending" })
    const owner = fake.provider.ledger.transaction(transactionId)?.reference ?? ""
    assert.strictEqual(await happen(owner, "complete-refund"), "refunded")
    assert.strictEqual(await happen(owner, "complete-refund"), "no pending refund")
  })

  it("move the clock", async () => {
    const fake = await stopped()
    const before = fake.provider.clock.now()
    await admin(fake, "POST", "/clock", { advance_s: 90 })
    assert.strictEqual(fake.provider.clock.now(), before + 90_000)
    await admin(fake, "POST", "/clock", { offset_s: -600 })
    assert.approximately(fake.provider.clock.offset(), -600_000, 1000)
    for (const body of [{ advance_s: -1 }, { scale: 0 }, { offset_s: "x" }]) {
      assert.strictEqual((await admin(fake, "POST", "/clock", body)).status, 400)
    }
  })

  it("add a merchant, revoke and rotate its keys, and never show one again", async () => {
    const fake = await started()
    const rose = { api_key: "practice-key-rose-farm", merchant_code: "MROSE", default_currency: "EUR" }
    const added = await admin(fake, "POST", "/merchants", rose)
    assert.strictEqual(added.status, 201)
    const probe = (asKey: string) => call(fake, "GET", "/v1/merchants/MROSE", { key: asKey })
    assert.strictEqual((await probe(rose.api_key)).status, 200)
    const { body } = await admin(fake, "POST", "/merchants/MROSE/rotate", { keep_old: true })
    assert.strictEqual((await probe(rose.api_key)).status, 200)
    assert.strictEqual((await probe(String(body["api_key"]))).status, 200)
    await admin(fake, "POST", "/merchants/MROSE/revoke", { api_key: rose.api_key })
    assert.strictEqual((await probe(rose.api_key)).status, 401)
    assert.strictEqual((await probe(String(body["api_key"]))).status, 200)
    const { json } = await admin(fake, "GET", "/merchants")
    assert.notInclude(JSON.stringify(json), String(body["api_key"]))
    assert.strictEqual((await admin(fake, "POST", "/merchants", { api_key: "x" })).status, 400)
    assert.strictEqual((await admin(fake, "POST", "/merchants/MNONE/rotate")).status, 404)
  })

  it("throw switches, and refuse what is none", async () => {
    const fake = await started()
    assert.strictEqual((await admin(fake, "POST", "/switches", { expiry: "lazy" })).body["expiry"], "lazy")
    for (const wrong of [{ expirey: "lazy" }, { expiry: "never" }, { listLagSeconds: "1" }]) {
      assert.strictEqual((await admin(fake, "POST", "/switches", wrong)).status, 400)
    }
  })

  it("log calls with what was answered and which faults fired", async () => {
    const fake = await started()
    const { reference } = await opened(fake)
    await call(fake, "POST", "/v0.1/checkouts", { body: request(), fault: "create-then-504" })
    const { json } = await admin(fake, "GET", "/calls?limit=2")
    const calls = isList(json) ? json.filter(isObject) : []
    assert.deepEqual(
      calls.map(({ method, result, faults }) => [method, result, faults]),
      [
        ["POST", 504, ["create-then-504"]],
        ["POST", 201, []]
      ]
    )
    assert.strictEqual(calls[1]?.["reference"], reference)
    assert.notInclude(JSON.stringify(json), key)
  })

  it("begin again with empty books and the merchants of the settings", async () => {
    const fake = await started()
    await paid(fake)
    const fresh = fake.provider.merchants.rotate(merchant, false)?.key
    const rose = { api_key: "practice-key-rose-farm", merchant_code: "MROSE", default_currency: "EUR" }
    await admin(fake, "POST", "/merchants", rose)
    await admin(fake, "POST", "/faults", { fault: "500" })
    await admin(fake, "POST", "/reset")
    assert.deepEqual(fake.provider.ledger.counts(), { checkouts: 0, transactions: 0 })
    const status = async (asKey: string | undefined) => (await read(fake, "x", { key: asKey })).status
    assert.deepEqual([await status(key), await status(fresh), await status(rose.api_key)], [404, 401, 401])
    assert.lengthOf(fake.provider.merchants.list(), 1)
  })
})
