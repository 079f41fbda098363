import { Effect, Layer, Result } from "effect"
import { Catalogue, ItemNotFound } from "../page/Catalogue.ts"
import { at, World, wrote } from "./World.ts"

/** The market's items in memory. */
export const layer = Layer.effect(
  Catalogue,
  Effect.map(World, (world) =>
    Catalogue.of({
      get: (id) =>
        world.step("Catalogue.get", (state) => {
          const item = at(state.items, id)
          return item === undefined ? Result.fail(new ItemNotFound({ itemId: id })) : wrote(item, state)
        }),
      list: (ids) =>
        world.look("Catalogue.list", ({ items }) => [...new Set(ids)].flatMap((id) => at(items, id) ?? []))
    })
  )
)
