import { assert, describe, it } from "vitest"
import { answerProblems, requestProblems, shapeDifferences } from "./conformance.ts"
import * as golden from "./goldenBodies.ts"
import { documentSha256, pinned, pinnedSha256 } from "./pinnedDocument.ts"

const create = {
  checkout_reference: "ra-0192f3a0-0000-7000-8000-000000000000",
  amount: 12.4,
  currency: "GBP",
  merchant_code: "MTEST001",
  description: "Order 1",
  return_url: "https://cart.example.org/webhooks/sumup/token",
  redirect_url: "https://cart.example.org/orders/1/return",
  valid_until: "2026-05-27T09:15:43Z",
  hosted_checkout: { enabled: true }
}
const post = (body: unknown) => ({ method: "POST", path: "/v0.1/checkouts", body })
const read = { method: "GET", path: "/v0.1/checkouts/f96ae737-0000-4000-8000-000000000001" }

describe("the pinned document", () => {
  it("is the one that the README names", () => {
    assert.match(documentSha256, /^[0-9a-f]{64}$/)
    assert.strictEqual(documentSha256, pinnedSha256)
  })

  it("accepts every answer that it gives as an example itself", () => {
    let examples = 0
    for (const [path, methods] of Object.entries(pinned.paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        for (const [status, { content = {} }] of Object.entries(responses ?? {})) {
          for (const media of Object.values(content)) {
            for (const value of Object.values(media.examples ?? {}).map((one) => one.value)) {
              const request = { method, path: path.replaceAll(/\{[^}]+\}/g, "x") }
              const problems = answerProblems(request, { status: Number(status), body: value })
              assert.deepEqual(
                problems.filter((one) => one.startsWith("document")),
                []
              )
              examples += 1
            }
          }
        }
      }
    }
    assert.isAbove(examples, 15)
  })
})

describe("the overlay", () => {
  it("accepts what the service sends", () => assert.deepEqual(requestProblems(post(create)), []))

  for (const [name, wrong] of [
    ["a key the provider does not know", { ...create, redirectUrl: "https://cart.example.org/" }],
    ["a reference of 65 characters", { ...create, checkout_reference: "x".repeat(65) }],
    ["a currency outside the list", { ...create, currency: "JPY" }],
    ["an amount as text", { ...create, amount: "12.40" }]
  ] as const) {
    it(`refuses ${name}`, () => assert.isNotEmpty(requestProblems(post(wrong))))
  }

  it("refuses an answer that says nothing, which the document would accept", () => {
    const problems = answerProblems(read, { status: 200, body: {} })
    assert.isNotEmpty(problems)
    assert.isTrue(problems.every((one) => one.startsWith("overlay")))
  })

  it("refuses an answer that lacks any one of the fields that matter", () => {
    const needed = [
      "id",
      "checkout_reference",
      "amount",
      "currency",
      "merchant_code",
      "status",
      "date",
      "transactions"
    ]
    for (const field of needed) {
      const body = Object.fromEntries(Object.entries(golden.goldenCreated).filter(([key]) => key !== field))
      assert.lengthOf(answerProblems(read, { status: 200, body }), 1, field)
    }
  })

  it("refuses a path, a query parameter and a status that the document does not have", () => {
    assert.isNotEmpty(requestProblems({ method: "GET", path: "/v0.1/checkouts/" }))
    assert.isNotEmpty(requestProblems({ method: "GET", path: "/v0.1/checkouts?reference=x" }))
    assert.isNotEmpty(requestProblems({ method: "PUT", path: "/v0.1/checkouts/x", body: {} }))
    assert.isNotEmpty(answerProblems(read, { status: 418, body: {} }))
    assert.deepEqual(answerProblems(read, { status: 418, body: {} }, [{ status: 418, why: "tea" }]), [])
  })

  it("holds list parameters against the document", () => {
    const history = (query: string) => ({
      method: "GET",
      path: `/v2.1/merchants/M/transactions/history?${query}`
    })
    assert.deepEqual(requestProblems(history("limit=10&types[]=REFUND&types[]=PAYMENT&order=ascending")), [])
    assert.isNotEmpty(requestProblems(history("types[]=GIFT")))
    assert.isNotEmpty(requestProblems(history("limit=ten")))
  })
})

describe("the golden bodies", () => {
  it("of a created checkout keeps to the document and to the overlay", () => {
    assert.deepEqual(answerProblems(post(create), { status: 201, body: golden.goldenCreated }), [])
    assert.deepEqual(answerProblems(read, { status: 200, body: golden.goldenCreated }), [])
  })

  it("that were reduced keep to the document", () => {
    const byDocument = (path: string, body: unknown) =>
      answerProblems({ method: "GET", path }, { status: 200, body }).filter((one) =>
        one.startsWith("document")
      )
    for (const body of [golden.goldenPending, golden.goldenFailed, golden.goldenPaid]) {
      assert.deepEqual(byDocument(read.path, body), [])
    }
    assert.deepEqual(byDocument("/v2.1/merchants/M/transactions?id=x", golden.goldenRefundedTransaction), [])
    assert.deepEqual(byDocument("/v2.1/merchants/M/transactions/history", golden.goldenHistory), [])
  })

  it("are compared by keys and types, not by values", () => {
    const { amount, ...rest } = golden.goldenCreated
    const whole = { reduced: false }
    assert.deepEqual(shapeDifferences(golden.goldenCreated, { ...rest, amount: amount + 1 }, whole), [])
    assert.deepEqual(shapeDifferences(golden.goldenCreated, rest, whole), ["body.amount is missing"])
    assert.deepEqual(shapeDifferences(rest, golden.goldenCreated, whole), ["body.amount is too much"])
    assert.deepEqual(shapeDifferences(rest, golden.goldenCreated, { reduced: true }), [])
    assert.deepEqual(shapeDifferences(rest, { ...rest, id: 7 }, whole), ["body.id is number, not string"])
  })
})
