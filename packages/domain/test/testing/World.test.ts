import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Layer, Result } from "effect"
import * as Cart from "../../src/cart/Cart.ts"
import { Carts } from "../../src/cart/Carts.ts"
import { fresh, put, someone } from "../../src/testing/acting.ts"
import * as Memory from "../../src/testing/Memory.ts"
import { Seeds } from "../../src/testing/Seeds.ts"
import { Pause, World } from "../../src/testing/World.ts"
import { CartLineId } from "../../src/text/Ids.ts"

const corner = Effect.gen(function* () {
  const carts = yield* Carts
  const seeds = yield* Seeds
  const world = yield* World
  const item = yield* seeds.item({ pageId: (yield* seeds.page()).id })
  const identity = yield* someone
  return { carts, identity, item, of: { identity, pageId: item.pageId }, world }
})
const inMemory = <A, E>(effect: Effect.Effect<A, E, Layer.Success<typeof Memory.layer>>) =>
  Effect.provide(effect, Layer.fresh(Memory.layer))

describe("a world in memory", () => {
  it.effect("stays as it was when a decision refuses, and when it breaks", () =>
    inMemory(
      Effect.gen(function* () {
        const { carts, identity, item, of, world } = yield* corner
        yield* put(identity, item)
        const before = yield* world.peek
        yield* Effect.flip(carts.modify(of, () => Result.fail("no" as const)))
        const broken = yield* Effect.exit(
          carts.modify(of, () => {
            throw new Error("broken")
          })
        )
        assert.isTrue(Exit.isFailure(broken) && Cause.hasDies(broken.cause))
        assert.strictEqual(yield* world.peek, before)
      })
    )
  )
  it.effect(
    "lets others go first wherever it may pause: whoever looks and then writes finds the cart changed",
    () =>
      inMemory(
        Effect.gen(function* () {
          const { carts, identity, item, of } = yield* corner
          const careless = Effect.gen(function* () {
            const { cart } = yield* carts.view(identity, item.pageId)
            const lineId = CartLineId.make(yield* fresh)
            const next = Result.getOrThrow(Cart.add(item, 1, lineId)(cart))
            yield* carts.modify(of, () => Result.succeed(next))
          })
          const twice = Effect.all([careless, careless], { concurrency: "unbounded" })
          yield* Effect.provideService(twice, Pause, () => Effect.yieldNow)
          const lost = yield* carts.view(identity, item.pageId)
          assert.strictEqual(Cart.quantityOf(lost.cart, item.id), 1)
        })
      )
  )
  it.effect("names every step it takes, before and after", () =>
    inMemory(
      Effect.gen(function* () {
        const { carts, of } = yield* corner
        const seen: Array<string> = []
        const noting: Pause = (at) => Effect.sync(() => void seen.push(at))
        yield* Effect.provideService(carts.view(of.identity, of.pageId), Pause, noting)
        assert.deepStrictEqual(seen, ["Carts.view.before", "Carts.view.after"])
      })
    )
  )
  it.effect("shares one store among instances, and is another store when made afresh", () =>
    Effect.gen(function* () {
      const shared = Memory.layerNoDeps.pipe(Layer.provideMerge(World.layer))
      const pages = Effect.map(World, ({ peek }) => peek)
      const [one, two] = yield* Effect.provide(
        Effect.gen(function* () {
          const seeds = yield* Seeds
          yield* seeds.page()
          const here = yield* yield* pages
          const there = yield* Effect.provide(Effect.flatten(pages), Memory.layerNoDeps)
          return [here, there] as const
        }),
        shared
      )
      assert.strictEqual(one, two)
      assert.notStrictEqual(yield* inMemory(Effect.flatten(pages)), one)
    })
  )
})
