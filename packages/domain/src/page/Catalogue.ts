import { Context, type Effect, Schema } from "effect"
import { ItemId } from "../text/Ids.ts"
import type { Item } from "./Item.ts"

/** No page sells such a thing. */
export class ItemNotFound extends Schema.TaggedError<ItemNotFound>()("ItemNotFound", { itemId: ItemId }) {}

/** Port: what the market sells now. Items that name no page come as the cooperative's own page's. */
export class Catalogue extends Context.Service<
  Catalogue,
  {
    /** Also an item that is no longer for sale, as long as the market knows it. */
    get(id: ItemId): Effect.Effect<Item, ItemNotFound>
    /** Those the market knows, in any order; at most 300 asked for. */
    list(ids: ReadonlyArray<ItemId>): Effect.Effect<ReadonlyArray<Item>>
  }
>()("@rose-ash/cart-domain/page/Catalogue") {}
