import { assert, describe, it } from "vitest"
import { statusFailure } from "../src/statusFailure.ts"
import { goldenErrors } from "./goldenBodies.ts"

const now = Date.parse("2026-08-01T10:00:00Z")
const after = (headers: Record<string, string>, status = 429) =>
  statusFailure({ status, headers }, "", now).retryAfter

describe("an answer that is no success", () => {
  for (const [status, body, trouble] of [
    [302, "", "garbled"],
    [400, JSON.stringify(goldenErrors.missing), "request"],
    [401, JSON.stringify(goldenErrors.unauthorized), "key"],
    [403, JSON.stringify(goldenErrors.forbidden), "account"],
    [403, '{"type":"https://developer.sumup.com/problem/forbidden","status":403}', "account"],
    [403, '{"type":"https://developer.sumup.com/problem/request-blocked","status":403}', "busy"],
    [403, "<!doctype html>", "busy"],
    [403, "", "busy"],
    [404, JSON.stringify(goldenErrors.notFound), "not_found"],
    [408, "", "failed"],
    [409, JSON.stringify(goldenErrors.duplicated), "conflict"],
    [418, "", "request"],
    [422, JSON.stringify(goldenErrors.refundTooHigh), "request"],
    [429, "", "busy"],
    [500, JSON.stringify(goldenErrors.forbidden), "failed"],
    [504, "<html>", "failed"]
  ] as const) {
    it(`means by its status first, then by its body: ${status} ${body.slice(0, 60)}`, () => {
      assert.strictEqual(statusFailure({ status, headers: {} }, body, now).trouble, trouble)
    })
  }

  it("says how long to wait, in seconds or until a date of its own clock, one minute at most", () => {
    assert.isNull(after({}))
    assert.isNull(after({ "retry-after": "soon" }))
    assert.strictEqual(after({ "retry-after": "7" }), 7000)
    assert.strictEqual(after({ "retry-after": "0" }), 0)
    assert.strictEqual(after({ "retry-after": "86400" }), 60_000)
    assert.strictEqual(after({ "retry-after": "7" }, 503), 7000)
    assert.isNull(after({ "retry-after": "7" }, 400))
    assert.strictEqual(after({ "retry-after": "Sat, 01 Aug 2026 10:00:05 GMT" }), 5000)
    assert.strictEqual(after({ "retry-after": "Sat, 01 Aug 2026 09:00:00 GMT" }), 0)
    const skewed = { date: "Sat, 01 Aug 2026 10:10:00 GMT", "retry-after": "Sat, 01 Aug 2026 10:10:03 GMT" }
    assert.strictEqual(after(skewed), 3000)
  })
})
