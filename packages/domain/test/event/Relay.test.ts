import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Metric } from "effect"
import { TestClock } from "effect/testing"
import { triesMost } from "../../src/event/Backoff.ts"
import type { Told } from "../../src/event/CloudEvent.ts"
import { Events } from "../../src/event/Events.ts"
import { Relay, relayMost } from "../../src/event/Relay.ts"
import { SubscriberFailed, Subscribers } from "../../src/event/Subscribers.ts"
import { answering, attemptOf, observe, order, someone } from "../../src/testing/acting.ts"
import * as Memory from "../../src/testing/Memory.ts"
import { Seeds } from "../../src/testing/Seeds.ts"

type Deliver = (name: string, event: Told) => Effect.Effect<void, SubscriberFailed>

/** A relay in a world of its own, with two subscribers that do what a test says, and what they were told. */
const story = <A, E>(
  title: string,
  deliver: Deliver,
  told: (
    heard: ReadonlyArray<string>
  ) => Effect.Effect<A, E, Relay | Events | Layer.Success<typeof Memory.layer>>
) =>
  it.effect(title, () => {
    const heard: Array<string> = []
    const subscribers = Layer.succeed(Subscribers, {
      names: ["blog", "market"],
      deliver: (name, event) =>
        Effect.andThen(
          Effect.sync(() => heard.push(`${name} ${event.data._tag}`)),
          deliver(name, event)
        )
    })
    const world = Relay.layer.pipe(Layer.provide(subscribers), Layer.provideMerge(Memory.layer))
    const enlisted = Events.use((events) =>
      events.enlist(["blog", "market"].map((name) => ({ name, neighbour: null })))
    )
    return Effect.provide(
      Effect.andThen(
        enlisted,
        Effect.suspend(() => told(heard))
      ),
      Layer.fresh(world)
    )
  })

/** An order that was placed and paid: two events, the second after the first. */
const paid = Effect.gen(function* () {
  const seeds = yield* Seeds
  const item = yield* seeds.item({ pageId: (yield* seeds.page()).id })
  const placed = yield* order(yield* someone, item)
  return yield* observe(placed, answering(attemptOf(placed), { status: "PAID" }))
})
const down: Deliver = () => Effect.fail(new SubscriberFailed({ reason: "500" }))
const takes: Deliver = () => Effect.void

describe("the relay", () => {
  story("tells each subscriber everything, of an order in order, and then nothing", takes, (heard) =>
    Effect.gen(function* () {
      const relay = yield* Relay
      yield* paid
      assert.deepStrictEqual([yield* relay.pass("blog"), yield* relay.pass("blog")], [1, 1])
      assert.strictEqual(yield* relay.pass("blog"), 0)
      assert.deepStrictEqual(heard, ["blog order.created", "blog order.paid"])
      assert.strictEqual(yield* relay.pass("market"), 1)
    })
  )
  story(
    "one subscriber that is down holds up neither the other nor other orders",
    (name, event) => (name === "blog" && event.sequence === 1 ? down(name, event) : Effect.void),
    (heard) =>
      Effect.gen(function* () {
        const relay = yield* Relay
        yield* paid
        yield* paid
        assert.strictEqual(yield* relay.pass("blog"), 0)
        assert.deepStrictEqual(heard, ["blog order.created", "blog order.created"])
        assert.strictEqual(yield* relay.pass("market"), 2)
        assert.strictEqual(yield* relay.pass("market"), 2)
      })
  )
  story("what failed is tried again later and later, then is dead and is told to somebody", down, (heard) =>
    Effect.gen(function* () {
      const [relay, events] = [yield* Relay, yield* Events]
      yield* paid
      yield* relay.pass("blog")
      yield* relay.pass("blog")
      assert.strictEqual(heard.length, 1)
      for (let tries = 1; tries < triesMost; tries++) {
        yield* TestClock.adjust("1 hour")
        yield* relay.pass("blog")
      }
      assert.strictEqual(heard.length, triesMost)
      assert.deepStrictEqual(
        (yield* events.dead).map(({ consumer, reason, tries, type }) => [consumer, type, tries, reason]),
        [["blog", "order.created", triesMost, "500"]]
      )
      yield* TestClock.adjust("1 day")
      assert.strictEqual(yield* relay.pass("blog"), 0)
      assert.strictEqual(heard.length, triesMost)
    })
  )
  story(
    "our own fault while telling costs that event a try and no other event anything",
    (name, event) =>
      event.data._tag === "order.created" ? Effect.die(new Error("bug")) : takes(name, event),
    () =>
      Effect.gen(function* () {
        const [relay, events] = [yield* Relay, yield* Events]
        yield* paid
        assert.strictEqual(yield* relay.pass("blog"), 0)
        yield* TestClock.adjust("1 minute")
        const [again] = yield* events.claim("blog", 10, 1000)
        assert.deepStrictEqual([again?.event.data._tag, again?.tries], ["order.created", 2])
      })
  )
  story(
    "a slow subscriber is told eight at once, and a pass ends within the lease",
    () => Effect.sleep("5 seconds"),
    (heard) =>
      Effect.gen(function* () {
        const relay = yield* Relay
        yield* Effect.replicateEffect(paid, relayMost + 8)
        const pass = yield* Effect.forkChild(relay.pass("blog"))
        yield* TestClock.adjust("1 second")
        assert.strictEqual(heard.length, 8)
        yield* TestClock.adjust("19 seconds")
        assert.strictEqual(heard.length, relayMost)
        assert.isDefined(pass.pollUnsafe())
      })
  )
  story(
    "one that was cut off is told the same again after its lease",
    () => Effect.never,
    (heard) =>
      Effect.gen(function* () {
        const relay = yield* Relay
        yield* paid
        yield* Effect.timeoutOption(relay.pass("blog"), "2 seconds").pipe(
          Effect.forkChild,
          Effect.andThen(TestClock.adjust("3 seconds"))
        )
        yield* Effect.forkChild(relay.pass("blog"))
        yield* TestClock.adjust("1 second")
        assert.strictEqual(heard.length, 1)
        yield* TestClock.adjust("30 seconds")
        yield* Effect.forkChild(relay.pass("blog"))
        yield* TestClock.adjust("1 second")
        assert.deepStrictEqual(heard, ["blog order.created", "blog order.created"])
      })
  )
  story("every try is counted by what came of it", takes, () =>
    Effect.gen(function* () {
      const relay = yield* Relay
      const delivered = Effect.map(Metric.snapshot, (all) =>
        all
          .filter(
            ({ attributes, id }) => id === "cart_events_told_total" && attributes?.["outcome"] === "delivered"
          )
          .reduce((sum, { state }) => sum + ("count" in state ? Number(state.count) : 0), 0)
      )
      const before = yield* delivered
      yield* paid
      yield* relay.pass("blog")
      assert.strictEqual((yield* delivered) - before, 1)
    })
  )
})
