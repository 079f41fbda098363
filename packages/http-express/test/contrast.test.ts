import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

const css = readFileSync(new URL("../assets/cart.css", import.meta.url), "utf8")
const still = readFileSync(new URL("../assets/unavailable.html", import.meta.url), "utf8")
type Theme = "light" | "dark"

/** The colour tokens of the stylesheet: name → theme → `#rrggbb`. */
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }]
  )
)
const colour = (name: string, theme: Theme): string => {
  const found = tokens.get(name)
  if (found === undefined) throw new Error(`no token --${name}`)
  return found[theme]
}

/** Relative luminance and contrast as WCAG 2 defines them. */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (a: string, b: string): number => {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (lighter + 0.05) / (darker + 0.05)
}

const grounds = ["bg", "surface"]
const texts: ReadonlyArray<readonly [string, string]> = [
  ...["ink", "muted", "rose", "rose-hover", "ok", "warn", "bad", "info"].flatMap((text) =>
    grounds.map((ground): readonly [string, string] => [text, ground])
  ),
  ["ink", "sunk"],
  ["muted", "sunk"],
  ["on-rose", "rose"],
  ["on-rose", "rose-hover"],
  ...["ok", "warn", "bad", "info"].flatMap(
    (tone): ReadonlyArray<readonly [string, string]> => [
      [tone, `${tone}-bg`],
      ["ink", `${tone}-bg`],
      ["rose", `${tone}-bg`],
      ["muted", `${tone}-bg`]
    ]
  )
]
const edges: ReadonlyArray<readonly [string, string]> = [
  ["control", "bg"],
  ["control", "surface"],
  ["focus", "bg"],
  ["focus", "surface"],
  ["bad", "surface"]
]
const themes: ReadonlyArray<Theme> = ["light", "dark"]

describe("colours", () => {
  it.each(themes.flatMap((theme) => texts.map(([text, ground]) => ({ theme, text, ground }))))(
    "$text on $ground can be read in the $theme",
    ({ ground, text, theme }) => {
      expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5)
    }
  )

  it.each(themes.flatMap((theme) => edges.map(([edge, ground]) => ({ theme, edge, ground }))))(
    "$edge stands out from $ground in the $theme",
    ({ edge, ground, theme }) => {
      expect(contrast(colour(edge, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3)
    }
  )

  it("every colour is a token, and every token is used", () => {
    const [, ...layers] = css.split("@layer base {")
    const rules = layers.join("")
    const literal = rules.match(/#[0-9a-f]{3,8}\b|\brgb|\bhsl|\boklch/gi) ?? []
    expect(literal.filter((text) => !["#fff", "#000"].includes(text))).toEqual([])
    for (const name of tokens.keys()) expect(rules).toContain(`var(--${name})`)
  })

  it("the page for when nothing works has the same colours", () => {
    for (const [, light = "", dark = ""] of still.matchAll(/light-dark\((#\w{6}), (#\w{6})\)/g)) {
      const known = [...tokens.values()].some(
        (token) => token.light === light.toLowerCase() && token.dark === dark.toLowerCase()
      )
      expect([light, known]).toEqual([light, true])
    }
  })
})
