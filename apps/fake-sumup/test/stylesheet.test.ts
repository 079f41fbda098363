import { assert, describe, it } from "vitest"
import { stylesheet } from "../src/stylesheet.ts"

const [light = "", dark = ""] = stylesheet.split("@media (prefers-color-scheme: dark)")

const tokens = (css: string): ReadonlyMap<string, string> =>
  new Map([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = "", value = ""]) => [name, value]))

const luminance = (color: string): number => {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

const contrast = (one: string, other: string): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const texts = [
  ["ink", "bg"],
  ["ink", "surface"],
  ["muted", "bg"],
  ["muted", "surface"],
  ["action", "bg"],
  ["action", "surface"],
  ["on-action", "action"],
  ["warn", "warn-bg"],
  ["ok", "ok-bg"],
  ["bad", "bad-bg"]
] as const

describe("the look", () => {
  for (const [theme, css] of [
    ["light", light],
    ["dark", dark]
  ] as const) {
    it(`can be read in the ${theme} theme: text 4.5 : 1, edges of controls 3 : 1`, () => {
      const colors = tokens(css)
      const ratio = (one: string, other: string) => contrast(colors.get(one) ?? "", colors.get(other) ?? "")
      for (const [text, ground] of texts) assert.isAtLeast(ratio(text, ground), 4.5, `${text} on ${ground}`)
      for (const edge of ["control", "focus"]) {
        assert.isAtLeast(ratio(edge, "surface"), 3, edge)
        assert.isAtLeast(ratio(edge, "bg"), 3, edge)
      }
    })
  }
})
