import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { judge, type Observation } from "../../src/payment/Observation.ts"
import { idOfReference, type PaymentAttempt, reference } from "../../src/payment/PaymentAttempt.ts"
import { advance, unprovenMost } from "../../src/payment/Reading.ts"
import { answering, attemptOf } from "../../src/testing/acting.ts"
import { placed, start, uuid } from "../../src/testing/examples.ts"
import { law } from "../../src/testing/prop.ts"
import { AttemptId } from "../../src/text/Ids.ts"
import { minute, plus } from "../../src/time/Instant.ts"

const created = attemptOf(placed())
const later = plus(start, minute)
const open = advance(created, answering(created, { via: "open" }), start)
const attempts: Readonly<Record<PaymentAttempt["state"], PaymentAttempt>> = {
  created,
  open,
  expired: advance(open, answering(open, { status: "EXPIRED" }), start),
  deactivated: advance(open, answering(open, { status: "EXPIRED", via: "deactivate" }), start),
  paid: advance(open, answering(open, { status: "PAID" }), start)
}
const main = { transactionId: `transaction-${created.id}`, ...created.amount }

/** Each fact of the comparison, changed alone. The order of the rows is that of the code. */
const otherFacts: ReadonlyArray<readonly [string, Partial<Observation>]> = [
  ["attempt", { attemptId: AttemptId.make(uuid(77)) }],
  ["reference", { reference: reference(AttemptId.make(uuid(77))) }],
  ["merchant", { merchantCode: "MOTHER" }],
  ["checkout", { providerId: "checkout-other" }],
  ["amount", { minor: created.amount.minor + 1 }],
  ["currency", { currency: "EUR" }],
  ["transaction's amount", { captured: [{ ...main, minor: main.minor - 1 }] }],
  ["transaction's currency", { captured: [{ ...main, currency: "EUR" }] }]
]
const unproven: ReadonlyArray<readonly [string, Partial<Observation>]> = [
  ["no transaction at all", { transactionId: null, captured: [] }],
  ["a transaction that is named but not shown", { captured: [] }],
  ["a transaction that is shown but not named", { transactionId: null }],
  ["another transaction than the one it names", { transactionId: "transaction-other" }]
]

describe("S3, S4 the provider's word compared with the attempt", () => {
  const paid = (change: Partial<Observation> = {}) =>
    judge(open, answering(open, { status: "PAID", ...change }))

  it("agrees in every fact", () => {
    assert.strictEqual(paid(), "paid")
    assert.strictEqual(paid({ captured: [{ ...main, transactionId: "declined-twice" }, main] }), "paid")
    assert.strictEqual(judge(created, answering(created, { status: "PAID" })), "paid")
  })
  for (const [fact, change] of otherFacts) {
    it(`does not agree when the ${fact} differs`, () => {
      assert.strictEqual(paid(change), "mismatch")
    })
  }
  for (const [name, change] of unproven) {
    it(`proves nothing with ${name}`, () => {
      assert.strictEqual(paid(change), "unproven")
    })
  }
  it("is not paid whatever else it says, unless it says PAID", () => {
    for (const status of ["PENDING", "FAILED", "EXPIRED"] as const) {
      const seen = answering(open, { status, transactionId: main.transactionId, captured: [main] })
      assert.strictEqual(judge(open, seen), "unpaid")
    }
  })
  law(
    "agrees only when nothing differs, however many facts do",
    [fc.shuffledSubarray([...otherFacts], { minLength: 1 })],
    (facts) => {
      const change = Object.assign({}, ...facts.map(([, one]) => one))
      assert.strictEqual(paid(change), "mismatch")
    }
  )
})

/** The table of what an answer makes of an attempt: created, open, expired, deactivated, paid. */
const table: ReadonlyArray<readonly [string, Partial<Observation>, ReadonlyArray<PaymentAttempt["state"]>]> =
  [
    ["the page was made", { via: "open" }, ["open", "open", "expired", "deactivated", "paid"]],
    ["found by its reference", { via: "list" }, ["open", "open", "expired", "deactivated", "paid"]],
    ["PENDING", { status: "PENDING" }, ["open", "open", "expired", "deactivated", "paid"]],
    ["FAILED", { status: "FAILED" }, ["open", "open", "expired", "deactivated", "paid"]],
    ["PAID, every fact equal", { status: "PAID" }, ["paid", "paid", "paid", "paid", "paid"]],
    ["PAID, a fact differs", { status: "PAID", minor: 1 }, ["paid", "paid", "paid", "paid", "paid"]],
    [
      "PAID, not proven",
      { status: "PAID", captured: [] },
      ["created", "open", "expired", "deactivated", "paid"]
    ],
    ["EXPIRED", { status: "EXPIRED" }, ["expired", "expired", "expired", "deactivated", "paid"]],
    [
      "EXPIRED, as we asked",
      { status: "EXPIRED", via: "deactivate" },
      ["deactivated", "deactivated", "expired", "deactivated", "paid"]
    ]
  ]

describe("what an answer makes of an attempt", () => {
  for (const [name, change, expected] of table) {
    it(name, () => {
      const states = Object.values(attempts).map(
        (attempt) => advance(attempt, answering(attempt, change), later).state
      )
      assert.deepStrictEqual(states, expected)
    })
  }
  it("remembers what was said last and when, but for a paid one", () => {
    for (const attempt of Object.values(attempts)) {
      const { lastRead, lastReadAt } = advance(attempt, answering(attempt, { status: "FAILED" }), later)
      const expected: ReadonlyArray<unknown> = attempt.state === "paid" ? ["PAID", start] : ["FAILED", later]
      const remembered: ReadonlyArray<unknown> = [lastRead, lastReadAt]
      assert.deepStrictEqual(remembered, expected)
    }
  })
  it("never loses the provider's id or the page once they are known", () => {
    const next = advance(
      open,
      answering(open, { providerId: "checkout-other", payUrl: "https://pay.example/other" }),
      later
    )
    assert.deepStrictEqual([next.providerId, next.payUrl], [open.providerId, open.payUrl])
  })
  it("does not open an attempt without a page to pay on", () => {
    const next = advance(created, answering(created, { payUrl: null }), later)
    assert.deepStrictEqual([next.state, next.payUrl], ["created", null])
  })
  it("waits for proof from the first time on, and forgets it when the provider takes its word back", () => {
    const asked = advance(open, answering(open, { status: "PAID", captured: [] }), later)
    assert.strictEqual(asked.unprovenSince, later)
    const again = advance(asked, answering(asked, { status: "PAID", captured: [] }), plus(later, minute))
    assert.strictEqual(again.unprovenSince, later)
    assert.strictEqual(advance(again, answering(again), plus(later, minute)).unprovenSince, null)
    const stray = { ...main, transactionId: "stray" }
    const late = plus(later, unprovenMost)
    assert.strictEqual(
      advance(again, answering(again, { status: "PAID", captured: [stray] }), late).state,
      "paid"
    )
  })
})

describe("a reference", () => {
  law("names its attempt, in at most 64 characters that every wire takes", [fc.uuid()], (id) => {
    const text = reference(AttemptId.make(id))
    assert.match(text, /^[A-Za-z0-9_-]{1,64}$/)
    assert.strictEqual(idOfReference(text), id)
  })
  it("of somebody else names none", () => {
    const others = [
      "",
      "ra-",
      uuid(1),
      `ra-${uuid(1)}x`,
      `RA-${uuid(1)}`,
      "ra-not-a-uuid",
      `ra-ra-${uuid(1)}`
    ]
    for (const text of others) assert.strictEqual(idOfReference(text), undefined, text)
  })
})
