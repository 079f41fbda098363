import { Effect } from "effect"
import { Adoptions } from "../cart/Adoptions.ts"
import * as Cart from "../cart/Cart.ts"
import { Carts } from "../cart/Carts.ts"
import type { Identity } from "../identity/Identity.ts"
import type { PageId } from "../text/Ids.ts"
import { someone } from "./acting.ts"
import { Seeds } from "./Seeds.ts"

/** A page with two items, a browser, and a person who is about to log in with it. */
export const threshold = Effect.gen(function* () {
  const [adoptions, carts, seeds] = [yield* Adoptions, yield* Carts, yield* Seeds]
  const page = yield* seeds.page()
  const rye = yield* seeds.item({ pageId: page.id })
  const jam = yield* seeds.item({ pageId: page.id })
  const visitor = yield* someone
  const { customer } = yield* seeds.person()
  const quantities = (of: Identity, pageId: PageId = page.id) =>
    Effect.map(carts.view(of, pageId), ({ cart }) => [
      Cart.quantityOf(cart, rye.id),
      Cart.quantityOf(cart, jam.id)
    ])
  return { adoptions, carts, customer, jam, page, quantities, rye, seeds, visitor }
})
