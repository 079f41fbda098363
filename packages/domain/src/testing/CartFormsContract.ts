import { assert } from "@effect/vitest"
import { Effect, Result } from "effect"
import * as Cart from "../cart/Cart.ts"
import { Carts } from "../cart/Carts.ts"
import type { Identities } from "../identity/Identities.ts"
import type { Identity } from "../identity/Identity.ts"
import type { Item } from "../page/Item.ts"
import { CartLineId } from "../text/Ids.ts"
import { fresh, someone } from "./acting.ts"
import { atOnce, type It, refusal } from "./contract.ts"
import { Seeds } from "./Seeds.ts"

/** A page with one item, and somebody who looks at it. */
export const corner = Effect.gen(function* () {
  const carts = yield* Carts
  const seeds = yield* Seeds
  const page = yield* seeds.page()
  return { carts, seeds, page, item: yield* seeds.item({ pageId: page.id }), buyer: yield* someone }
})

/** One more of the item, perhaps under the key of a form. */
export const add = Effect.fnUntraced(function* (identity: Identity, item: Item, key?: string) {
  const carts = yield* Carts
  const lineId = CartLineId.make(yield* fresh)
  const of = { identity, pageId: item.pageId, ...(key === undefined ? {} : { key }) }
  return yield* carts.modify(of, ({ cart }) => Cart.add(item, 1, lineId)(cart))
})

/** A form that is sent more than once. */
export const forms = (it: It<Carts | Identities | Seeds>): void => {
  it.effect("a form sent again, or many times at once, adds once; another form adds again", () =>
    Effect.gen(function* () {
      const { buyer, carts, item, page } = yield* corner
      const quantity = Effect.map(carts.view(buyer, page.id), ({ cart }) => Cart.quantityOf(cart, item.id))
      const key = yield* fresh
      yield* atOnce(() => add(buyer, item, key))
      assert.strictEqual(yield* quantity, 1)
      const repeated = yield* add(buyer, item, key)
      assert.deepStrictEqual(repeated, (yield* carts.view(buyer, page.id)).cart)
      yield* add(buyer, item, yield* fresh)
      assert.strictEqual(yield* quantity, 2)
    })
  )
  it.effect("a form that was refused may succeed later, and is another person's own", () =>
    Effect.gen(function* () {
      const { buyer, carts, item, page } = yield* corner
      const key = yield* fresh
      const refused = carts.modify({ identity: buyer, pageId: page.id, key }, () =>
        Result.fail({ _tag: "Refused" as const })
      )
      assert.strictEqual(yield* refusal(refused), "Refused")
      assert.strictEqual(Cart.quantityOf(yield* add(buyer, item, key), item.id), 1)
      assert.strictEqual(Cart.quantityOf(yield* add(yield* someone, item, key), item.id), 1)
    })
  )
}
