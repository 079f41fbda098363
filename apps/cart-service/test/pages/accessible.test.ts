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
/** All that the contrast of a text depends on, of each element. */
const ofContrast = [
  ...["color", "backgroundColor", "backgroundImage", "opacity"],
  ...["fontWeight", "position", "textDecorationLine"]
]
/** Of WCAG: at how many pixels a text, or a bold one, is large, and needs less of it. */
const large = { plain: 24, bold: 56 / 3 }
/** What of a page is to be seen, in which colours, and where. */
interface Looks {
  readonly sight: string
  readonly colours: string
  readonly places: string
  readonly isWide: boolean
}
const looking = `(() => {
  const below = [...document.querySelectorAll("body *")]
  const sight = below.map((one) =>
    Number(one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))).join("")
  const colours = [document.body, ...below].map((one) => {
    const style = getComputedStyle(one)
    const isLarge = parseFloat(style.fontSize) >= (style.fontWeight >= 700 ? ${large.bold} : ${large.plain})
    return [isLarge, ...${JSON.stringify(ofContrast)}.map((name) => style[name])]
  }).join(";")
  const places = below.map((one) => {
    const { height, width, x, y } = one.getBoundingClientRect()
    return [x, y, width, height].map(Math.round)
  }).join(";")
  const isWide = document.documentElement.scrollWidth > innerWidth
  return { sight, isWide, colours: sight + " " + colours, places: innerWidth + " " + sight + " " + places }
})()`

const faults = async (page: Page, runOnly: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  if (runOnly.length === 0) return []
  const options = JSON.stringify({ runOnly, resultTypes: ["violations"], preload: false })
  const { violations }: Pick<AxeResults, "violations"> = await page.evaluate(`axe.run(document, ${options})`)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)
}

describe("everybody can use", () => {
  let sight: Sight
  beforeAll(async () => {
    sight = await Sight.open(axe)
  }, 60_000)
  afterAll(() => sight.close(), 20_000)

  it.each(states)("$name", async (state) => {
    const found = await sight.of(state, async (page) => {
      const found: Array<string> = []
      const seen = new Set<string>()
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 })
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme })
          const { colours, isWide, places, sight }: Looks = await page.evaluate(looking)
          const changed = [...(seen.has(places) ? [] : ofPlaces), ...(seen.has(colours) ? [] : ofColours)]
          const rules = seen.has(sight) ? changed : tags
          seen.add(sight).add(colours).add(places)
          const all = [...(await faults(page, rules)), ...(isWide ? ["scrolls sideways"] : [])]
          for (const fault of all) found.push(`${width} ${colorScheme}: ${fault}`)
        }
      }
      return found
    })
    expect(found).toEqual([])
  })
})
