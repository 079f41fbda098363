import { assert, onTestFinished } from "vitest"
import {
  type Allowance,
  answerProblems,
  requestProblems
} from "../../../packages/adapters-sumup/test/conformance.ts"
import { type FakeSumUp, type FakeSumUpOptions, startFakeSumUp } from "../src/FakeSumUp.ts"
import type { FaultName } from "../src/faultKinds.ts"
import { isObject, type Json, type JsonObject, parsed } from "../src/json.ts"

export const key = "practice-key-ash-bakery"
export const merchant = "MPRACTICE1"

/** A provider that ends with the test. */
export const started = async (options: FakeSumUpOptions = {}): Promise<FakeSumUp> => {
  const fake = await startFakeSumUp(options)
  onTestFinished(fake.close)
  return fake
}

/** A provider whose clock stands still until it is moved. */
export const stopped = (options: FakeSumUpOptions = {}): Promise<FakeSumUp> =>
  started({ clock: { manual: true }, ...options })

/** What the document does not say and the provider is assumed to answer. */
const assumed: ReadonlyArray<Allowance> = [
  { operation: "post /v0.1/checkouts", status: 400, why: "several bad fields are a list" },
  { operation: "get /v1/merchants/{merchant_code}", status: 401, why: "as everywhere else" },
  { operation: "get /v2.1/merchants/{merchant_code}/transactions", status: 403, why: "another merchant's" },
  {
    operation: "get /v2.1/merchants/{merchant_code}/transactions/history",
    status: 403,
    why: "another merchant's"
  },
  {
    operation: "post /v1.0/merchants/{merchant_code}/payments/{transaction_id}/refunds",
    status: 401,
    why: "as everywhere else"
  }
]

/** What only an injected fault may answer. */
const injected: ReadonlyArray<Allowance> = [
  { status: 302, why: "redirect" },
  { status: 400, why: "invalid" },
  { status: 401, why: "key-revoked" },
  { status: 403, why: "scope-403, request-blocked, html" },
  { status: 404, why: "not-found, transactions-404" },
  { status: 409, why: "create-then-409, delete-refused" },
  { status: 429, why: "429" },
  { status: 500, why: "500" },
  { status: 502, why: "html" },
  { status: 503, why: "503" },
  { status: 504, why: "create-then-504" }
]

export interface Called {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; undefined when it is not JSON. */
  readonly json: Json | undefined
  /** The body when it is an object, else an empty one. */
  readonly body: JsonObject
}

export interface CallOptions {
  readonly key?: string | undefined
  readonly body?: Json
  /** The header that asks for a fault. */
  readonly fault?: string
  /** The answer lies, on purpose: it is not held against the document. */
  readonly lies?: boolean
  /** The request is wrong on purpose. */
  readonly wrong?: boolean
  readonly timeoutMs?: number
}

const address = (fake: FakeSumUp, path: string): string => `http://127.0.0.1:${fake.port}${path}`

/** Calls the API as a merchant does, and holds request and answer against the provider's document. */
export const call = async (
  fake: FakeSumUp,
  method: string,
  path: string,
  options: CallOptions = {}
): Promise<Called> => {
  const asked = "key" in options ? options.key : key
  const response = await fetch(address(fake, path), {
    method,
    headers: {
      ...(asked === undefined ? {} : { authorization: `Bearer ${asked}` }),
      ...(options.body === undefined ? {} : { "content-type": "application/json" }),
      ...(options.fault === undefined ? {} : { "x-fake-fault": options.fault })
    },
    redirect: "manual",
    signal: AbortSignal.timeout(options.timeoutMs ?? 5000),
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) })
  })
  const text = await response.text()
  const json = parsed(text)
  const request = { method, path, ...(options.body === undefined ? {} : { body: options.body }) }
  if (options.wrong !== true) assert.deepEqual(requestProblems(request), [])
  if (options.lies !== true) {
    const allowances = options.fault === undefined ? assumed : injected
    assert.deepEqual(answerProblems(request, { status: response.status, body: json }, allowances), [])
  }
  const body = isObject(json) ? json : {}
  return { status: response.status, headers: response.headers, text, json, body }
}

let references = 0

/** A body of POST /v0.1/checkouts with a reference of its own. */
export const request = (change: JsonObject = {}): JsonObject => ({
  checkout_reference: `ra-${++references}`,
  amount: 10,
  currency: "GBP",
  merchant_code: merchant,
  description: "Order 1",
  redirect_url: "https://shop.example.org/return",
  hosted_checkout: { enabled: true },
  ...change
})

/** An open checkout: its body, id and reference. */
export const opened = async (fake: FakeSumUp, change: JsonObject = {}, options: CallOptions = {}) => {
  const created = await call(fake, "POST", "/v0.1/checkouts", { ...options, body: request(change) })
  assert.strictEqual(created.status, 201, created.text)
  const { id, checkout_reference: reference } = created.body
  return { body: created.body, id: String(id), reference: String(reference) }
}

export const read = (fake: FakeSumUp, id: string, options: CallOptions = {}): Promise<Called> =>
  call(fake, "GET", `/v0.1/checkouts/${id}`, options)

/** An open checkout that is then paid, and its transaction's id. */
export const paid = async (fake: FakeSumUp, change: JsonObject = {}) => {
  const checkout = await opened(fake, change)
  assert.strictEqual(fake.provider.buyer.pay(checkout.id).outcome, "paid")
  const { body } = await read(fake, checkout.id)
  return { ...checkout, transactionId: String(body["transaction_id"]) }
}

/** How often a fault fired. */
export const fired = (fake: FakeSumUp, fault: FaultName): number => fake.provider.faults.fired()[fault] ?? 0

/** The admin routes, as a rig calls them. */
export const admin = async (
  fake: FakeSumUp,
  method: string,
  path: string,
  body?: Json
): Promise<{ readonly status: number; readonly json: Json | undefined; readonly body: JsonObject }> => {
  const response = await fetch(address(fake, `/_admin${path}`), {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  const json = parsed(await response.text())
  return { status: response.status, json, body: isObject(json) ? json : {} }
}
