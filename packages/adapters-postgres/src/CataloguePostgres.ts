import { Catalogue, ItemNotFound } from "@rose-ash/cart-domain/page/Catalogue"
import type { ItemId, PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer } from "effect"
import { itemJson, itemsOf } from "./market.ts"
import { Tx } from "./Tx.ts"

const idsMost = 300

/** The market's items, by the view that the market offers. */
export const layer = (cooperative: PageId) =>
  Layer.effect(
    Catalogue,
    Effect.map(Tx, ({ one, sql }) => {
      const read = (name: string, ids: ReadonlyArray<ItemId>) =>
        one(
          { name, idempotentBy: "read" },
          sql<{ item: unknown }>`SELECT ${sql.literal(itemJson)} AS item FROM market_api.item i
             WHERE i.item_id = ANY (${ids.slice(0, idsMost)}::text[])`
        ).pipe(
          Effect.flatMap((rows) =>
            itemsOf(
              cooperative,
              rows.map(({ item }) => item)
            )
          )
        )

      return Catalogue.of({
        get: (id) =>
          Effect.flatMap(read("Catalogue.get", [id]), ([item]) =>
            item === undefined ? Effect.fail(new ItemNotFound({ itemId: id })) : Effect.succeed(item)
          ),
        list: (ids) => (ids.length === 0 ? Effect.succeed([]) : read("Catalogue.list", ids))
      })
    })
  )
