import { assert, it } from "@effect/vitest"
import { Cause, Deferred, Effect, Exit, Fiber } from "effect"
import { together } from "../src/together.ts"

/** Asks that are written down, each answered once `open` is. */
const asking = Effect.gen(function* () {
  const asked: Array<ReadonlyArray<string>> = []
  const open = yield* Deferred.make<void>()
  const ask = yield* together((keys) => {
    asked.push(keys)
    return Effect.as(
      Deferred.await(open),
      keys.map((key) => `of ${key}`)
    )
  })
  return { ask, asked, open }
})
const turn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
const every = { concurrency: "unbounded" } as const

it.live("what is asked in one turn is one question, and each gets the answer to its own key", () =>
  Effect.gen(function* () {
    const { ask, asked, open } = yield* asking
    yield* Deferred.succeed(open, undefined)
    assert.deepStrictEqual(yield* Effect.all(["a", "b", "a"].map(ask), every), ["of a", "of b", "of a"])
    assert.deepStrictEqual(asked, [["a", "b", "a"]])
  })
)
it.live("nothing is kept: what is asked later is a question of its own", () =>
  Effect.gen(function* () {
    const { ask, asked, open } = yield* asking
    yield* Deferred.succeed(open, undefined)
    yield* ask("a")
    yield* ask("a")
    assert.deepStrictEqual(asked, [["a"], ["a"]])
  })
)
it.live("while four questions are under way the next one collects", () =>
  Effect.gen(function* () {
    const { ask, asked, open } = yield* asking
    const fibers: Array<Fiber.Fiber<string>> = []
    for (const key of ["a", "b", "c", "d", "e", "f"]) {
      fibers.push(yield* Effect.forkChild(ask(key)))
      yield* turn
    }
    assert.deepStrictEqual(asked, [["a"], ["b"], ["c"], ["d"]])
    yield* Deferred.succeed(open, undefined)
    assert.deepStrictEqual(yield* Fiber.join(fibers[5] ?? Effect.runFork(Effect.never)), "of f")
    assert.deepStrictEqual(asked.at(-1), ["e", "f"])
  })
)
it.live("more than a hundred are several questions", () =>
  Effect.gen(function* () {
    const { ask, asked, open } = yield* asking
    yield* Deferred.succeed(open, undefined)
    const keys = Array.from({ length: 250 }, (_, n) => String(n))
    assert.strictEqual((yield* Effect.all(keys.map(ask), every))[249], "of 249")
    assert.deepStrictEqual(
      asked.map(({ length }) => length),
      [100, 100, 50]
    )
  })
)
it.live("who went away before it was asked is not asked about", () =>
  Effect.gen(function* () {
    const { ask, asked, open } = yield* asking
    const gone = yield* Effect.forkChild(ask("gone"), { startImmediately: true })
    yield* Fiber.interrupt(gone)
    yield* Deferred.succeed(open, undefined)
    yield* ask("a")
    assert.deepStrictEqual(asked, [["a"]])
  })
)
it.live("a question that breaks, breaks for all who were in it and for nobody after", () =>
  Effect.gen(function* () {
    let times = 0
    const ask = yield* together((keys) => {
      times += 1
      return times === 1 ? Effect.die(new Error("away")) : Effect.succeed(keys)
    })
    const exits = yield* Effect.all([Effect.exit(ask("a")), Effect.exit(ask("b"))], every)
    for (const exit of exits) assert.match(Exit.isFailure(exit) ? Cause.pretty(exit.cause) : "", /away/)
    assert.strictEqual(yield* ask("c"), "c")
  })
)
