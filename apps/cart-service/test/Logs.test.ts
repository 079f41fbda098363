import { assert, describe, it } from "@effect/vitest"
import { Cause, Data, Effect, Logger, References } from "effect"
import { line } from "../src/Logs.ts"

const canary = "canary ada@example.org <b>"
class Declined extends Data.TaggedError("Declined")<{ readonly email: string; readonly code: string }> {}

/** What an effect logs, line by line. */
const logged = (effect: Effect.Effect<unknown>) => {
  const lines: Array<string> = []
  const logger = Logger.make((event) => void lines.push(line(event)))
  return Effect.as(effect, lines).pipe(
    Effect.provide(Logger.layer([logger])),
    Effect.provideService(References.MinimumLogLevel, "Debug")
  )
}

describe("logs", () => {
  it.effect("a line is JSON with time, level, sentence and what is allowed beside it", () =>
    Effect.gen(function* () {
      const [text = ""] = yield* logged(
        Effect.annotateLogs(Effect.logWarning("request", { status: 303, ms: 4 }), {
          route: "/p/:page/lines/:item",
          method: "POST"
        })
      )
      const { time, ...told }: { time: string } = JSON.parse(text)
      assert.isFalse(Number.isNaN(Date.parse(time)))
      assert.deepStrictEqual<object>(told, {
        level: "warn",
        message: "request",
        route: "/p/:page/lines/:item",
        method: "POST",
        status: 303,
        ms: 4
      })
    })
  )

  it.effect("names that are not allowed, and free text under allowed names, stay out", () =>
    Effect.gen(function* () {
      const [text = ""] = yield* logged(
        Effect.annotateLogs(Effect.log("request", { email: "canary", body: "canary", order: canary }), {
          cookie: "canary",
          page: "ash-bakery"
        })
      )
      assert.notInclude(text, "canary")
      assert.include(text, "ash-bakery")
    })
  )

  it.effect("of what went wrong it tells what it is and where, never what it says", () =>
    Effect.gen(function* () {
      const inner = new Declined({ email: canary, code: "23505" })
      const plain = new Error("canary", { cause: inner })
      const cause = Cause.combine(Cause.die(plain), Cause.fail(inner))
      const [text = ""] = yield* logged(Effect.logError("the order broke", cause))
      assert.notInclude(text, "canary")
      assert.nestedInclude(JSON.parse(text), {
        "trouble[0].kind": "Die",
        "trouble[0].is[0].name": "Error",
        "trouble[0].is[1].code": "23505",
        "trouble[1].kind": "Fail",
        "trouble[1].is[0]._tag": "Declined"
      })
      assert.match(text, /"at [^"]*Logs\.test\.ts/)
    })
  )
})
