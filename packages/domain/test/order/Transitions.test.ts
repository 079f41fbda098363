import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { decide, table } from "../../src/order/Transitions.ts"
import { awaiting } from "./table/awaiting.ts"
import { type InputName, inputs } from "./table/inputs.ts"
import { outcome } from "./table/outcome.ts"
import { over } from "./table/over.ts"
import { paid } from "./table/paid.ts"
import { now, situations } from "./table/situations.ts"

const written = { ...awaiting, ...paid, ...over }
const names = Object.keys(inputs).sort()
const given: ReadonlyMap<string, (typeof inputs)[InputName]> = new Map(Object.entries(inputs))
const inputNamed = (name: InputName) => given.get(name) ?? assert.fail(`no input ${name}`)

describe("S15 the table of moves", () => {
  it("has a cell for every input in every situation, and each cell once", () => {
    assert.sameMembers(Object.keys(written), Object.keys(situations))
    for (const [situation, rows] of Object.entries(written)) {
      assert.deepStrictEqual(Object.values(rows).flat().sort(), names, situation)
    }
  })
  it("is tried with every kind of input, in every state of an order", () => {
    const tags = new Set(Object.values(inputs).map(({ _tag }) => _tag))
    const states = new Set(Object.values(situations).map(({ state }) => state))
    assert.sameMembers([...states], Object.keys(table))
    for (const cells of Object.values(table)) assert.sameMembers([...tags], Object.keys(cells))
  })
  for (const [situation, order] of Object.entries(situations)) {
    describe(`an order ${situation}`, () => {
      for (const [expected, cells] of Object.entries(written[situation] ?? {})) {
        for (const name of cells) {
          it(`${name}: ${expected}`, () => assert.strictEqual(outcome(order, inputNamed(name)), expected))
        }
      }
    })
  }
})

describe("whatever happens to an order", () => {
  const cells = Object.entries(situations).flatMap(([situation, order]) =>
    Object.entries(inputs).flatMap(([name, input]) => {
      const answer = decide(input)(order, now)
      return Result.isSuccess(answer)
        ? [{ name: `${situation}, ${name}`, order, input, decision: answer.success }]
        : []
    })
  )
  it("S14 what was placed never changes", () => {
    for (const { decision, name, order } of cells) {
      const { cartId, cartRevision, currency, id, lines, number, owner, pageId, placedAt, tax, total } = order
      const frozen = {
        cartId,
        cartRevision,
        currency,
        id,
        lines,
        number,
        owner,
        pageId,
        placedAt,
        tax,
        total
      }
      assert.deepInclude(decision.order, frozen, name)
    }
  })
  it("S10 events are numbered on from what was told, and the order counts them", () => {
    for (const { decision, name, order } of cells) {
      const sequences = decision.events.map(({ sequence }) => sequence)
      assert.deepStrictEqual(
        sequences,
        decision.events.map((_, index) => order.told + index + 1),
        name
      )
      assert.strictEqual(decision.order.told, order.told + sequences.length, name)
    }
  })
  it("S3 every answer about one of its attempts is kept, and no other", () => {
    for (const { decision, input, name, order } of cells) {
      const isOurs = input._tag === "Observed" && order.attempts.some(({ id }) => id === input.seen.attemptId)
      assert.strictEqual(decision.observed, isOurs ? input.seen : null, name)
    }
  })
  it("S9 no payment, case, refund or attempt is ever lost, and payments never change", () => {
    for (const { decision, name, order } of cells) {
      const { attempts, cases, payments, refunds } = decision.order
      assert.deepStrictEqual(payments.slice(0, order.payments.length), order.payments, name)
      const ids = (of: ReadonlyArray<{ readonly id: string }>) => of.map(({ id }) => id)
      assert.deepStrictEqual(ids(attempts).slice(0, order.attempts.length), ids(order.attempts), name)
      assert.deepStrictEqual(ids(cases).slice(0, order.cases.length), ids(order.cases), name)
      assert.deepStrictEqual(ids(refunds).slice(0, order.refunds.length), ids(order.refunds), name)
    }
  })
  it("the same again, at the same moment, tells nothing new and moves no place", () => {
    for (const { decision, input, name } of cells) {
      const again = decide(input)(decision.order, now)
      if (Result.isFailure(again)) continue
      const { entries, events, order } = again.success
      assert.deepStrictEqual([events, entries._tag], [[], "Keep"], name)
      assert.deepStrictEqual(order, decision.order, name)
    }
  })
  it("L4 it ends with a next look, an open case, or nothing left to find out", () => {
    for (const { decision, name } of cells) {
      const { attempts, cases, dueAt, refunds, state } = decision.order
      const isLive = attempts.some((attempt) => attempt.state === "created" || attempt.state === "open")
      const isMoving = refunds.some((refund) => refund.state === "requested" || refund.state === "sent")
      if (state === "awaiting_payment" || isLive || isMoving) assert.isNotNull(dueAt, name)
      const uncredited = decision.order.payments.filter(({ id }) => id !== decision.order.paidBy)
      for (const { id } of uncredited)
        assert.isTrue(
          cases.some(({ paymentId }) => paymentId === id),
          name
        )
    }
  })
})
