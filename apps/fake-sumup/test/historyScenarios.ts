import { assert } from "vitest"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import type { FaultRequest } from "../src/Faults.ts"
import { isList, isObject } from "../src/json.ts"
import type { Scenario } from "./answerScenarios.ts"
import { links, open, press } from "./browser.ts"
import { call, merchant, opened, paid, read } from "./rig.ts"

const arranged = async (fake: FakeSumUp, rule: FaultRequest) => {
  const checkout = await opened(fake)
  fake.provider.faults.add({ ...rule, match: { ...rule.match, reference: checkout.reference } })
  const status = async () => (await read(fake, checkout.id)).body["status"]
  return { ...checkout, status, page: () => open(`http://127.0.0.1:${fake.port}/pay/c-${checkout.id}`) }
}

const taken = (fake: FakeSumUp, id: string): ReadonlyArray<number> => {
  const checkout = fake.provider.ledger.checkout(id)
  const transactions = checkout === undefined ? [] : fake.provider.ledger.transactionsOf(checkout)
  return transactions.filter(({ status }) => status === "SUCCESSFUL").map(({ amount }) => amount)
}

const refund = (fake: FakeSumUp, id: string, timeoutMs = 5000, fault?: string) =>
  call(fake, "POST", `/v1.0/merchants/${merchant}/payments/${id}/refunds`, {
    timeoutMs,
    ...(fault === undefined ? {} : { fault })
  })

const refundEvents = async (fake: FakeSumUp, id: string) => {
  const { body } = await call(fake, "GET", `/v2.1/merchants/${merchant}/transactions?id=${id}`)
  const events = isList(body["transaction_events"]) ? body["transaction_events"].filter(isObject) : []
  const statuses = events.filter(({ event_type }) => event_type === "REFUND").map(({ status }) => status)
  return { statuses, simple: body["simple_status"] }
}

/** A closed checkout is refused, then paid after all, by a press or by itself. */
const paidAfter =
  (fault: "pay-after-expired" | "pay-after-delete", close: "expire" | "deactivate"): Scenario =>
  async (fake) => {
    const { buyer, clock, ledger, payments } = fake.provider
    const ended = async (rule: FaultRequest) => {
      const one = await arranged(fake, rule)
      const checkout = ledger.checkout(one.id)
      if (checkout !== undefined) await payments[close](checkout)
      assert.strictEqual(await one.status(), "EXPIRED")
      return one
    }
    const plain = await ended({ fault: "delete-refused" })
    assert.strictEqual(buyer.pay(plain.id).outcome, "expired")
    const pressed = await ended({ fault })
    assert.strictEqual(buyer.pay(pressed.id).outcome, "paid")
    assert.strictEqual(await pressed.status(), "PAID")
    const late = await ended({ fault, with: { s: 90 } })
    clock.advance(89_000)
    assert.strictEqual(await late.status(), "EXPIRED")
    clock.advance(1000)
    assert.strictEqual(await late.status(), "PAID")
  }

/** What happens to a payment itself. */
export const historyScenarios = {
  "redirect-first": async (fake) => {
    const { status, page } = await arranged(fake, { fault: "redirect-first", with: { s: 3 } })
    assert.strictEqual((await press(await page(), "Pay £")).left, "https://shop.example.org/return")
    assert.strictEqual(await status(), "PENDING")
    fake.provider.clock.advance(3000)
    assert.strictEqual(await status(), "PAID")
  },
  "never-come-back": async (fake) => {
    const { page } = await arranged(fake, { fault: "never-come-back" })
    const done = await press(await page(), "Pay £")
    assert.strictEqual(done.title, "Payment successful")
    assert.isEmpty(links(done))
  },
  "fail-then-pay": async (fake) => {
    const { id, status } = await arranged(fake, { fault: "fail-then-pay", with: { n: 2 } })
    const outcomes = [1, 2, 3].map(() => fake.provider.buyer.pay(id).outcome)
    assert.deepEqual(outcomes, ["declined", "declined", "paid"])
    assert.strictEqual(await status(), "PAID")
  },
  "pay-after-expired": paidAfter("pay-after-expired", "expire"),
  "pay-after-delete": paidAfter("pay-after-delete", "deactivate"),
  "pay-twice": async (fake) => {
    const { id } = await arranged(fake, { fault: "pay-twice" })
    fake.provider.buyer.pay(id)
    assert.deepEqual(taken(fake, id), [1000, 1000])
    const { body } = await read(fake, id)
    const [first] = isList(body["transactions"]) ? body["transactions"].filter(isObject) : []
    assert.strictEqual(body["transaction_id"], first?.["id"])
  },
  "wrong-amount": async (fake) => {
    const { id } = await arranged(fake, { fault: "wrong-amount", with: { by: -250 } })
    fake.provider.buyer.pay(id)
    assert.deepEqual(taken(fake, id), [750])
    assert.strictEqual((await read(fake, id)).body["amount"], 10)
  },
  chargeback: async (fake) => {
    const { id } = await arranged(fake, { fault: "chargeback", with: { s: 60 } })
    fake.provider.buyer.pay(id)
    const { body } = await read(fake, id)
    const simple = async () => (await refundEvents(fake, String(body["transaction_id"]))).simple
    assert.strictEqual(await simple(), "SUCCESSFUL")
    fake.provider.clock.advance(60_000)
    assert.strictEqual(await simple(), "CHARGEBACK")
    assert.strictEqual((await refund(fake, String(body["transaction_id"]))).status, 409)
  },
  "refund-pending": async (fake) => {
    const { transactionId } = await paid(fake)
    assert.strictEqual((await refund(fake, transactionId, 5000, "refund-pending;s=60")).status, 201)
    assert.deepEqual((await refundEvents(fake, transactionId)).statuses, ["PENDING"])
    assert.strictEqual((await refund(fake, transactionId)).status, 409)
    fake.provider.clock.advance(60_000)
    assert.deepEqual((await refundEvents(fake, transactionId)).statuses, ["REFUNDED"])
  },
  "refund-failed": async (fake) => {
    const { transactionId } = await paid(fake)
    assert.strictEqual((await refund(fake, transactionId, 5000, "refund-failed;at_once=true")).status, 422)
    assert.deepEqual(await refundEvents(fake, transactionId), { statuses: [], simple: "SUCCESSFUL" })
    assert.strictEqual((await refund(fake, transactionId, 5000, "refund-failed")).status, 201)
    assert.deepEqual(await refundEvents(fake, transactionId), {
      statuses: ["FAILED"],
      simple: "REFUND_FAILED"
    })
    assert.strictEqual((await refund(fake, transactionId)).status, 201)
  },
  "refund-done-but-timeout": async (fake) => {
    const { transactionId } = await paid(fake)
    const silent = await refund(fake, transactionId, 60, "refund-done-but-timeout").catch(({ name }) => name)
    assert.strictEqual(silent, "TimeoutError")
    assert.deepEqual((await refundEvents(fake, transactionId)).statuses, ["REFUNDED"])
  }
} satisfies { readonly [fault: string]: Scenario }
