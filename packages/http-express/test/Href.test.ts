import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { allowed, mailbox, path } from "../src/Href.ts"

const link = allowed(["https://market.example", "http://localhost:8001"])

describe("where links lead", () => {
  it.each([
    ["https://market.example/a?b=c#d", "https://market.example/a?b=c#d"],
    ["http://localhost:8001", "http://localhost:8001/"],
    ["https://market.example/it's", "https://market.example/it%27s"],
    ["https://market.example/<b>", "https://market.example/%3Cb%3E"]
  ])("%s is a sibling's", (text, href) => {
    expect(link(text)).toBe(href)
  })

  it.each([
    null,
    "",
    "nonsense",
    "/path",
    "javascript:alert(1)",
    "data:text/html,<b>",
    "https://evil.example/",
    "https://market.example.evil.example/",
    "https://a:b@market.example/",
    "http://market.example/",
    "//market.example/"
  ])("%s leads nowhere", (text) => {
    expect(link(text)).toBeNull()
  })

  it("a path keeps its parts apart, whatever is in them", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (part) => {
        const made = path`/p/${part}/lines`
        expect(made.split("/")).toHaveLength(4)
        expect(decodeURIComponent(made)).toBe(`/p/${part}/lines`)
      })
    )
  })

  it("a letter goes to one mailbox and has one subject", () => {
    expect(mailbox("hello@ash.example", "Order RA-7K4M-Q2XD")).toBe(
      "mailto:hello@ash.example?subject=Order%20RA-7K4M-Q2XD"
    )
    expect(mailbox("a?cc=b@c.example", "x&bcc=y")).toBe("mailto:a%3Fcc%3Db@c.example?subject=x%26bcc%3Dy")
  })
})
