import { readdirSync, readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { afterAll, describe, expect, it } from "vitest"
import { loadAssets } from "../src/assets.ts"
import { Stage } from "./Stage.ts"

const kB = 1024
const assets = loadAssets()
const sizeOf = (href: string): number =>
  assets.files.get(href.slice("/assets/".length))?.bytes.gzip.length ?? Infinity

describe("what a browser has to load", () => {
  it("style is 5 kB at most", () => {
    expect(sizeOf(assets.css)).toBeLessThanOrEqual(5 * kB)
  })

  it("script is 15 kB at most, htmx included", () => {
    expect(sizeOf(assets.js)).toBeLessThanOrEqual(15 * kB)
    expect(sizeOf(assets.js)).toBeGreaterThan(10 * kB)
  })

  it("an overview of three pages with four lines each is 14 kB at most, with its style", async () => {
    const stage = await Stage.open()
    afterAll(stage.service.stop)
    for (const name of ["Ash Bakery", "Rose Farm", "Mill Choir"]) {
      const page = await stage.page({ name })
      for (let n = 1; n <= 4; n++)
        await stage.add(await stage.item(page.id, `${name}, thing number ${n}`, 250 * n), n)
    }
    const { body } = await stage.browser.open("/")
    expect(stage.browser.text).toContain("3 pages, 3 payments")
    const html = gzipSync(body, { level: 9 }).length
    expect(html + sizeOf(assets.css)).toBeLessThanOrEqual(14 * kB)
    expect(body.match(/<script|<link rel="stylesheet"/g)).toHaveLength(2)
  })

  it("the page for when nothing works is one file of 3 kB at most", () => {
    expect(assets.unavailable.html.length).toBeLessThanOrEqual(3 * kB)
    expect(assets.unavailable.html.toString()).not.toMatch(/<script|<link|<img|https?:/)
  })

  it("nothing is loaded from anywhere else", () => {
    const folder = new URL("../assets/", import.meta.url)
    for (const file of readdirSync(folder)) {
      expect(readFileSync(new URL(file, folder), "utf8")).not.toMatch(/url\(|@import|https?:\/\//)
    }
  })
})
