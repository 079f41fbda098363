import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { AxeResults, RunOptions } from "axe-core"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { states } from "../../../../packages/http-express/test/states.ts"
import { Sight } from "./Sight.ts"

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8")
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
/** The smallest phone, a phone, a desk. */
const widths = [320, 390, 1280] as const
/** A theme changes colours alone: in the second one only the rules about them can answer otherwise. */
const themes: ReadonlyArray<readonly [name: "light" | "dark", rules: RunOptions["runOnly"]]> = [
  ["light", tags],
  ["dark", ["color-contrast", "link-in-text-block"]]
]

const faults = async (page: Page, runOnly: RunOptions["runOnly"]): Promise<ReadonlyArray<string>> => {
  const { violations }: AxeResults = await page.evaluate(
    `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ["violations"] })})`
  )
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
      for (const [colorScheme, rules] of themes) {
        await page.emulateMedia({ colorScheme })
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 })
          for (const fault of await faults(page, rules)) found.push(`${width} ${colorScheme}: ${fault}`)
        }
      }
      return found
    })
    expect(found).toEqual([])
  })
})
