import { assert, describe, it } from "@effect/vitest"
import { money } from "../../src/money/Money.ts"
import type { Order } from "../../src/order/Order.ts"
import { standing, sums } from "../../src/order/Standing.ts"
import type { Captured } from "../../src/payment/Observation.ts"
import { answering, attemptOf } from "../../src/testing/acting.ts"
import { bakery, become, contents, item, placed, start, through, uuid } from "../../src/testing/examples.ts"
import { RefundId } from "../../src/text/Ids.ts"

const order = placed()
const attempt = attemptOf(order)
const main: Captured = { transactionId: `transaction-${attempt.id}`, ...attempt.amount }
const paidWith = (captured: ReadonlyArray<Captured>, minor = 1000): Order =>
  become(order, {
    _tag: "Observed",
    acceptsLate: true,
    seen: answering(attempt, { status: "PAID", minor, captured })
  }).order
const paid = paidWith([main])
const refunded = (of: Order, minor: number): Order =>
  become(of, {
    _tag: "RefundsSeen",
    paymentId: `sumup:${main.transactionId}`,
    refunded: minor,
    chargedBack: 0
  }).order

const rows: ReadonlyArray<readonly [string, Order, string, number, number]> = [
  ["nothing came", order, "unpaid", 0, 0],
  [
    "nothing is to pay",
    placed(contents({ items: [[item(1, { price: money(0, "GBP") }), 1]] })),
    "paid",
    0,
    0
  ],
  ["all came", paid, "paid", 1000, 0],
  [
    "too little came, and is kept for a person",
    paidWith([{ ...main, minor: 400 }], 400),
    "part_paid",
    400,
    0
  ],
  ["it came twice", paidWith([main, { ...main, transactionId: "again" }]), "overpaid", 2000, 0],
  [
    "foreign money came besides",
    paidWith([main, { ...main, transactionId: "x", currency: "XTS" }]),
    "paid",
    1000,
    0
  ],
  ["part went back", refunded(paid, 300), "part_refunded", 1000, 300],
  ["all went back", refunded(paid, 1000), "refunded", 1000, 1000],
  [
    "it came twice and once went back",
    refunded(paidWith([main, { ...main, transactionId: "again" }]), 1000),
    "paid",
    2000,
    1000
  ]
]

describe("how an order stands", () => {
  for (const [name, of, expected, received, back] of rows) {
    it(`${name}: ${expected}`, () => {
      assert.strictEqual(standing(of), expected)
      assert.deepStrictEqual(sums(of), { received, refunded: back })
    })
  }
  it("a refund that is not done counts for nothing", () => {
    const ask = { refundId: RefundId.make(uuid(70)), paymentId: `sumup:${main.transactionId}`, minor: 300 }
    const asked = through(paid, [{ _tag: "RefundAsked", ...ask, by: "wren", reason: "Burnt." }, start])
    assert.strictEqual(standing(asked), "paid")
    assert.strictEqual(bakery.currency, paid.currency)
  })
})
