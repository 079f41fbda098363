import { assert, describe, it } from "@effect/vitest"
import { Reconciling } from "@rose-ash/cart-domain/checkout/Reconciling"
import { Sweep, sweepMost } from "@rose-ash/cart-domain/checkout/Sweep"
import { Consuming } from "@rose-ash/cart-domain/event/Consuming"
import { Relay, relayMost } from "@rose-ash/cart-domain/event/Relay"
import { Audits } from "@rose-ash/cart-domain/health/Audits"
import { Readiness } from "@rose-ash/cart-domain/health/Readiness"
import { Deferred, Effect, Layer, Logger, Metric, Ref } from "effect"
import { TestClock } from "effect/testing"
import * as Workers from "../src/Workers.ts"

const add = (n: number) => n + 1
/** What the relay and the inbox have to do: nothing, unless told otherwise. */
const idle = {
  relay: Layer.succeed(Relay, { names: [], pass: () => Effect.succeed(0) }),
  consuming: Layer.succeed(Consuming, { pass: () => Effect.succeed(0) }),
  audits: Layer.succeed(Audits, { breaks: () => Effect.succeed([]) })
}

/** The workers with a sweep whose passes are what `pass` says. */
const working = (
  pass: Effect.Effect<number>,
  missing: Effect.Effect<ReadonlyArray<string>> = Effect.succeed([]),
  others = idle
) =>
  Workers.layer.pipe(
    Layer.provide(Layer.mock(Sweep, { look: () => Effect.die("not asked"), pass: () => pass })),
    Layer.provide(Layer.merge(others.relay, others.consuming)),
    Layer.provide(others.audits),
    Layer.provide(Layer.mock(Reconciling, { nightly: () => Effect.succeed([]) })),
    Layer.provide(Layer.mock(Readiness, { missing }))
  )

const run = (pass: Effect.Effect<number>, during: Effect.Effect<void>) =>
  Effect.provide(during, working(pass))

describe("workers", () => {
  it.effect("sweep about once a second while there is little to do", () =>
    Effect.gen(function* () {
      const passes = yield* Ref.make(0)
      const one = Effect.as(
        Ref.update(passes, (n) => n + 1),
        0
      )
      yield* run(one, Effect.asVoid(TestClock.adjust("20 seconds")))
      const n = yield* Ref.get(passes)
      assert.isAtLeast(n, 16)
      assert.isAtMost(n, 26)
    })
  )

  it.effect("a full pass is followed at once", () =>
    Effect.gen(function* () {
      const passes = yield* Ref.make(0)
      const one = Ref.modify(passes, (n): [number, number] => [n < 4 ? sweepMost : 0, n + 1])
      yield* run(one, Effect.asVoid(TestClock.adjust("100 millis")))
      assert.strictEqual(yield* Ref.get(passes), 5)
    })
  )

  it.effect("go on after a pass that broke", () =>
    Effect.gen(function* () {
      const passes = yield* Ref.make(0)
      const one = Effect.andThen(
        Ref.update(passes, (n) => n + 1),
        Effect.die(new Error("broken"))
      )
      yield* run(one, Effect.asVoid(TestClock.adjust("5 seconds")))
      assert.isAtLeast(yield* Ref.get(passes), 4)
    })
  )

  it.effect("finish the pass under way when they are stopped, and begin no other", () =>
    Effect.gen(function* () {
      const [begun, ended] = [yield* Ref.make(0), yield* Ref.make(0)]
      const started = yield* Deferred.make<void>()
      const one = Effect.gen(function* () {
        yield* Ref.update(begun, (n) => n + 1)
        yield* Deferred.succeed(started, undefined)
        yield* Effect.sleep("3 seconds")
        yield* Ref.update(ended, (n) => n + 1)
        return sweepMost
      })
      const stopped = yield* Effect.forkChild(run(one, Deferred.await(started)))
      yield* TestClock.adjust("10 seconds")
      yield* Effect.yieldNow
      assert.deepStrictEqual([yield* Ref.get(begun), yield* Ref.get(ended)], [1, 1])
      assert.isDefined(stopped.pollUnsafe())
    })
  )

  it.effect("count once an hour what is broken, by invariant, and say it", () =>
    Effect.gen(function* () {
      const said: Array<unknown> = []
      const logger = Logger.make(({ message }) => void said.push(message))
      let asked = 0
      const found = { invariant: "S9", subject: "RA-1", detail: "money is not here" }
      const breaks = () => Effect.sync(() => (asked++ === 0 ? [found, found] : []))
      const audits = Layer.succeed(Audits, { breaks })
      const counted = Effect.map(Metric.snapshot, (all) =>
        all.flatMap(({ attributes, id, state }) =>
          id === "invariant_breaks" && attributes?.["invariant"] === "S9" ? [state] : []
        )
      )
      const during = Effect.gen(function* () {
        yield* TestClock.adjust("1 minute")
        assert.deepEqual<unknown>(yield* counted, [{ value: 2 }])
        yield* TestClock.adjust("2 hours")
        assert.deepEqual<unknown>(yield* counted, [{ value: 0 }])
      })
      yield* Effect.provide(during, working(Effect.succeed(0), Effect.succeed([]), { ...idle, audits })).pipe(
        Effect.provide(Logger.layer([logger]))
      )
      assert.deepStrictEqual(said, [
        ["an invariant is broken", found],
        ["an invariant is broken", found]
      ])
      assert.isAtMost(asked, 4)
    })
  )

  it.effect("count nothing before all stands that is counted", () =>
    Effect.gen(function* () {
      const [missing, asked] = [yield* Ref.make<ReadonlyArray<string>>(["no events"]), yield* Ref.make(0)]
      const breaks = () => Effect.map(Ref.getAndUpdate(asked, add), () => [])
      const audits = Layer.succeed(Audits, { breaks })
      const during = Effect.gen(function* () {
        yield* TestClock.adjust("5 minutes")
        assert.strictEqual(yield* Ref.get(asked), 0)
        yield* Ref.set(missing, [])
        yield* TestClock.adjust("2 minutes")
        assert.strictEqual(yield* Ref.get(asked), 1)
      })
      yield* Effect.provide(during, working(Effect.succeed(0), Ref.get(missing), { ...idle, audits })).pipe(
        Effect.provide(Logger.layer([]))
      )
    })
  )

  it.effect("tell at the start what is missing", () =>
    Effect.gen(function* () {
      const said: Array<unknown> = []
      const logger = Logger.make(({ message }) => void said.push(message))
      yield* Effect.void.pipe(
        Effect.provide(working(Effect.succeed(0), Effect.succeed(["no events", "no market"]))),
        Effect.provide(Logger.layer([logger]))
      )
      assert.deepStrictEqual(said, [["not ready: no events"], ["not ready: no market"]])
    })
  )

  it.effect(
    "tell each subscriber in a loop of its own: a slow one holds up neither another nor the sweep",
    () =>
      Effect.gen(function* () {
        const gate = yield* Deferred.make<void>()
        const passes = new Map<string, number>()
        const count = (name: string) => Effect.sync(() => passes.set(name, (passes.get(name) ?? 0) + 1))
        const relay = Layer.succeed(Relay, {
          names: ["slow", "quick"],
          pass: (name: string) =>
            Effect.andThen(
              count(name),
              name === "slow" ? Effect.as(Deferred.await(gate), 0) : Effect.succeed(0)
            )
        })
        const consuming = Layer.succeed(Consuming, { pass: () => Effect.as(count("inbox"), 0) })
        const during = Effect.andThen(TestClock.adjust("10 seconds"), Deferred.succeed(gate, undefined))
        yield* Effect.provide(
          during,
          working(Effect.as(count("sweep"), 0), Effect.succeed([]), { ...idle, relay, consuming })
        )
        assert.strictEqual(passes.get("slow"), 1)
        for (const name of ["quick", "inbox", "sweep"]) assert.isAtLeast(passes.get(name) ?? 0, 8, name)
      })
  )

  it.effect("a full pass of the relay is followed at once, one that reached nobody is not", () =>
    Effect.gen(function* () {
      const asked: Array<string> = []
      const relay = Layer.succeed(Relay, {
        names: ["busy", "down"],
        pass: (name: string) =>
          Effect.sync(() => {
            asked.push(name)
            const times = asked.filter((one) => one === name).length
            return name === "busy" && times < 5 ? relayMost : 0
          })
      })
      const during = Effect.asVoid(TestClock.adjust("100 millis"))
      yield* Effect.provide(during, working(Effect.succeed(0), Effect.succeed([]), { ...idle, relay }))
      assert.deepStrictEqual(
        ["busy", "down"].map((name) => asked.filter((one) => one === name).length),
        [5, 1]
      )
    })
  )
})
