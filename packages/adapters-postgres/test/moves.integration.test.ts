import { PgClient } from "@effect/sql-pg"
import { assert, layer } from "@effect/vitest"
import type { Input } from "@rose-ash/cart-domain/order/Input"
import { type Order, OrderState, openCases } from "@rose-ash/cart-domain/order/Order"
import { decide } from "@rose-ash/cart-domain/order/Transitions"
import { answering, order, someone } from "@rose-ash/cart-domain/testing/acting"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { AttemptId, RefundId } from "@rose-ash/cart-domain/text/Ids"
import { hour, plus } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Exit, Result } from "effect"
import { constraintOf, sqlErrorIn } from "../src/sqlErrors.ts"
import { ports } from "./database.ts"

const action = { by: "robin", reason: "tried" }
const refundId = RefundId.make("00000000-0000-7000-8000-0000000000f1")
const attemptId = AttemptId.make("00000000-0000-7000-8000-0000000000b9")

/** Whatever may happen to an order, as far as it may change its state. */
const inputsFor = (of: Order): ReadonlyArray<Input> => {
  const seller = of.attempts.map(({ credentialId, merchantCode }) => ({ credentialId, merchantCode }))[0]
  return [
    ...of.attempts.flatMap((attempt) =>
      (["PAID", "EXPIRED", "FAILED"] as const).flatMap((status) =>
        [true, false].map(
          (acceptsLate): Input => ({ _tag: "Observed", seen: answering(attempt, { status }), acceptsLate })
        )
      )
    ),
    { _tag: "Deadline" },
    { _tag: "CancelByBuyer" },
    { _tag: "CancelBySeller", ...action, refundsAlone: true, refundId },
    { _tag: "PaidByHand", ...action, name: "cash" },
    ...(seller === undefined ? [] : [{ _tag: "PayAgain" as const, attemptId, seller }]),
    ...openCases(of).map(({ id }): Input => ({ _tag: "CreditCase", ...action, caseId: id }))
  ]
}

const shape = (of: Order): string => {
  const attempts = of.attempts.map(({ state }) => state)
  return JSON.stringify([of.state, attempts, of.cases.length, openCases(of).length, of.paidBy])
}

/**
 * Every move that the domain's table makes, found by walking on from a placed order until nothing new comes.
 */
const movesOf = (start: Order): ReadonlySet<string> => {
  const moves = new Set<string>()
  const seen = new Set<string>()
  const open = [start]
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (seen.has(shape(current))) continue
    seen.add(shape(current))
    for (const input of inputsFor(current)) {
      const decided = decide(input)(current, plus(current.expiresAt, hour))
      if (Result.isFailure(decided)) continue
      const next = decided.success.order
      if (next.state !== current.state) moves.add(`${current.state} → ${next.state}`)
      open.push(next)
    }
  }
  return moves
}

layer(ports(), { excludeTestServices: true })("orders", (it) => {
  it.effect("the database lets an order make exactly the moves of the domain's table", () =>
    Effect.gen(function* () {
      const seeds = yield* Seeds
      const sql = yield* PgClient.PgClient
      const item = yield* seeds.item({ pageId: (yield* seeds.page()).id })
      const domain = [...movesOf(yield* order(yield* someone, item)), "new → awaiting_payment", "new → paid"]

      const states = OrderState.literals
      const allowed: Array<string> = []
      const tryMove = (from: string, to: string) =>
        Effect.gen(function* () {
          yield* sql`CREATE TEMPORARY TABLE moving (state text) ON COMMIT DROP`
          if (from !== "new") yield* sql`INSERT INTO moving VALUES (${from})`
          yield* sql`CREATE TRIGGER moving AFTER INSERT OR UPDATE ON moving
            FOR EACH ROW EXECUTE FUNCTION cart.check_order_move()`
          yield* from === "new"
            ? sql`INSERT INTO moving VALUES (${to})`
            : sql`UPDATE moving SET state = ${to}`
        })
      for (const from of ["new", ...states]) {
        for (const to of states.filter((state) => state !== from)) {
          const exit = yield* Effect.exit(sql.withTransaction(tryMove(from, to)))
          if (Exit.isSuccess(exit)) allowed.push(`${from} → ${to}`)
          else {
            const error = sqlErrorIn(exit.cause)
            assert.strictEqual(error === undefined ? "" : constraintOf(error), "orders_move")
          }
        }
      }
      assert.sameMembers(allowed, domain)
      assert.strictEqual(allowed.length, 7)
    })
  )
})
