import { describe, expect, it } from "vitest"
import { pages } from "../src/pages.ts"
import { inlinePicture, pictureFile } from "../src/pictures.ts"
import { products, rising } from "../src/products.ts"
import { slots } from "../src/slots.ts"

/** Amounts, in pence, that the provider's sandbox always declines. */
const declined = [1100, 4201, 4276, 4291]
const steps = (rising.to - rising.from) / rising.step
const prices = [
  ...products.map(({ minor }) => minor),
  ...slots.map(({ minor }) => minor),
  ...Array.from({ length: steps + 1 }, (_, index) => rising.from + index * rising.step)
]

describe("the goods of the practice cooperative", () => {
  it("cannot sum to an amount that always declines, in any quantity", () => {
    expect(prices.filter((minor) => minor % 3 !== 0 || minor <= 0)).toEqual([])
    expect(declined.filter((minor) => minor % 3 === 0)).toEqual([])
  })

  it("are at least twelve on four pages and the cooperative's own, each on a page that exists", () => {
    expect(products.length).toBeGreaterThanOrEqual(12)
    const known = pages.map(({ id }) => id)
    for (const { pageId } of [...products, ...slots]) expect([...known, null]).toContain(pageId)
    expect(new Set(products.map(({ pageId }) => pageId)).size).toBe(5)
  })

  it("have names the cart takes, each once, and a picture each", () => {
    for (const { id } of [...products, ...slots]) expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
    expect(new Set(products.map(({ id }) => id)).size).toBe(products.length)
    expect(products.filter(({ id }) => inlinePicture(id) === null || pictureFile(id) === undefined)).toEqual(
      []
    )
  })

  it("have one that is sold out, one whose price rises, and a time with two places", () => {
    expect(products.filter(({ available }) => !available)).toHaveLength(1)
    expect(products.find(({ id }) => id === rising.id)?.minor).toBe(rising.from)
    expect(slots.map(({ places }) => places)).toContain(2)
  })

  it("are drawn without styles or scripts, which the policy of the pages would refuse", () => {
    for (const { id } of products)
      expect(pictureFile(id)).not.toMatch(/\sstyle=|<style|<script|\son\w+=|href/)
  })
})
