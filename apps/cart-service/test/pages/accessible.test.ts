import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { AxeResults } from "axe-core"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { states } from "../../../../packages/http-express/test/states.ts"
import { Sight } from "./Sight.ts"

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8")
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
/** The smallest phone, a phone, a desk. */
const widths = [320, 390, 1280] as const
/** What can answer otherwise where the same things are to be seen in other colours or sizes of type. */
const ofColours = ["color-contrast", "link-in-text-block"]
/** What can answer otherwise where the same things stand elsewhere. */
const ofPlaces = ["target-size", "scrollable-region-focusable"]
/** Which elements are to be seen. */
const inSight = `[...document.querySelectorAll("body *")]
  .map((one) => Number(one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))).join("")`
/** All that the contrast of a text depends on, of each element. */
const ofContrast = [
  ...["color", "backgroundColor", "backgroundImage", "opacity"],
  ...["fontSize", "fontWeight", "position", "textDecorationLine"]
]
const inColour = `[...document.querySelectorAll("body, body *")].map((one) => {
  const style = getComputedStyle(one)
  return ${JSON.stringify(ofContrast)}.map((name) => style[name])
}).join(";")`

/** Where each element stands, and how large it is. */
const inPlace = `[...document.querySelectorAll("body *")].map((one) => {
  const { height, width, x, y } = one.getBoundingClientRect()
  return [x, y, width, height].map(Math.round)
}).join(";")`

const faults = async (page: Page, runOnly: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const { violations }: Pick<AxeResults, "violations"> =
    runOnly.length === 0
      ? { violations: [] }
      : await page.evaluate(`axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ["violations"] })})`)
  const wide: boolean = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)
  return wide ? [...found, "scrolls sideways"] : found
}

describe("everybody can use", () => {
  let sight: Sight
  beforeAll(async () => {
    sight = await Sight.open()
  }, 60_000)
  afterAll(() => sight.close(), 20_000)

  it.each(states)("$name", async (state) => {
    const found = await sight.of(state, async (page) => {
      await page.evaluate(axe)
      const found: Array<string> = []
      const seen = new Set<string>()
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 })
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme })
          const sight: string = await page.evaluate(inSight)
          const colours = `${sight} ${await page.evaluate(inColour)}`
          const places = `${width} ${sight} ${await page.evaluate(inPlace)}`
          const changed = [...(seen.has(places) ? [] : ofPlaces), ...(seen.has(colours) ? [] : ofColours)]
          const rules = seen.has(sight) ? changed : tags
          seen.add(sight).add(colours).add(places)
          for (const fault of await faults(page, rules)) found.push(`${width} ${colorScheme}: ${fault}`)
        }
      }
      return found
    })
    expect(found).toEqual([])
  })
})
