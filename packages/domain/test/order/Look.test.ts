import { assert, describe, it } from "@effect/vitest"
import type { Input } from "../../src/order/Input.ts"
import { nextLook } from "../../src/order/Look.ts"
import type { Order } from "../../src/order/Order.ts"
import type { Observation } from "../../src/payment/Observation.ts"
import { answering, attemptOf } from "../../src/testing/acting.ts"
import { become, placed, start, through, uuid } from "../../src/testing/examples.ts"
import { RefundId } from "../../src/text/Ids.ts"
import { day, hour, type Instant, minute, plus, second } from "../../src/time/Instant.ts"

const order = placed()
const attempt = attemptOf(order)
const at = (span: number): Instant => plus(start, span)
const observed = (change: Partial<Observation> = {}): Input => ({
  _tag: "Observed",
  acceptsLate: false,
  seen: answering(attempt, change)
})
const open = become(order, observed()).order
const dead = become(open, observed({ status: "EXPIRED" })).order
const expired = through(dead, [{ _tag: "Deadline" }, at(40 * minute)])
const paid = become(open, observed({ status: "PAID" })).order
const span = (of: Order, now: number): number | null => {
  const next = nextLook(of, at(now))
  return next === null ? null : next - start
}
/** Every look at an order that nothing happens to, from then until none is left or the time is over. */
const looks = (of: Order, from: number, until: number): ReadonlyArray<number> => {
  const found: Array<number> = []
  for (let next = span(of, from); next !== null && next <= until; next = span(of, next)) found.push(next)
  return found
}

describe("when an order is looked at next", () => {
  it("a live attempt: after 5, 15 and 30 s, every 30 s for 5 min, every 2 min until its order's time is over", () => {
    const seconds = looks(open, 0, 9 * minute).map((one) => one / second)
    const early = [5, 15, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300]
    assert.deepStrictEqual(seconds, [...early, 420, 540])
    assert.isTrue(looks(open, 0, 41 * minute).includes(40 * minute))
  })
  it("no two looks at a live attempt are further apart than 2 min", () => {
    const all = [0, ...looks(open, 0, 40 * minute)]
    const gaps = all.slice(1).map((one, index) => one - (all[index] ?? 0))
    assert.isAtMost(Math.max(...gaps), 2 * minute)
    assert.isAtLeast(Math.min(...gaps), second)
  })
  it("past its time: soon, then ever more seldom, at least hourly, for ever", () => {
    const dying = { ...dead, attempts: [] }
    const all = looks(dying, 40 * minute, 10 * day)
    const gaps = all.slice(1).map((one, index) => one - (all[index] ?? 0))
    assert.strictEqual((all[0] ?? 0) - 40 * minute, 30 * second)
    assert.strictEqual(Math.max(...gaps), hour)
    assert.isAbove(all.length, 9 * 24)
  })
  it("a dead attempt: after 10 min, daily for a week, weekly for five weeks, and then no more", () => {
    const days = [1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 35].map((n) => n * day)
    assert.deepStrictEqual(looks(expired, 0, 365 * day), [10 * minute, ...days])
  })
  it("a paid attempt: after 10 min and after a day, for it may have been paid twice", () => {
    assert.deepStrictEqual(looks(paid, 0, 365 * day), [10 * minute, day])
  })
  it("a live attempt of an order that no longer waits: every 5 s, ever more seldom, until it is closed", () => {
    const outlived = { ...paid, attempts: open.attempts }
    assert.deepStrictEqual(looks(outlived, 0, 16 * second), [5000, 10_000, 15_000])
    const all = looks(outlived, 0, 5 * day)
    const gaps = all.slice(1).map((one, index) => one - (all[index] ?? 0))
    assert.strictEqual(Math.max(...gaps), hour)
    assert.isBelow(all.length, 250)
  })
  it("PAID without proof: every 30 s for 10 min, then hourly until a person has answered", () => {
    const unproven = become(paid, { _tag: "Unreadable", attemptId: attempt.id }).order
    assert.strictEqual(unproven.attempts[0]?.state, "paid")
    const asked = {
      ...expired,
      attempts: become(dead, observed({ status: "PAID", captured: [] })).order.attempts
    }
    const all = looks(asked, 0, 3 * hour)
    assert.deepStrictEqual(all.slice(0, 2), [30 * second, minute])
    assert.isAtMost(Math.max(...all.slice(1).map((one, index) => one - (all[index] ?? 0))), hour)
  })
  it("one that is over and did not answer: after 30 s, then ever more seldom, at least hourly", () => {
    const silent = (now: number) => (nextLook(expired, at(now), attempt.id) ?? 0) - at(now)
    assert.deepStrictEqual(
      [2 * second, 3 * minute, 10 * minute, 2 * hour].map((now) => silent(now)),
      [30 * second, 90 * second, 5 * minute, hour]
    )
    assert.strictEqual(
      become(expired, { _tag: "Unreadable", attemptId: attempt.id }, at(minute)).order.dueAt,
      at(90 * second)
    )
  })
  it("a refund that moves: after 30 s, then ever more seldom, at least hourly", () => {
    const ask = {
      refundId: RefundId.make(uuid(70)),
      paymentId: `sumup:transaction-${attempt.id}`,
      minor: 300
    }
    const asked = become(
      paid,
      { _tag: "RefundAsked", ...ask, by: "wren", reason: "Burnt." },
      at(2 * day)
    ).order
    assert.strictEqual((asked.dueAt ?? 0) - at(2 * day), 30 * second)
    const all = looks(asked, 2 * day, 5 * day)
    const gaps = all.slice(1).map((one, index) => one - (all[index] ?? 0))
    assert.strictEqual(Math.max(...gaps), hour)
    assert.isBelow(all.length, 100)
  })
  it("nothing to find out: never", () => {
    const free = { ...paid, attempts: [] }
    assert.strictEqual(nextLook(free, start), null)
  })
  it("never at once: a look that is overdue is a second away", () => {
    assert.strictEqual(span({ ...open, expiresAt: start }, 5 * second - 1), 6 * second - 1)
  })
})
