import { Effect, HashMap, Layer, Result } from "effect"
import { PageNotFound } from "../page/PageConfig.ts"
import { PageConfigs } from "../page/PageConfigs.ts"
import { at, World, wrote } from "./World.ts"

const pagesMost = 1000

/** Page configurations in memory. */
export const layer = Layer.effect(
  PageConfigs,
  Effect.map(World, (world) =>
    PageConfigs.of({
      get: (id) =>
        world.step("PageConfigs.get", (state) => {
          const page = at(state.pages, id)
          return page === undefined ? Result.fail(new PageNotFound({ pageId: id })) : wrote(page, state)
        }),
      list: world.look("PageConfigs.list", ({ pages }) =>
        HashMap.toValues(pages)
          .sort((a, b) => (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1))
          .slice(0, pagesMost)
      ),
      save: (page) =>
        world.step("PageConfigs.save", (state) => {
          const seller = at(state.pages, page.id)?.seller ?? null
          return wrote(undefined, { ...state, pages: HashMap.set(state.pages, page.id, { ...page, seller }) })
        }),
      pause: (id, credentialId) =>
        world.step("PageConfigs.pause", (state) => {
          const page = at(state.pages, id)
          if (page?.seller?.credentialId !== credentialId) return wrote(undefined, state)
          const pages = HashMap.set(state.pages, id, { ...page, paused: true })
          return wrote(undefined, { ...state, pages })
        })
    })
  )
)
