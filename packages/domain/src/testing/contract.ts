import type { Vitest } from "@effect/vitest"
import { Effect, Result } from "effect"
import type { HoldSeed } from "./Seeds.ts"
import { Seeds } from "./Seeds.ts"

/**
 * How a suite is run: against real databases and sockets without test services, else time would stand still.
 */
export interface SuiteOptions {
  readonly excludeTestServices?: boolean
}

/** Where a contract registers its tests. */
export type It<R> = Vitest.MethodsNonLive<R>

/** Milliseconds: longer than a busy machine takes to ask again, so what is not due yet is seen not to be. */
export const soon = 1500

/** How many fibers race where a promise speaks of concurrency. */
export const many = 8

/** The same effect by many at once. */
export const atOnce = <A, E, R>(
  effect: (index: number) => Effect.Effect<A, E, R>,
  times = many
): Effect.Effect<Array<A>, E, R> =>
  Effect.forEach(
    Array.from({ length: times }, (_, index) => index),
    effect,
    { concurrency: "unbounded" }
  )

/** The tag of the refusal; a success is a defect of the test. */
export const refusal = <A, E extends { readonly _tag: string }, R>(
  effect: Effect.Effect<A, E, R>
): Effect.Effect<E["_tag"], never, R> =>
  Effect.flatMap(Effect.result(effect), (result) =>
    Result.isFailure(result)
      ? Effect.succeed(result.failure._tag)
      : Effect.die(new Error(`not refused: ${JSON.stringify(result.success)}`))
  )

/** A pending entry; a full slot is a defect of the test. */
export const held = Effect.fnUntraced(function* (of: HoldSeed) {
  const entry = yield* (yield* Seeds).hold(of)
  return entry ?? (yield* Effect.die(new Error(`no free seat in ${of.slot}`)))
})

/** Ids, in the order of their own values. */
export const idsOf = <Id extends string>(of: ReadonlyArray<{ readonly id: Id }>): Array<Id> =>
  of.map(({ id }) => id).sort()
