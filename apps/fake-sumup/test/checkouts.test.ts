import { assert, describe, it } from "vitest"
import { shapeDifferences } from "../../../packages/adapters-sumup/test/conformance.ts"
import * as golden from "../../../packages/adapters-sumup/test/goldenBodies.ts"
import { isList } from "../src/json.ts"
import { call, key, merchant, opened, paid, read, request, started, stopped } from "./rig.ts"

const whole = { reduced: false }
const reduced = { reduced: true }

const rival = {
  api_key: "practice-key-rose-farm",
  merchant_code: "MPRACTICE2",
  country: "IT",
  default_currency: "EUR",
  sandbox: false,
  name: "Rose Farm"
} as const

const ours = {
  api_key: key,
  merchant_code: merchant,
  country: "GB",
  default_currency: "GBP",
  sandbox: true,
  name: "Ash Bakery"
} as const

describe("creating a checkout", () => {
  it("answers the captured body, key by key, and so does reading it", async () => {
    const fake = await started()
    const { body, id } = await opened(fake)
    assert.deepEqual(shapeDifferences(golden.goldenCreated, body, whole), [])
    assert.deepEqual((await read(fake, id)).body, body)
    assert.strictEqual(body["hosted_checkout_url"], `${fake.url}/pay/c-${id}`)
    assert.match(String(body["date"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
  })

  it("writes keys in alphabetical order, an amount without trailing zeros and a line end", async () => {
    const fake = await started()
    const { text } = await call(fake, "POST", "/v0.1/checkouts", { body: request({ amount: 10.0 }) })
    assert.match(text, /^\{"amount":10,"checkout_reference":.*\}\n$/)
  })

  it("echoes valid_until and return_url only when they were sent", async () => {
    const fake = await stopped()
    const until = new Date(fake.provider.clock.now() + 60_000).toISOString()
    const { body } = await opened(fake, { valid_until: until, return_url: "https://shop.example.org/hook" })
    assert.strictEqual(body["valid_until"], until.replace("Z", "+00:00"))
    assert.strictEqual(body["return_url"], "https://shop.example.org/hook")
    assert.isFalse("valid_until" in (await opened(fake, { valid_until: null })).body)
  })

  it("says merchant_sandbox of a sandbox merchant only", async () => {
    const fake = await started({ merchants: [ours, rival] })
    assert.isTrue((await opened(fake)).body["merchant_sandbox"])
    const live = request({ merchant_code: "MPRACTICE2", currency: "EUR" })
    const { body } = await call(fake, "POST", "/v0.1/checkouts", { key: rival.api_key, body: live })
    assert.isFalse("merchant_sandbox" in body)
  })

  it("gives the same ids for the same seed", async () => {
    const ids = await Promise.all(
      [1, 1, 2].map(async (seed) => (await opened(await started({ seed }), {})).id)
    )
    assert.strictEqual(ids[0], ids[1])
    assert.notStrictEqual(ids[0], ids[2])
  })
})

describe("a key", () => {
  it("that is missing, unknown or public opens nothing", async () => {
    const fake = await started()
    for (const wrong of [undefined, "practice-key-nobody", "sup_pk_practice"]) {
      const { status, body, headers } = await call(fake, "GET", "/v0.1/checkouts/x", { key: wrong })
      assert.strictEqual(status, 401)
      assert.strictEqual(headers.get("content-type"), "application/json")
      assert.deepEqual({ ...body, trace_id: "" }, { ...golden.goldenErrors.unauthorized, trace_id: "" })
      assert.match(String(body["trace_id"]), /^[0-9a-f]{32}$/)
    }
  })

  it("that is public opens nothing, even if it is somebody's", async () => {
    const fake = await started({ merchants: [{ ...ours, api_key: "sup_pk_practice" }] })
    assert.strictEqual((await read(fake, "x", { key: "sup_pk_practice" })).status, 401)
  })

  it("of another merchant cannot create, read, list, end or refund", async () => {
    const fake = await started({ merchants: [ours, rival] })
    const { id, reference, transactionId } = await paid(fake)
    const theirs = { key: rival.api_key }
    const create = await call(fake, "POST", "/v0.1/checkouts", { ...theirs, body: request() })
    assert.deepEqual([create.status, create.json], [403, golden.goldenErrors.forbidden])
    const reading = await read(fake, id, theirs)
    assert.deepEqual([reading.status, reading.json], [404, golden.goldenErrors.notFound])
    const list = await call(fake, "GET", `/v0.1/checkouts?checkout_reference=${reference}`, theirs)
    assert.deepEqual([list.status, list.json], [200, []])
    assert.strictEqual((await call(fake, "DELETE", `/v0.1/checkouts/${id}`, theirs)).status, 404)
    assert.strictEqual((await call(fake, "GET", `/v1/merchants/${merchant}`, theirs)).status, 404)
    const transactions = `/v2.1/merchants/${merchant}/transactions`
    assert.strictEqual((await call(fake, "GET", `${transactions}?id=${transactionId}`, theirs)).status, 403)
    assert.strictEqual((await call(fake, "GET", `${transactions}/history`, theirs)).status, 403)
    const refund = `/v1.0/merchants/${merchant}/payments/${transactionId}/refunds`
    assert.strictEqual((await call(fake, "POST", refund, theirs)).status, 403)
  })
})

describe("a reference", () => {
  it("is taken once, whatever became of its checkout, and its checkout is found by it", async () => {
    const fake = await started()
    const { id, reference } = await opened(fake)
    const again = () =>
      call(fake, "POST", "/v0.1/checkouts", { body: request({ checkout_reference: reference }) })
    assert.deepEqual([(await again()).status, (await again()).json], [409, golden.goldenErrors.duplicated])
    assert.strictEqual((await call(fake, "DELETE", `/v0.1/checkouts/${id}`)).body["status"], "EXPIRED")
    assert.strictEqual((await again()).status, 409)
    const list = await call(fake, "GET", `/v0.1/checkouts?checkout_reference=${reference}`)
    assert.deepEqual(list.json, [(await read(fake, id)).body])
    assert.deepEqual((await call(fake, "GET", "/v0.1/checkouts?checkout_reference=ra-none")).json, [])
  })

  it("can be used again after its end when the switch says so", async () => {
    const fake = await started({ switches: { reuseOfReference: true } })
    const { id, reference } = await opened(fake)
    const again = () =>
      call(fake, "POST", "/v0.1/checkouts", { body: request({ checkout_reference: reference }) })
    assert.strictEqual((await again()).status, 409)
    await call(fake, "DELETE", `/v0.1/checkouts/${id}`)
    assert.strictEqual((await again()).status, 201)
  })
})

describe("what becomes of a checkout", () => {
  it("declined it is FAILED, then another card pays it", async () => {
    const fake = await started()
    const { id } = await opened(fake, { amount: 12.34 })
    assert.deepEqual(shapeDifferences(golden.goldenPending, (await read(fake, id)).body, reduced), [])
    fake.provider.buyer.decline(id)
    const failed = (await read(fake, id)).body
    assert.deepEqual(shapeDifferences(golden.goldenFailed, failed, reduced), [])
    assert.strictEqual(failed["status"], "FAILED")
    assert.isFalse("transaction_id" in failed)
    fake.provider.buyer.pay(id)
    const done = (await read(fake, id)).body
    assert.deepEqual(shapeDifferences(golden.goldenPaid, done, reduced), [])
    assert.strictEqual(done["status"], "PAID")
    assert.lengthOf(isList(done["transactions"]) ? done["transactions"] : [], 2)
  })

  it("paid it cannot be deactivated; expired it can be deactivated again", async () => {
    const fake = await started()
    const done = await paid(fake)
    const refused = await call(fake, "DELETE", `/v0.1/checkouts/${done.id}`)
    assert.deepEqual([refused.status, refused.json], [409, golden.goldenErrors.processed])
    const { id } = await opened(fake)
    for (let time = 0; time < 2; time++) {
      const ended = await call(fake, "DELETE", `/v0.1/checkouts/${id}`)
      assert.deepEqual([ended.status, ended.body["status"]], [200, "EXPIRED"])
    }
    fake.provider.switches.deleteOfExpired = "409"
    assert.strictEqual((await call(fake, "DELETE", `/v0.1/checkouts/${id}`)).status, 409)
  })

  it("expires at valid_until, and a paid one does not", async () => {
    const fake = await stopped()
    const until = { valid_until: new Date(fake.provider.clock.now() + 60_000).toISOString() }
    const { id } = await opened(fake, until)
    const done = await paid(fake, until)
    fake.provider.clock.advance(59_999)
    assert.strictEqual((await read(fake, id)).body["status"], "PENDING")
    fake.provider.clock.advance(1)
    assert.strictEqual(fake.provider.ledger.checkout(id)?.status, "EXPIRED")
    assert.strictEqual((await read(fake, done.id)).body["status"], "PAID")
    assert.strictEqual(fake.provider.buyer.pay(id).outcome, "expired")
  })

  it("always declines the sandbox amounts", async () => {
    const fake = await started()
    for (const amount of [11, 42.01, 42.76, 42.91]) {
      const { id } = await opened(fake, { amount })
      assert.strictEqual(fake.provider.buyer.pay(id).outcome, "declined")
      assert.strictEqual((await read(fake, id)).body["status"], "FAILED")
    }
  })
})
