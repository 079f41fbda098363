import { describe, expect, it } from "vitest"
import { html } from "../src/html.ts"
import { pounds } from "../src/money.ts"
import { returnTo } from "../src/returnTo.ts"
import { cookie, digest, newSession } from "../src/session.ts"
import { stylesheet } from "../src/stylesheet.ts"

const links = {
  blog: "http://localhost:8000",
  market: "http://localhost:8001",
  cart: "http://localhost:8002",
  events: "http://localhost:8003"
}

/** The luminance of WCAG 2.2 of `#rgb` or `#rrggbb`. */
const luminance = (colour: string): number => {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((one) => one + one) : colour.match(/\w\w/g)
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((pair) => {
    const part = Number.parseInt(pair, 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe("the pages of the practice cooperative", () => {
  it("escape what is put into them, and leave alone what is HTML already", () => {
    const evil = `<b a="1" b='2'>&`
    expect(html`<p title="${evil}">${evil}${[html`<i>${1}</i>`]}${null}</p>`.text).toBe(
      '<p title="&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;">&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;<i>1</i></p>'
    )
  })

  it("go back to the four services and nowhere else", () => {
    expect(returnTo(links, "http://localhost:8001/rose-farm?x=1")).toBe("http://localhost:8001/rose-farm?x=1")
    for (const address of [
      "http://localhost:8004/",
      "https://localhost:8001/",
      "http://localhost:8001@evil.example/",
      "http://user:word@localhost:8001/",
      "javascript:alert(1)",
      "//localhost:8001/",
      `http://localhost:8001/${"a".repeat(600)}`,
      ["http://localhost:8001/"],
      undefined
    ])
      expect(returnTo(links, address)).toBeUndefined()
  })

  it("know a session by the digest of its cookie alone", () => {
    const session = newSession()
    expect(session).toHaveLength(43)
    expect(digest(session)).toMatch(/^[0-9a-f]{64}$/)
    expect(cookie(`other=1; rose_session=${session}; last=2`, "rose_session")).toBe(session)
    expect(cookie("not_rose_session=1", "rose_session")).toBeUndefined()
    expect(cookie(undefined, "rose_session")).toBeUndefined()
  })

  it("show prices as people write them", () => {
    expect([5, 90, 420, 1260].map(pounds)).toEqual(["£0.05", "£0.90", "£4.20", "£12.60"])
  })

  it("can be read in both themes: every text pair is at least 4.5 : 1", () => {
    const tokens = new Map(
      Array.from(
        stylesheet.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g),
        ([, name = "", light = "", dark = ""]) => [name, [light, dark] as const]
      )
    )
    const pairs = ["ink", "muted", "rose", "rose-hover"].flatMap(
      (text) =>
        [
          [text, "bg"],
          [text, "surface"]
        ] as const
    )
    const others = [
      ["on-rose", "rose"],
      ["on-rose", "rose-hover"],
      ["ok", "ok-bg"],
      ["warn", "warn-bg"],
      ["ink", "ok-bg"]
    ] as const
    for (const [text, ground] of [...pairs, ...others, ["rose", "ok-bg"] as const])
      for (const theme of [0, 1] as const) {
        const found = [tokens.get(text)?.[theme] ?? "", tokens.get(ground)?.[theme] ?? ""] as const
        expect(found).not.toContain("")
        expect(contrast(...found), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
  })
})
