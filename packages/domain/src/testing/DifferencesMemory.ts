import { Effect, HashMap, HashSet, Layer, Result } from "effect"
import { Differences, DifferenceUnknown } from "../checkout/Differences.ts"
import type { PagesOf } from "../order/Orders.ts"
import type { DifferenceRow } from "./State.ts"
import { at, World, wrote } from "./World.ts"

const openMost = 200
const isOf = (pages: PagesOf, { answer, difference }: DifferenceRow): boolean =>
  answer === null && (pages === "all" || pages.includes(difference.pageId))

/** Differences in memory. */
export const layer = Layer.effect(
  Differences,
  Effect.map(World, (world) =>
    Differences.of({
      begin: (night) =>
        world.step("Differences.begin", (state) => {
          const isFirst = !HashSet.has(state.nights, night)
          return wrote(isFirst, { ...state, nights: HashSet.add(state.nights, night) })
        }),
      put: (difference) =>
        world.step("Differences.put", (state) => {
          if (at(state.differences, difference.id) !== undefined) return wrote(undefined, state)
          const row = { difference, answer: null }
          return wrote(undefined, {
            ...state,
            differences: HashMap.set(state.differences, difference.id, row)
          })
        }),
      open: (pages) =>
        world.look("Differences.open", ({ differences }) =>
          HashMap.toValues(differences)
            .filter((row) => isOf(pages, row))
            .map(({ difference }) => difference)
            .sort((a, b) => a.foundAt - b.foundAt || (a.id < b.id ? -1 : 1))
            .slice(0, openMost)
        ),
      answer: (pages, id, { answer, by }) =>
        world.step("Differences.answer", (state) => {
          const row = at(state.differences, id)
          if (row === undefined || !isOf(pages, row)) return Result.fail(new DifferenceUnknown({ id }))
          const next = { ...row, answer: { by, answer } }
          return wrote(undefined, { ...state, differences: HashMap.set(state.differences, id, next) })
        })
    })
  )
)
