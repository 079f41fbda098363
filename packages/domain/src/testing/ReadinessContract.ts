import { assert, layer } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import { Inbox } from "../event/Inbox.ts"
import { Readiness } from "../health/Readiness.ts"
import { Orders } from "../order/Orders.ts"
import { decide } from "../order/Transitions.ts"
import { RefundId } from "../text/Ids.ts"
import { answering, attemptOf, fresh, observe, order, someone } from "./acting.ts"
import type { SuiteOptions } from "./contract.ts"
import type { Needs as Placing } from "./PlacingRefusalsContract.ts"
import { Seeds } from "./Seeds.ts"

type Needs = Placing | Inbox | Readiness

/** What every adapter of `Readiness` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`Readiness: ${name}`, (it) => {
    it.effect("counts what waits, and no longer what was answered", () =>
      Effect.gen(function* () {
        const [inbox, orders, readiness, seeds] = [
          yield* Inbox,
          yield* Orders,
          yield* Readiness,
          yield* Seeds
        ]
        assert.deepStrictEqual(yield* readiness.missing, [])
        const before = yield* readiness.backlog
        const more = Effect.map(readiness.backlog, (now) =>
          Object.entries(now).flatMap(([name, count]) => {
            const was: number = Reflect.get(before, name)
            return count === was ? [] : [`${name} ${count - was}`]
          })
        )
        const placed = yield* order(yield* someone, yield* seeds.item({ pageId: (yield* seeds.page()).id }))
        const attempt = attemptOf(placed)
        const main = { transactionId: `transaction-${attempt.id}`, ...attempt.amount }
        const stray = { ...main, transactionId: `stray-${attempt.id}` }
        yield* observe(placed, answering(attempt, { status: "PAID", captured: [main, stray] }))
        const by = { by: "wren", reason: "paid twice" }
        const refundId = RefundId.make(yield* fresh)
        const paymentId = `sumup:${stray.transactionId}`
        const ask = decide({ _tag: "RefundAsked", refundId, paymentId, minor: placed.total, ...by })
        yield* orders.modify(placed.id, ask)
        yield* inbox.tell({ source: "blog", id: yield* fresh, type: "user.renamed", data: {} })
        assert.deepStrictEqual(yield* more, ["messages_due 1", "cases_open 1", "refunds_moving 1"])
        const [message] = yield* inbox.claim(1, 60_000)
        if (message !== undefined) yield* inbox.failed(message, "defect", null)
        assert.include(yield* more, "messages_dead 1")
        yield* orders.modify(placed.id, decide({ _tag: "RefundFailed", refundId }))
        const answer = { _tag: "ResolveCase", caseId: paymentId, answer: "written_off", ...by } as const
        yield* orders.modify(placed.id, decide(answer))
        yield* inbox.redrive
        const [again] = yield* inbox.claim(1, 60_000)
        if (again !== undefined) yield* inbox.handled(again, "not_for_us")
        assert.deepStrictEqual(yield* more, [])
      })
    )
  })

// Not asserted: what is said of a store that is away, and that each count is found by an index.
