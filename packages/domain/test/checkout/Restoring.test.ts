import { describe, expect, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import * as Cart from "../../src/cart/Cart.ts"
import { EntryId, PageId } from "../../src/text/Ids.ts"
import { item, line, order, pageId, restored } from "./restoredCart.ts"

describe("Restoring", () => {
  it.effect("the lines of an order that ended are in the cart again", () =>
    Effect.gen(function* () {
      const { held, said } = yield* restored(order("expired", [line("rye", 2), line("jam", 1)]), [
        item("rye"),
        item("jam")
      ])
      expect(held).toEqual([
        ["rye", 2],
        ["jam", 1]
      ])
      expect(said).toEqual(Result.succeed({ pageId, lines: 2, gone: [], places: 0 }))
    })
  )

  it.effect("the larger quantity wins, up to what the item allows", () =>
    Effect.gen(function* () {
      const items = [item("rye"), item("jam"), item("tea", { most: 3 })]
      const of = order("cancelled", [line("rye", 2), line("jam", 4), line("tea", 9)])
      const { held } = yield* restored(of, items, [
        ["rye", 5],
        ["jam", 1]
      ])
      expect(held).toEqual([
        ["rye", 5],
        ["jam", 4],
        ["tea", 3]
      ])
    })
  )

  it.effect("restoring twice restores once", () =>
    Effect.gen(function* () {
      const { held } = yield* restored(order("expired", [line("rye", 2)]), [item("rye")], [], { times: 2 })
      expect(held).toEqual([["rye", 2]])
    })
  )

  it.effect("what is gone is named, and places are counted", () =>
    Effect.gen(function* () {
      const place = { ...line("x", 1), cartLineId: null, itemId: null, entryId: EntryId.make("e1") }
      const of = order("expired", [line("rye", 1), line("jam", 1), line("tea", 1), place])
      const items = [item("jam", { available: false }), item("tea", { pageId: PageId.make("elsewhere") })]
      const { held, said } = yield* restored(of, items)
      expect(held).toEqual([])
      const gone = ["The rye", "The jam", "The tea"]
      expect(said).toEqual(Result.succeed({ pageId, lines: 0, gone, places: 1 }))
    })
  )

  it.effect("an order that is paid or waits keeps its lines", () =>
    Effect.gen(function* () {
      for (const [state, tag] of [
        ["paid", "OrderPaid"],
        ["awaiting_payment", "OrderWaiting"]
      ] as const) {
        const { held, said } = yield* restored(order(state, [line("rye", 1)]), [item("rye")])
        expect(Result.isFailure(said) && said.failure._tag).toBe(tag)
        expect(held).toEqual([])
      }
    })
  )

  it.effect("a cart takes no more lines or pages than it may have", () =>
    Effect.gen(function* () {
      const of = order("expired", [line("rye", 1)])
      const full = Array.from({ length: Cart.linesMost }, (_, n) => [`item-${n}`, 1] as const)
      const lines = yield* restored(of, [item("rye")], full)
      expect(Result.isFailure(lines.said) && lines.said.failure._tag).toBe("LineLimit")
      const pages = yield* restored(of, [item("rye")], [], { elsewhere: Cart.cartsMost })
      expect(Result.isFailure(pages.said) && pages.said.failure._tag).toBe("CartLimit")
    })
  )
})
