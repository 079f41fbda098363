import { assert } from "@effect/vitest"
import { Effect, Result } from "effect"
import { Events } from "../event/Events.ts"
import type { Input } from "../order/Input.ts"
import type { Order } from "../order/Order.ts"
import { Orders } from "../order/Orders.ts"
import { decide } from "../order/Transitions.ts"
import { AttemptId, OrderId, RefundId } from "../text/Ids.ts"
import { answering, attemptOf, fresh, observe, order, someone } from "./acting.ts"
import { atOnce, type It, many, refusal } from "./contract.ts"
import type { Needs } from "./PlacingRefusalsContract.ts"
import { Seeds } from "./Seeds.ts"

const by = { by: "wren@example.org", reason: "asked for at the counter" }

/** An order that waits for payment, with its one attempt. */
export const waiting = Effect.gen(function* () {
  const orders = yield* Orders
  const seeds = yield* Seeds
  const page = yield* seeds.page()
  const placed = yield* order(yield* someone, yield* seeds.item({ pageId: page.id }), 4)
  const apply = (input: Input) => orders.modify(placed.id, decide(input))
  const told = Events.use((events) =>
    Effect.map(events.ofOrder(placed.id), (all) => all.map(({ data }) => data._tag))
  )
  return { apply, attempt: attemptOf(placed), orders, page, placed, seeds, told }
})

/** An order, and the way to change it that reads back what was written. */
const checked = Effect.gen(function* () {
  const { apply, attempt, orders, page, placed } = yield* waiting
  const seller = page.seller ?? (yield* Effect.die("not payable"))
  const kept = Effect.fnUntraced(function* (input: Input) {
    const written = yield* apply(input)
    assert.deepStrictEqual(yield* orders.get(placed.id), written)
    return written
  })
  const see = (of: typeof attempt, change: Parameters<typeof answering>[1]) =>
    kept({ _tag: "Observed", acceptsLate: true, seen: answering(of, change) })
  return { attempt, kept, see, seller }
})

const lives = (it: It<Needs>): void => {
  it.effect("what a decision returns is what is read afterwards, until the order is paid", () =>
    Effect.gen(function* () {
      const { attempt, kept, see, seller } = yield* checked
      const attemptId = AttemptId.make(yield* fresh)
      yield* see(attempt, { via: "open" })
      yield* see(attempt, { status: "FAILED" })
      yield* kept({ _tag: "Unreadable", attemptId: attempt.id })
      yield* see(attempt, { status: "EXPIRED", via: "deactivate" })
      const again = yield* kept({ _tag: "PayAgain", attemptId, seller })
      const states = again.attempts.map(({ number, state }) => [number, state])
      assert.deepStrictEqual(states, [
        [1, "deactivated"],
        [2, "created"]
      ])
      yield* see(attemptOf(again), { status: "PAID", transactionId: null, captured: [] })
      const paid = yield* see(attemptOf(again), { status: "PAID" })
      assert.deepStrictEqual([paid.state, paid.paidBy], ["paid", `sumup:transaction-${attemptId}`])
    })
  )
  it.effect("what a decision returns is what is read afterwards, with its cases and refunds", () =>
    Effect.gen(function* () {
      const { attempt, kept, see } = yield* checked
      const refundId = RefundId.make(yield* fresh)
      const paymentId = `sumup:transaction-${attempt.id}`
      const main = { transactionId: `transaction-${attempt.id}`, ...attempt.amount }
      const stray = { transactionId: `stray-${attempt.id}`, minor: 7, currency: "XTS" }
      yield* see(attempt, { status: "PAID", captured: [main, stray] })
      yield* kept({ _tag: "ResolveCase", caseId: `sumup:stray-${attempt.id}`, answer: "written_off", ...by })
      yield* kept({ _tag: "RefundAsked", refundId, paymentId, minor: 300, ...by })
      yield* kept({ _tag: "RefundSent", refundId, before: 0 })
      yield* kept({ _tag: "RefundsSeen", paymentId, refunded: 300, chargedBack: 0 })
      yield* kept({ _tag: "RefundsSeen", paymentId, refunded: 300, chargedBack: 5 })
      const second = RefundId.make(yield* fresh)
      const ended = yield* kept({ _tag: "CancelBySeller", refundsAlone: true, refundId: second, ...by })
      const reasons = ended.cases.map(({ reason }) => reason)
      assert.deepStrictEqual(reasons, ["duplicate", "chargeback"])
      assert.deepStrictEqual(
        ended.refunds.map(({ minor, state }) => `${minor} ${state}`),
        ["300 done", "700 requested"]
      )
      yield* kept({ _tag: "RefundFailed", refundId: second })
      const caseId = ended.cases.find(({ reason }) => reason === "chargeback")?.id ?? ""
      yield* kept({ _tag: "ResolveCase", caseId, answer: "written_off", ...by })
      const forgotten = yield* kept({ _tag: "Erase" })
      assert.deepStrictEqual([forgotten.email, forgotten.total], [null, ended.total])
    })
  )
}

const writing = (it: It<Needs>): void => {
  it.effect("a refused decision writes nothing, and an order nobody placed is not found", () =>
    Effect.gen(function* () {
      const { apply, orders, placed, told } = yield* waiting
      const refused = orders.modify(placed.id, () => Result.fail({ _tag: "Refused" as const }))
      assert.strictEqual(yield* refusal(refused), "Refused")
      assert.strictEqual(yield* refusal(apply({ _tag: "CancelByBuyer" })), "AttemptStillAlive")
      assert.deepStrictEqual(yield* orders.get(placed.id), placed)
      assert.deepStrictEqual(yield* told, ["order.created"])
      const unknown = orders.modify(OrderId.make(yield* fresh), decide({ _tag: "Deadline" }))
      assert.strictEqual(yield* refusal(unknown), "OrderNotFound")
    })
  )
  it.effect("a decision sees what the one before it wrote, and the store's time", () =>
    Effect.gen(function* () {
      const { attempt, orders, placed } = yield* waiting
      const paid = yield* observe(placed, answering(attempt, { status: "PAID" }))
      const seen: Array<Order> = []
      yield* orders.modify(placed.id, (current, now) => {
        seen.push(current)
        assert.isAtLeast(now, placed.placedAt)
        return decide({ _tag: "Deadline" })(current, now)
      })
      assert.deepStrictEqual(seen.at(-1), paid)
    })
  )
}

const racing = (it: It<Needs>): void => {
  it.effect("the same answer many times at once is credited once and told once", () =>
    Effect.gen(function* () {
      const { attempt, orders, placed, told } = yield* waiting
      yield* atOnce(() => observe(placed, answering(attempt, { status: "PAID" })))
      const paid = yield* orders.get(placed.id)
      assert.deepStrictEqual([paid.state, paid.payments.length, paid.cases], ["paid", 1, []])
      assert.deepStrictEqual(yield* told, ["order.created", "order.paid"])
    })
  )
  it.effect("many decisions at once all count, and their events have no gap", () =>
    Effect.gen(function* () {
      const { attempt, orders, placed } = yield* waiting
      const main = `transaction-${attempt.id}`
      const first = { transactionId: main, ...attempt.amount }
      yield* atOnce((index) => {
        const captured = [first, { ...first, transactionId: `${main}.${index}` }]
        return observe(placed, answering(attempt, { status: "PAID", captured }))
      })
      const paid = yield* orders.get(placed.id)
      assert.deepStrictEqual([paid.payments.length, paid.cases.length], [many + 1, many])
      assert.isTrue(paid.cases.every(({ reason }) => reason === "duplicate"))
      const told = yield* (yield* Events).ofOrder(placed.id)
      assert.deepStrictEqual(
        told.map(({ sequence }) => sequence),
        Array.from({ length: many + 2 }, (_, n) => n + 1)
      )
      assert.strictEqual(paid.told, many + 2)
    })
  )
  it.effect("a payment and a cancellation at once: one of them wins, and no money is lost", () =>
    Effect.gen(function* () {
      const { attempt, orders, placed, told } = yield* waiting
      yield* observe(placed, answering(attempt, { status: "EXPIRED" }))
      const pay = observe(placed, answering(attempt, { status: "PAID" }), false)
      const end = orders.modify(placed.id, decide({ _tag: "CancelByBuyer" }))
      yield* Effect.all([Effect.exit(pay), Effect.exit(end)], { concurrency: "unbounded" })
      const { cases, paidBy, payments, state } = yield* orders.get(placed.id)
      assert.strictEqual(payments.length, 1)
      if (state === "paid") assert.deepStrictEqual([paidBy, cases.length], [payments[0]?.id, 0])
      else assert.deepStrictEqual([state, paidBy, cases[0]?.reason], ["cancelled", null, "late"])
      assert.strictEqual((yield* told).length, state === "paid" ? 2 : 3)
    })
  )
}

/** What `Orders.modify` promises. */
export const modifying = (it: It<Needs>): void => {
  lives(it)
  writing(it)
  racing(it)
}
