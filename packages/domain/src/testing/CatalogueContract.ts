import { assert, layer } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import { money } from "../money/Money.ts"
import { Catalogue } from "../page/Catalogue.ts"
import { ItemId } from "../text/Ids.ts"
import { fresh } from "./acting.ts"
import { idsOf, refusal, type SuiteOptions } from "./contract.ts"
import { Seeds } from "./Seeds.ts"

/** What every adapter of `Catalogue` owes. */
export const suite = <E>(
  name: string,
  ports: Layer.Layer<Catalogue | Seeds, E>,
  options: SuiteOptions = {}
): void =>
  layer(ports, options)(`Catalogue: ${name}`, (it) => {
    it.effect("an item is as its page sells it now", () =>
      Effect.gen(function* () {
        const catalogue = yield* Catalogue
        const seeds = yield* Seeds
        const { id: pageId } = yield* seeds.page({ currency: "EUR" })
        const given = { name: "Rye 'n' <salt>", price: money(1999, "EUR"), taxRate: 700, most: 3 }
        const item = yield* seeds.item({ pageId, ...given })
        assert.deepStrictEqual({ ...item, ...given }, item)
        assert.deepStrictEqual(yield* catalogue.get(item.id), item)
        yield* seeds.reprice(item.id, 2100)
        assert.deepStrictEqual(yield* catalogue.get(item.id), { ...item, price: money(2100, "EUR") })
      })
    )
    it.effect("an item that is no longer for sale is still known; a forgotten one is not", () =>
      Effect.gen(function* () {
        const catalogue = yield* Catalogue
        const seeds = yield* Seeds
        const item = yield* seeds.item({ pageId: (yield* seeds.page()).id })
        yield* seeds.offer(item.id, false)
        assert.deepStrictEqual(yield* catalogue.get(item.id), { ...item, available: false })
        yield* seeds.forget(item.id)
        assert.strictEqual(yield* refusal(catalogue.get(item.id)), "ItemNotFound")
        assert.strictEqual(yield* refusal(catalogue.get(ItemId.make(`item-${yield* fresh}`))), "ItemNotFound")
      })
    )
    it.effect("an item that names no page is the cooperative's own", () =>
      Effect.gen(function* () {
        const catalogue = yield* Catalogue
        const seeds = yield* Seeds
        const item = yield* seeds.item({ pageId: null })
        assert.strictEqual((yield* catalogue.get(item.id)).pageId, (yield* seeds.cooperative).id)
      })
    )
    it.effect("a list holds each known item once, for sale or not, and no other", () =>
      Effect.gen(function* () {
        const catalogue = yield* Catalogue
        const seeds = yield* Seeds
        const { id: pageId } = yield* seeds.page()
        const items = yield* Effect.forEach([true, false], (available) => seeds.item({ pageId, available }))
        yield* seeds.item({ pageId })
        const unknown = ItemId.make(`item-${yield* fresh}`)
        const asked = [...items, ...items].map(({ id }) => id)
        const listed = yield* catalogue.list([...asked, unknown])
        assert.deepStrictEqual(idsOf(listed), idsOf(items))
        for (const item of listed) assert.deepStrictEqual(yield* catalogue.get(item.id), item)
        assert.deepStrictEqual(yield* catalogue.list([]), [])
      })
    )
  })

// Not asserted: that 300 items can be asked for at once, and in which order they come.
