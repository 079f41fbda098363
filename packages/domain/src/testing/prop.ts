import { it } from "@effect/vitest"
import { Effect, type Scope } from "effect"
import * as fc from "fast-check"

type Drawn<Ts> = { [K in keyof Ts]: fc.Arbitrary<Ts[K]> }

/**
 * Runs an Effect property under fast-check with the services around it; each run has its own scope. A
 * failure, a defect or `false` falsifies it; the report carries seed, path and the shrunk counterexample.
 */
export const forAll = <Ts extends [unknown, ...Array<unknown>], E, R>(
  arbitraries: Drawn<Ts>,
  property: (...values: Ts) => Effect.Effect<unknown, E, R>,
  parameters: fc.Parameters<Ts> = {}
): Effect.Effect<void, never, Exclude<R, Scope.Scope>> =>
  Effect.flatMap(Effect.context<Exclude<R, Scope.Scope>>(), (context) => {
    const run = Effect.runPromiseWith(context)
    const holds = (...values: Ts) =>
      Effect.scoped(property(...values)).pipe(Effect.map((held) => held !== false))
    return Effect.promise((signal) =>
      fc.assert(
        fc.asyncProperty(...arbitraries, (...values) => run(holds(...values), { signal })),
        parameters
      )
    )
  })

/**
 * A test of an Effect property. Under `layer(L)` write `it.effect(name, () => forAll(…))` to reach the layer.
 */
export const prop = <Ts extends [unknown, ...Array<unknown>], E>(
  name: string,
  arbitraries: Drawn<Ts>,
  property: (...values: Ts) => Effect.Effect<unknown, E, Scope.Scope>,
  parameters: fc.Parameters<Ts> & { readonly testTimeout?: number } = {}
): void => it.effect(name, () => forAll(arbitraries, property, parameters), parameters.testTimeout)

/** A test of a pure property: it asserts, or returns `false`. */
export const law = <Ts extends [unknown, ...Array<unknown>]>(
  name: string,
  arbitraries: Drawn<Ts>,
  property: (...values: Ts) => unknown,
  parameters: fc.Parameters<Ts> & { readonly testTimeout?: number } = {}
): void =>
  it(
    name,
    () =>
      fc.assert(
        fc.property(...arbitraries, (...values) => property(...values) !== false),
        parameters
      ),
    parameters.testTimeout
  )
