import { assert } from "@effect/vitest"
import { Effect, Result } from "effect"
import * as fc from "fast-check"
import { Adoptions } from "../cart/Adoptions.ts"
import { Carts } from "../cart/Carts.ts"
import type { Identities } from "../identity/Identities.ts"
import type { Identity } from "../identity/Identity.ts"
import type { Item } from "../page/Item.ts"
import { put, someone } from "./acting.ts"
import { add } from "./CartFormsContract.ts"
import type { It } from "./contract.ts"
import { forAll } from "./prop.ts"
import { Seeds } from "./Seeds.ts"

type Needs = Adoptions | Carts | Identities | Seeds

const carts = fc.array(fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 3 }), {
  minLength: 2,
  maxLength: 4
})
/** How often a law is tried: each try writes what a whole evening of shopping does. */
const numRuns = 12

/** Two pages with three items, and a person. */
const market = Effect.gen(function* () {
  const seeds = yield* Seeds
  const pages = [(yield* seeds.page()).id, (yield* seeds.page()).id] as const
  const items = yield* Effect.forEach([pages[0], pages[0], pages[1]], (pageId) => seeds.item({ pageId }))
  return { items, pages, customer: (yield* seeds.person()).customer }
})

const fill = (identity: Identity, items: ReadonlyArray<Item>, quantities: ReadonlyArray<number>) =>
  Effect.forEach(items, (item, index) => {
    const quantity = quantities[index] ?? 0
    return quantity === 0 ? Effect.void : put(identity, item, quantity)
  })

/** How many of each item somebody has. */
const holds = Effect.fnUntraced(function* (identity: Identity, items: ReadonlyArray<Item>) {
  const all = yield* (yield* Carts).list(identity)
  const lines = all.flatMap(({ cart }) => cart.lines)
  return items.map(({ id }) => lines.find(({ itemId }) => itemId === id)?.quantity ?? 0)
})

/** What adoption always is, whatever carts hold. */
export const adoptionLaws = (it: It<Needs>): void => {
  it.effect(
    "any order of several adoptions, at once or repeated, ends in the largest of each: never fewer",
    () =>
      forAll(
        [carts, fc.array(fc.nat({ max: 3 }), { maxLength: 4 }), fc.boolean()],
        (given, again, together) =>
          Effect.gen(function* () {
            const adoptions = yield* Adoptions
            const { customer, items } = yield* market
            const [mine = [], ...theirs] = given
            yield* fill(customer, items, mine)
            const visitors = yield* Effect.forEach(theirs, () => someone)
            for (const [index, visitor] of visitors.entries())
              yield* fill(visitor, items, theirs[index] ?? [])
            const repeats = again.flatMap((index) => visitors[index] ?? [])
            yield* Effect.forEach(
              [...repeats, ...visitors],
              (visitor) => adoptions.adopt(visitor, customer),
              {
                concurrency: together ? "unbounded" : 1,
                discard: true
              }
            )
            const most = items.map((_, index) => Math.max(...given.map((cart) => cart[index] ?? 0)))
            assert.deepStrictEqual(yield* holds(customer, items), most)
            for (const visitor of visitors) assert.deepStrictEqual(yield* holds(visitor, items), [0, 0, 0])
          }),
        { numRuns }
      ),
    60_000
  )
  it.effect(
    "an add that races an adoption is not lost: it came along, or it is made again as the customer",
    () =>
      forAll(
        [fc.nat({ max: 2 }), fc.nat({ max: 2 })],
        (before, adds) =>
          Effect.gen(function* () {
            const adoptions = yield* Adoptions
            const { customer, items } = yield* market
            const [item] = items
            if (item === undefined) return
            const visitor = yield* someone
            if (before > 0) yield* put(visitor, item, before)
            const adding = Effect.result(add(visitor, item))
            const [added] = yield* Effect.all(
              [
                Effect.forEach(Array.from({ length: adds }), () => adding, { concurrency: "unbounded" }),
                adoptions.adopt(visitor, customer)
              ],
              { concurrency: "unbounded" }
            )
            const late = added.filter(Result.isFailure)
            for (const { failure } of late) assert.strictEqual(failure._tag, "VisitorAdopted")
            for (const _ of late) yield* add(customer, item)
            assert.strictEqual((yield* holds(customer, items))[0], before + adds)
          }),
        { numRuns }
      ),
    60_000
  )
}
