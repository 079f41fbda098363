import { assert } from "vitest"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import { isList } from "../src/json.ts"
import { call, key, merchant, opened, paid, read, request } from "./rig.ts"

/** Makes a fault fire and looks at what it did. */
export type Scenario = (fake: FakeSumUp) => Promise<void>

const create = (fake: FakeSumUp, fault: string, reference: string, timeoutMs = 5000) => {
  const body = request({ checkout_reference: reference })
  return call(fake, "POST", "/v0.1/checkouts", { body, fault, lies: true, timeoutMs })
}

const listed = async (fake: FakeSumUp, reference: string): Promise<number> => {
  const { json } = await call(fake, "GET", `/v0.1/checkouts?checkout_reference=${reference}`)
  return isList(json) ? json.length : -1
}

const fails = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    return error instanceof Error ? error.name : "thrown"
  }
  return "answered"
}

/** Reads with a fault and answers the raw result. */
const reading = async (fake: FakeSumUp, fault: string) => {
  const { id, body } = await opened(fake)
  const answer = await read(fake, id, { fault, lies: true })
  assert.deepEqual((await read(fake, id)).body, body)
  return answer
}

const refusal =
  (
    header: string,
    status: number,
    look: (body: { readonly [key: string]: unknown }) => void = () => {}
  ): Scenario =>
  async (fake) => {
    const { status: answered, body } = await create(fake, header, `ra-${header}`.slice(0, 60))
    assert.strictEqual(answered, status)
    look(body)
    assert.strictEqual(await listed(fake, `ra-${header}`.slice(0, 60)), 0)
  }

/** What the provider answers in place of the truth, refusals first. */
export const answerScenarios = {
  "drop-before": async (fake) => {
    assert.strictEqual(await fails(create(fake, "drop-before", "ra-drop")), "TypeError")
    assert.strictEqual(await listed(fake, "ra-drop"), 0)
  },
  "create-then-drop": async (fake) => {
    assert.strictEqual(await fails(create(fake, "create-then-drop", "ra-drop")), "TypeError")
    assert.strictEqual(await listed(fake, "ra-drop"), 1)
  },
  "create-then-504": async (fake) => {
    assert.strictEqual((await create(fake, "create-then-504", "ra-504")).status, 504)
    assert.strictEqual(await listed(fake, "ra-504"), 1)
  },
  "create-then-409": async (fake) => {
    const { status, body } = await create(fake, "create-then-409", "ra-409")
    assert.deepEqual([status, body["error_code"]], [409, "DUPLICATED_CHECKOUT"])
    assert.strictEqual(await listed(fake, "ra-409"), 1)
  },
  delay: async (fake) => {
    const start = performance.now()
    assert.strictEqual((await create(fake, "delay;ms=120", "ra-delay")).status, 201)
    assert.isAtLeast(performance.now() - start, 115)
    const late = create(fake, "delay;ms=150", "ra-late", 40)
    assert.strictEqual(await fails(late), "TimeoutError")
    assert.strictEqual(await listed(fake, "ra-late"), 1)
  },
  "never-answer": async (fake) => {
    assert.strictEqual(await fails(create(fake, "never-answer", "ra-done", 60)), "TimeoutError")
    assert.strictEqual(await listed(fake, "ra-done"), 1)
    assert.strictEqual(await fails(create(fake, "never-answer;effect=none", "ra-not", 60)), "TimeoutError")
    assert.strictEqual(await listed(fake, "ra-not"), 0)
  },
  trickle: async (fake) => {
    const { id } = await opened(fake)
    assert.strictEqual(
      await fails(read(fake, id, { fault: "trickle;bytes=20", timeoutMs: 250 })),
      "TimeoutError"
    )
    assert.strictEqual((await read(fake, id, { fault: "trickle;bytes=5000" })).body["id"], id)
  },
  truncate: async (fake) => {
    const { id } = await opened(fake)
    assert.strictEqual(await fails(read(fake, id, { fault: "truncate" })), "TypeError")
  },
  "bad-json": async (fake) => {
    const { json, status } = await reading(fake, "bad-json")
    assert.deepEqual([status, json], [200, undefined])
  },
  html: async (fake) => {
    for (const status of [200, 403, 502]) {
      const answer = await reading(fake, `html;status=${status}`)
      assert.strictEqual(answer.status, status)
      assert.match(answer.text, /^<!doctype html>/)
      assert.match(answer.headers.get("content-type") ?? "", /^text\/html/)
    }
  },
  "empty-200": async (fake) => {
    const { status, text } = await reading(fake, "empty-200")
    assert.deepEqual([status, text], [200, ""])
  },
  oversize: async (fake) =>
    assert.isAbove((await reading(fake, "oversize;bytes=300000")).text.length, 300_000),
  redirect: async (fake) => {
    const { status, headers } = await reading(fake, "redirect;to=https://elsewhere.example/x")
    assert.deepEqual([status, headers.get("location")], [302, "https://elsewhere.example/x"])
  },
  "429": async (fake) => {
    assert.strictEqual((await reading(fake, "429;retry_after=7")).headers.get("retry-after"), "7")
    assert.isFalse((await reading(fake, "429;retry_after=none")).headers.has("retry-after"))
    const dated = await reading(fake, "429;retry_after=date")
    assert.isFalse(Number.isNaN(Date.parse(dated.headers.get("retry-after") ?? "")))
    for (const shape of ["error", "empty"]) {
      fake.provider.switches.bodyOf429 = shape
      assert.strictEqual((await reading(fake, "429")).status, 429)
    }
  },
  "500": refusal("500", 500),
  "503": refusal("503", 503),
  "request-blocked": refusal("request-blocked", 403, ({ type }) =>
    assert.match(String(type), /request-blocked$/)
  ),
  "scope-403": refusal("scope-403", 403, ({ error_message }) =>
    assert.strictEqual(error_message, "checkout_payments_not_allowed")
  ),
  invalid: refusal("invalid;param=currency", 400, (body) =>
    assert.deepEqual(body, { error_code: "INVALID", message: "Validation error", param: "currency" })
  ),
  "key-revoked": async (fake) => {
    const { id } = await opened(fake)
    assert.strictEqual((await read(fake, id, { fault: "key-revoked" })).status, 401)
    assert.strictEqual((await read(fake, id)).status, 401)
    const fresh = fake.provider.merchants.rotate(merchant, false)?.key
    assert.strictEqual((await read(fake, id, { key: fresh })).status, 200)
    assert.strictEqual((await read(fake, id, { key })).status, 401)
  },
  "not-found": async (fake) => {
    const { id, reference } = await opened(fake)
    fake.provider.faults.add({ fault: "not-found", match: { reference }, with: { s: 30 } })
    const seen = async () => (await read(fake, id, { lies: true })).status
    assert.deepEqual([await seen(), await seen()], [404, 404])
    fake.provider.clock.advance(30_000)
    assert.strictEqual(await seen(), 200)
  },
  "transactions-404": async (fake) => {
    const { reference, transactionId } = await paid(fake)
    fake.provider.faults.add({ fault: "transactions-404", match: { reference }, with: { s: 30 } })
    const path = `/v2.1/merchants/${merchant}/transactions?id=${transactionId}`
    assert.strictEqual((await call(fake, "GET", path)).status, 404)
    fake.provider.clock.advance(30_000)
    assert.strictEqual((await call(fake, "GET", path)).status, 200)
  },
  "delete-refused": async (fake) => {
    const { id } = await opened(fake)
    const refused = await call(fake, "DELETE", `/v0.1/checkouts/${id}`, { fault: "delete-refused" })
    assert.deepEqual([refused.status, refused.body["error_code"]], [409, "CHECKOUT_CANT_BE_DEACTIVATED"])
    assert.strictEqual((await read(fake, id)).body["status"], "PENDING")
  }
} satisfies { readonly [fault: string]: Scenario }
