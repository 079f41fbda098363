import { assert, layer } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import type { Carts } from "../cart/Carts.ts"
import { type Delivery, Events } from "../event/Events.ts"
import type { Identities } from "../identity/Identities.ts"
import type { Order } from "../order/Order.ts"
import type { Orders } from "../order/Orders.ts"
import { OrderId } from "../text/Ids.ts"
import { minute } from "../time/Instant.ts"
import { answering, attemptOf, fresh, observe, order, someone } from "./acting.ts"
import { atOnce, type It, type SuiteOptions, soon } from "./contract.ts"
import { Seeds } from "./Seeds.ts"

export type Needs = Carts | Events | Identities | Orders | Seeds

/** A placed order, and a consumer of its own that is told of everything from now on. */
export const outbox = Effect.gen(function* () {
  const events = yield* Events
  const seeds = yield* Seeds
  const consumer = `consumer-${(yield* fresh).slice(-12)}`
  yield* seeds.consumer(consumer)
  const placed = Effect.gen(function* () {
    const item = yield* seeds.item({ pageId: (yield* seeds.page()).id })
    return yield* order(yield* someone, item)
  })
  const claim = (lease: number = minute) => events.claim(consumer, 100, lease)
  return { claim, consumer, events, placed, seeds }
})

export const pay = (of: Order) => observe(of, answering(attemptOf(of), { status: "PAID" }))
export const names = (of: ReadonlyArray<Delivery>) => of.map(({ event }) => [event.stream, event.data._tag])

const telling = (it: It<Needs>): void => {
  it.effect("an order tells what happened to it, numbered from 1 without gaps, once", () =>
    Effect.gen(function* () {
      const { events, placed } = yield* outbox
      const waiting = yield* placed
      const paid = yield* pay(waiting)
      yield* pay(waiting)
      const told = yield* events.ofOrder(paid.id)
      assert.deepStrictEqual(
        told.map(({ data }) => data._tag),
        ["order.created", "order.paid"]
      )
      assert.deepStrictEqual(
        told.map(({ sequence }) => sequence),
        [1, 2]
      )
      assert.deepStrictEqual(
        told.map(({ id }) => id),
        [`${paid.id}.1`, `${paid.id}.2`]
      )
      assert.isTrue(told.every(({ pageId, stream }) => stream === paid.id && pageId === paid.pageId))
      const moments: ReadonlyArray<number | null> = told.map(({ at }) => at)
      assert.deepStrictEqual(moments, [paid.placedAt, paid.paidAt])
      const { currency, number, total: minor } = paid
      const said: ReadonlyArray<unknown> = told.map(({ data }) => data)
      const total = { minor, currency }
      assert.deepStrictEqual(said[1], { _tag: "order.paid", number, total, by: "provider", late: false })
      assert.deepStrictEqual(yield* events.ofOrder(OrderId.make(yield* fresh)), [])
    })
  )
  it.effect("of one order only the oldest event is handed out until it is delivered", () =>
    Effect.gen(function* () {
      const { claim, events, placed } = yield* outbox
      const [one, other] = [yield* placed, yield* placed]
      yield* pay(one)
      const first = yield* claim()
      assert.sameDeepMembers(names(first), [
        [one.id, "order.created"],
        [other.id, "order.created"]
      ])
      assert.deepStrictEqual(yield* claim(), [])
      for (const delivery of first) yield* events.delivered(delivery)
      assert.deepStrictEqual(names(yield* claim()), [[one.id, "order.paid"]])
    })
  )
  it.effect("consumers are told apart from each other, and strangers of nothing", () =>
    Effect.gen(function* () {
      const { claim, events, placed } = yield* outbox
      const { claim: claimOther } = yield* outbox
      const { id } = yield* placed
      for (const delivery of yield* claim()) yield* events.delivered(delivery)
      assert.deepStrictEqual(yield* claim(), [])
      assert.deepStrictEqual(names(yield* claimOther()), [[id, "order.created"]])
      assert.deepStrictEqual(yield* events.claim("nobody-listens", 100, minute), [])
    })
  )
}

const leasing = (it: It<Needs>): void => {
  it.effect("a delivery is in one pair of hands at a time", () =>
    Effect.gen(function* () {
      const { claim, placed } = yield* outbox
      yield* placed
      yield* placed
      const claimed = (yield* atOnce(() => claim())).flat()
      assert.strictEqual(claimed.length, 2)
      assert.deepStrictEqual(
        claimed.map(({ tries }) => tries),
        [1, 1]
      )
      assert.strictEqual(new Set(claimed.map(({ event }) => event.id)).size, 2)
    })
  )
  it.effect("a claim takes no more than it asked for", () =>
    Effect.gen(function* () {
      const { consumer, events, placed } = yield* outbox
      yield* placed
      yield* placed
      assert.strictEqual((yield* events.claim(consumer, 1, minute)).length, 1)
      assert.strictEqual((yield* events.claim(consumer, 1, minute)).length, 1)
      assert.strictEqual((yield* events.claim(consumer, 1, minute)).length, 0)
    })
  )
  it.effect("a lease that ran out passes on, and its old holder settles nothing", () =>
    Effect.gen(function* () {
      const { claim, events, placed, seeds } = yield* outbox
      yield* placed
      const [lost] = yield* claim(50)
      yield* seeds.wait(120)
      const [taken] = yield* claim()
      if (lost === undefined || taken === undefined) return yield* Effect.die("not handed out")
      assert.deepStrictEqual([taken.event.id, taken.tries], [lost.event.id, 2])
      assert.notStrictEqual(taken.lease, lost.lease)
      yield* events.failed(lost, "too late", 0)
      assert.deepStrictEqual(yield* claim(), [])
      yield* events.delivered(lost)
      yield* events.failed(taken, "not now", 0)
      assert.strictEqual((yield* claim())[0]?.tries, 3)
    })
  )
  it.effect("what failed waits its time, and what was given up is not handed out, nor what follows it", () =>
    Effect.gen(function* () {
      const { claim, events, placed, seeds } = yield* outbox
      const waiting = yield* placed
      const other = yield* placed
      yield* pay(waiting)
      for (const delivery of yield* claim()) {
        yield* events.failed(delivery, "no answer", delivery.event.stream === other.id ? soon : null)
      }
      assert.deepStrictEqual(yield* claim(), [])
      yield* seeds.wait(soon + 100)
      assert.deepStrictEqual(names(yield* claim()), [[other.id, "order.created"]])
    })
  )
}

/** What every adapter of `Events` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`Events: ${name}`, (it) => {
    telling(it)
    leasing(it)
  })

// Not asserted: that a claim hands out at most 100, that delivered events stay readable for ever, and in
// which order different orders' events are handed out.
