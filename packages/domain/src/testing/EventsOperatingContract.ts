import { assert, layer } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import { OrderId } from "../text/Ids.ts"
import { day, Instant, minute } from "../time/Instant.ts"
import { fresh } from "./acting.ts"
import type { It, SuiteOptions } from "./contract.ts"
import { type Needs, names, outbox, pay } from "./EventsContract.ts"

const always = { since: Instant.make(0), until: Instant.make(Date.UTC(9999, 0)), stream: null }
const nameless = Effect.map(fresh, (id) => `consumer-${id.slice(-12)}`)

const enlisting = (it: It<Needs>): void => {
  it.effect("who is enlisted is told from then on; twice is once, and the others are named", () =>
    Effect.gen(function* () {
      const { consumer: other, events, placed } = yield* outbox
      const before = yield* placed
      const name = yield* nameless
      const enlisted = [{ name, neighbour: null }]
      assert.include(yield* events.enlist(enlisted), other)
      assert.notInclude(yield* events.enlist(enlisted), name)
      const after = yield* placed
      assert.deepStrictEqual(names(yield* events.claim(name, 100, minute)), [[after.id, "order.created"]])
      assert.notStrictEqual(before.id, after.id)
    })
  )
  it.effect(
    "who is retired is told nothing more, and what waited for it is gone; the others keep theirs",
    () =>
      Effect.gen(function* () {
        const { claim, events, placed } = yield* outbox
        const { claim: claimOther, consumer: retired } = yield* outbox
        const { id } = yield* placed
        assert.strictEqual(yield* events.retire(retired), 1)
        yield* placed
        assert.deepStrictEqual(yield* claimOther(), [])
        assert.strictEqual((yield* claim()).length, 2)
        assert.strictEqual(yield* events.retire(yield* nameless), 0)
        yield* events.enlist([{ name: retired, neighbour: null }])
        assert.deepStrictEqual(yield* claimOther(), [])
        assert.strictEqual((yield* events.ofOrder(id)).length, 1)
      })
  )
}

const burying = (it: It<Needs>): void => {
  it.effect(
    "what was given up is kept with its reason until somebody redrives it; then what followed it follows",
    () =>
      Effect.gen(function* () {
        const { claim, consumer, events, placed } = yield* outbox
        const order = yield* placed
        yield* pay(order)
        const [first] = yield* claim()
        if (first === undefined) return yield* Effect.die("not handed out")
        yield* events.failed(first, "500 from the subscriber", null)
        const dead = (yield* events.dead).filter((one) => one.consumer === consumer)
        assert.deepStrictEqual(
          dead.map(({ since: _, ...one }) => one),
          [
            {
              consumer,
              eventId: `${order.id}.1`,
              type: "order.created",
              stream: order.id,
              pageId: order.pageId,
              tries: 1,
              reason: "500 from the subscriber"
            }
          ]
        )
        assert.isAtLeast(dead[0]?.since ?? 0, order.placedAt)
        assert.strictEqual(yield* events.redrive(consumer), 1)
        assert.strictEqual(yield* events.redrive(consumer), 0)
        const [again] = yield* claim()
        assert.deepStrictEqual([again?.event.id, again?.tries], [`${order.id}.1`, 1])
        if (again !== undefined) yield* events.delivered(again)
        assert.deepStrictEqual(names(yield* claim()), [[order.id, "order.paid"]])
      })
  )
  it.effect("redriving one consumer leaves the others' dead alone, redriving all does not", () =>
    Effect.gen(function* () {
      const { claim, consumer, events, placed } = yield* outbox
      const { claim: claimOther, consumer: other } = yield* outbox
      yield* placed
      for (const delivery of [...(yield* claim()), ...(yield* claimOther())]) {
        yield* events.failed(delivery, "no", null)
      }
      assert.strictEqual(yield* events.redrive(other), 1)
      assert.deepStrictEqual([(yield* claim()).length, (yield* claimOther()).length], [0, 1])
      assert.isAtLeast(yield* events.redrive(null), 1)
      assert.strictEqual((yield* claim()).length, 1)
      assert.notInclude(
        (yield* events.dead).map((one) => one.consumer),
        consumer
      )
    })
  )
}

const replaying = (it: It<Needs>): void => {
  it.effect(
    "what was delivered is told again in its order, to one consumer, as often as it is replayed",
    () =>
      Effect.gen(function* () {
        const { claim, consumer, events, placed } = yield* outbox
        const { claim: claimOther } = yield* outbox
        const order = yield* placed
        yield* pay(order)
        const drain = Effect.gen(function* () {
          const told: Array<string> = []
          for (;;) {
            const due = yield* claim()
            if (due.length === 0) return told
            for (const delivery of due) {
              told.push(delivery.event.data._tag)
              yield* events.delivered(delivery)
            }
          }
        })
        assert.deepStrictEqual(yield* drain, ["order.created", "order.paid"])
        const mine = { ...always, consumer, stream: order.id }
        assert.strictEqual(yield* events.replay(mine), 2)
        assert.strictEqual(yield* events.replay(mine), 0, "what waits already waits once")
        assert.deepStrictEqual(yield* drain, ["order.created", "order.paid"])
        assert.strictEqual((yield* claimOther()).length, 1)
        const { placedAt } = order
        const hours = { consumer, stream: null, since: placedAt, until: Instant.make(placedAt + day) }
        assert.isAtLeast(yield* events.replay(hours), 2)
      })
  )
  it.effect("a replay of another order, another time or for nobody tells nothing", () =>
    Effect.gen(function* () {
      const { claim, consumer, events, placed } = yield* outbox
      const { placedAt } = yield* placed
      for (const delivery of yield* claim()) yield* events.delivered(delivery)
      const of = { ...always, consumer }
      const nobody = yield* nameless
      assert.strictEqual(yield* events.replay({ ...of, stream: OrderId.make(yield* fresh) }), 0)
      assert.strictEqual(yield* events.replay({ ...of, since: Instant.make(placedAt + day) }), 0)
      assert.strictEqual(yield* events.replay({ ...of, until: Instant.make(0) }), 0)
      assert.strictEqual(yield* events.replay({ ...of, consumer: nobody }), 0)
      yield* events.retire(consumer)
      assert.strictEqual(yield* events.replay(of), 0)
      assert.deepStrictEqual(yield* claim(), [])
    })
  )
}

/** What every adapter of `Events` owes to whoever operates it. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`Events, operated: ${name}`, (it) => {
    enlisting(it)
    burying(it)
    replaying(it)
  })

// Not asserted: that a neighbour alone may fetch what is told to it, and that at most 1,000 dead are listed.
