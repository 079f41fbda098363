import { assert, describe, it } from "vitest"
import { shapeDifferences } from "../../../packages/adapters-sumup/test/conformance.ts"
import * as golden from "../../../packages/adapters-sumup/test/goldenBodies.ts"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import { isList, isObject, type Json, type JsonObject } from "../src/json.ts"
import { call, merchant, opened, paid, read, started, stopped } from "./rig.ts"

const transactions = `/v2.1/merchants/${merchant}/transactions`

const refund = (fake: FakeSumUp, id: string, body?: Json) =>
  call(fake, "POST", `/v1.0/merchants/${merchant}/payments/${id}/refunds`, body === undefined ? {} : { body })

const history = async (fake: FakeSumUp, query = "limit=100") => {
  const { body } = await call(fake, "GET", `${transactions}/history?${query}`)
  const items = isList(body["items"]) ? body["items"].filter(isObject) : []
  const links = isList(body["links"]) ? body["links"].filter(isObject) : []
  return { items, next: links[0]?.["href"], body }
}

const transaction = async (fake: FakeSumUp, id: string): Promise<JsonObject> =>
  (await call(fake, "GET", `${transactions}?id=${id}`)).body

describe("a transaction", () => {
  it("is found by its id, by its code and by its checkout's reference", async () => {
    const fake = await started()
    const { reference, transactionId } = await paid(fake)
    const byId = await transaction(fake, transactionId)
    const byCode = await call(fake, "GET", `${transactions}?transaction_code=${byId["transaction_code"]}`)
    const byReference = await call(fake, "GET", `${transactions}?foreign_transaction_id=${reference}`)
    assert.deepEqual(byCode.body, byId)
    assert.deepEqual(byReference.body, byId)
    assert.strictEqual(byId["foreign_transaction_id"], reference)
    assert.match(String(byId["transaction_code"]), /^T[A-Z2-7]{9}$/)
  })

  it("that is unknown is not found", async () => {
    const fake = await started()
    const { status, json } = await call(fake, "GET", `${transactions}?id=none`)
    assert.deepEqual([status, json], [404, golden.goldenErrors.notFound])
  })
})

describe("a refund", () => {
  it("of everything shows in the events and in history, never on the checkout", async () => {
    const fake = await started()
    const { id, transactionId } = await paid(fake, { amount: 23.45 })
    const before = (await read(fake, id)).body
    const answer = await refund(fake, transactionId)
    assert.deepEqual([answer.status, answer.json], [201, {}])
    assert.deepEqual((await read(fake, id)).body, before)
    const now = await transaction(fake, transactionId)
    assert.deepEqual(shapeDifferences(golden.goldenRefundedTransaction, now, { reduced: true }), [])
    const events = isList(now["transaction_events"]) ? now["transaction_events"].filter(isObject) : []
    assert.deepEqual(
      events.map(({ event_type, status, amount }) => [event_type, status, amount]),
      [
        ["PAYOUT", "PENDING", 22.88],
        ["REFUND", "REFUNDED", 23.45]
      ]
    )
    assert.deepEqual([now["status"], now["simple_status"]], ["SUCCESSFUL", "SUCCESSFUL"])
    const { items, body } = await history(fake)
    assert.deepEqual(shapeDifferences(golden.goldenHistory, body, { reduced: true }), [])
    assert.deepEqual(
      items.map(({ type, status, amount, refunded_amount }) => [type, status, amount, refunded_amount]),
      [
        ["PAYMENT", "SUCCESSFUL", 23.45, 23.45],
        ["REFUND", "REFUNDED", 23.45, undefined]
      ]
    )
  })

  it("may be made in parts, up to what was paid", async () => {
    const fake = await started()
    const { transactionId } = await paid(fake)
    assert.strictEqual((await refund(fake, transactionId, { amount: 4 })).status, 201)
    const tooMuch = await refund(fake, transactionId, { amount: 6.01 })
    assert.strictEqual(tooMuch.status, 422)
    assert.strictEqual(tooMuch.headers.get("content-type"), "application/problem+json")
    const errors = golden.goldenErrors.refundTooHigh.errors.map((one) => ({
      ...one,
      max_refundable_amount: 600
    }))
    assert.deepEqual(tooMuch.json, { ...golden.goldenErrors.refundTooHigh, errors })
    assert.strictEqual((await refund(fake, transactionId)).status, 201)
    const nothingLeft = await refund(fake, transactionId, { amount: 0.01 })
    assert.deepEqual([nothingLeft.status, nothingLeft.json], [409, golden.goldenErrors.refundConflict])
    const { items } = await history(fake)
    assert.deepEqual([items.length, items[0]?.["refunded_amount"]], [3, 10])
  })

  it("of nothing, of nobody's transaction and of a failed one is refused", async () => {
    const fake = await started()
    const { transactionId } = await paid(fake)
    const zero = await refund(fake, transactionId, { amount: 0 })
    assert.deepEqual([zero.status, zero.json], [400, golden.goldenErrors.refundZero])
    const unknown = await refund(fake, "none")
    assert.deepEqual([unknown.status, unknown.json], [404, golden.goldenErrors.refundNotFound])
    const { id } = await opened(fake, { amount: 11 })
    fake.provider.buyer.pay(id)
    const failed = fake.provider.ledger.checkout(id)?.transactionIds[0] ?? ""
    assert.strictEqual((await refund(fake, failed)).status, 409)
  })
})

describe("history", () => {
  it("comes in pages, each by the query string of the last, in both orders", async () => {
    const fake = await started()
    for (let count = 0; count < 5; count++) await paid(fake)
    for (const order of ["ascending", "descending"]) {
      const seen: Array<unknown> = []
      let query: unknown = `limit=2&order=${order}`
      for (let page = 0; page < 3 && typeof query === "string"; page++) {
        const { items, next } = await history(fake, query)
        seen.push(...items.map(({ transaction_id }) => transaction_id))
        query = next
      }
      const all = [...fake.provider.ledger.transactions()].map(({ id }) => id)
      assert.deepEqual(seen, order === "ascending" ? all : all.toReversed())
      assert.isUndefined(query)
    }
  })

  it("since a moment holds what was paid or changed since then", async () => {
    const fake = await stopped()
    const { clock } = fake.provider
    const old = await paid(fake)
    const untouched = await paid(fake)
    clock.advance(60_000)
    const since = new Date(clock.now()).toISOString()
    assert.isEmpty((await history(fake, `changes_since=${since}`)).items)
    const fresh = await paid(fake)
    await refund(fake, old.transactionId, { amount: 1 })
    const ids = (await history(fake, `changes_since=${since}`)).items.map(
      ({ transaction_id }) => transaction_id
    )
    assert.sameMembers(ids, [old.transactionId, fresh.transactionId, old.transactionId])
    assert.notInclude(ids, untouched.transactionId)
  })

  it("can be narrowed by type and status", async () => {
    const fake = await started()
    const { transactionId } = await paid(fake)
    const { id } = await opened(fake, { amount: 11 })
    fake.provider.buyer.pay(id)
    await refund(fake, transactionId, { amount: 1 })
    assert.lengthOf((await history(fake)).items, 3)
    assert.lengthOf((await history(fake, "types[]=REFUND")).items, 1)
    assert.lengthOf((await history(fake, "statuses[]=FAILED")).items, 1)
    assert.lengthOf((await history(fake, "types[]=REFUND&types[]=PAYMENT&statuses[]=SUCCESSFUL")).items, 1)
  })

  it("refuses a limit of none", async () => {
    const fake = await started()
    const { status, json } = await call(fake, "GET", `${transactions}/history?limit=0`)
    assert.deepEqual([status, json], [400, { error_code: "INVALID", message: "Validation error" }])
  })
})

describe("a merchant", () => {
  it("says what is needed to check a key", async () => {
    const fake = await started()
    const { status, body } = await call(fake, "GET", `/v1/merchants/${merchant}`)
    const { country, default_currency, sandbox, merchant_code } = body
    assert.deepEqual(
      [status, merchant_code, country, default_currency, sandbox],
      [200, merchant, "GB", "GBP", true]
    )
  })
})
