import { assert, describe, it } from "vitest"
import * as golden from "../../../packages/adapters-sumup/test/goldenBodies.ts"
import { isList, type JsonObject } from "../src/json.ts"
import { call, key, request, started } from "./rig.ts"

describe("a bad request", () => {
  const refused: ReadonlyArray<readonly [string, JsonObject, string]> = [
    ["a reference of 65 characters", { checkout_reference: "x".repeat(65) }, "checkout_reference"],
    ["an amount of nothing", { amount: 0 }, "amount"],
    ["an amount below nothing", { amount: -1 }, "amount"],
    ["an amount as text", { amount: "10" }, "amount"],
    ["a third of a penny", { amount: 10.005 }, "amount"],
    ["a currency that is not its merchant's", { currency: "EUR" }, "currency"],
    ["an unknown currency", { currency: "JPY" }, "currency"],
    ["a return_url that is none", { return_url: "/webhooks" }, "return_url"],
    ["a valid_until of yesterday", { valid_until: "2020-01-01T00:00:00Z" }, "valid_until"],
    ["a valid_until that is no time", { valid_until: "soon" }, "valid_until"],
    ["a description of 129 characters", { description: "x".repeat(129) }, "description"]
  ]

  for (const [name, change, param] of refused) {
    it(`with ${name} is INVALID`, async () => {
      const fake = await started()
      const { status, body } = await call(fake, "POST", "/v0.1/checkouts", {
        body: request(change),
        wrong: true
      })
      assert.strictEqual(status, 400)
      assert.deepEqual(body, { ...golden.goldenErrors.invalid, param })
    })
  }

  it("that lacks one field is MISSING, and several wrong fields are a list", async () => {
    const fake = await started()
    const { merchant_code: _, ...lacking } = request()
    const one = await call(fake, "POST", "/v0.1/checkouts", { body: lacking, wrong: true })
    assert.deepEqual([one.status, one.json], [400, golden.goldenErrors.missing])
    const many = await call(fake, "POST", "/v0.1/checkouts", { body: { amount: -1 }, wrong: true })
    assert.strictEqual(many.status, 400)
    const list = isList(many.json) ? many.json : []
    assert.sameDeepMembers(
      [...list],
      [
        { ...golden.goldenErrors.missing, param: "checkout_reference" },
        { ...golden.goldenErrors.invalid, param: "amount" },
        { ...golden.goldenErrors.missing, param: "currency" },
        { ...golden.goldenErrors.missing, param: "merchant_code" }
      ]
    )
  })

  it("that is not JSON, or not an object, is a problem", async () => {
    const fake = await started()
    for (const body of ["{", "[]", ""]) {
      const response = await fetch(`http://127.0.0.1:${fake.port}/v0.1/checkouts`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body
      })
      assert.strictEqual(response.status, 400)
      assert.strictEqual(response.headers.get("content-type"), "application/problem+json")
    }
  })
})

describe("an unknown path", () => {
  it("is 404, and so is one with a trailing slash", async () => {
    const fake = await started()
    for (const path of ["/v0.1/checkouts/", "/v0.1/nothing", "/v0.1/checkouts/a/b"]) {
      const { status, body } = await call(fake, "GET", path, { wrong: true, lies: true })
      assert.deepEqual([status, body["type"]], [404, "https://developer.sumup.com/problem/not-found"])
    }
  })
})
