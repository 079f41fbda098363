import { Effect } from "effect"
import { assert } from "vitest"
import { Wire } from "./database.ts"
import type { Fault } from "./PgProxy.ts"

const faults: ReadonlyArray<Fault> = ["before", "after"]

/**
 * Runs it once unharmed to see how many statements it sends, then once for each of them and each fault, in a
 * world of its own each time; and looks whether it was done, and done once.
 */
export const atEveryStatement = <W, A, E, R, E2, R2, E3, R3>(
  prepare: Effect.Effect<W, E, R>,
  act: (world: W) => Effect.Effect<A, E2, R2>,
  check: (world: W, answer: A) => Effect.Effect<void, E3, R3>
) =>
  Effect.gen(function* () {
    const { proxy } = yield* Wire
    const unharmed = yield* prepare
    proxy.reset()
    const usual = yield* act(unharmed)
    const statements = proxy.executed.length
    yield* check(unharmed, usual)
    for (let at = 0; at < statements; at += 1) {
      for (const fault of faults) {
        const world = yield* prepare
        let sent = 0
        proxy.reset()
        proxy.arm(() => {
          sent += 1
          return sent === at + 1
        }, fault)
        const answer = yield* act(world)
        assert.strictEqual(proxy.fired, 1, `statement ${at + 1} of ${statements}, ${fault}`)
        proxy.reset()
        yield* check(world, answer)
      }
    }
    return statements
  })
