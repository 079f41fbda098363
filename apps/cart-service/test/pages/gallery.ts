// `npm run gallery`: every page in every state, on a phone and on a desk, light and dark, as sheets.
import { mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Page } from "playwright-core"
import type { State } from "../../../../packages/http-express/test/State.ts"
import { states } from "../../../../packages/http-express/test/states.ts"
import { Sight } from "./Sight.ts"

const folder = fileURLToPath(new URL("../../../../docs/pages/", import.meta.url))
const perSheet = 4
/** The width of the screen, and of its picture on the sheet. */
const screens = [
  { width: 390, shown: 210 },
  { width: 1280, shown: 470 }
] as const
const themes = ["light", "dark"] as const

const pictures = async (page: Page): Promise<string> => {
  const cells: Array<string> = []
  for (const { shown, width } of screens)
    for (const colorScheme of themes) {
      await page.setViewportSize({ width, height: 600 })
      await page.emulateMedia({ colorScheme })
      const picture = await page.screenshot({ fullPage: true, type: "jpeg", quality: 85 })
      cells.push(`<td><img width="${shown}" src="data:image/jpeg;base64,${picture.toString("base64")}"></td>`)
    }
  return cells.join("")
}

const group = ({ name }: State): string => name.split("-")[0] ?? name
const sheets = [...Map.groupBy(states, group)].flatMap(([name, all]) =>
  Array.from({ length: Math.ceil(all.length / perSheet) }, (_, n) => ({
    name: all.length > perSheet ? `${name}-${n + 1}` : name,
    states: all.slice(n * perSheet, (n + 1) * perSheet)
  }))
)

const style = `body { margin: 12px; font: 15px sans-serif; background: #777; color: #fff }
td { vertical-align: top; padding: 0 6px 6px 0 } img { display: block }
th { text-align: start; padding: 10px 0 4px }`

const sheetOf = async (sight: Sight, of: ReadonlyArray<State>): Promise<Buffer> => {
  const rows: Array<string> = []
  for (const state of of) rows.push(`<tr><th colspan="4">${state.name}<tr>${await sight.of(state, pictures)}`)
  await sight.page.setViewportSize({ width: 1410, height: 600 })
  await sight.page.goto("about:blank") // a page of ours lets nobody write into it
  await sight.page.setContent(`<style>${style}</style><table>${rows.join("")}</table>`)
  return sight.page.screenshot({ fullPage: true, type: "jpeg", quality: 62 })
}

const sight = await Sight.open()
mkdirSync(folder, { recursive: true })
for (const sheet of sheets) {
  writeFileSync(`${folder}${sheet.name}.jpg`, await sheetOf(sight, sheet.states))
  console.log(`docs/pages/${sheet.name}.jpg: ${sheet.states.map(({ name }) => name).join(", ")}`)
}
const list = sheets.map(
  ({ name, states }) => `## ${name}\n\n![${states.map(({ name }) => name).join(", ")}](${name}.jpg)\n`
)
const head =
  "# Every page in every state\n\nA phone and a desk, light and dark. `npm run gallery` makes them again.\n"
writeFileSync(`${folder}README.md`, [head, ...list].join("\n"))
await sight.close()
