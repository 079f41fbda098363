import { describe, expect, it } from "vitest"
import { returnTo } from "../src/returnTo.ts"

const known = ["https://market.example", "http://localhost:8001"]

describe("coming back after adding", () => {
  it.each([
    ["https://market.example/ash/41", "https://market.example/ash/41?cart=added"],
    ["https://market.example/ash?page=2#jam", "https://market.example/ash?page=2&cart=added#jam"],
    ["https://market.example/?cart=other", "https://market.example/?cart=added"],
    ["http://localhost:8001/", "http://localhost:8001/?cart=added"],
    ["https://MARKET.example/a", "https://market.example/a?cart=added"]
  ])("%s is one of ours", (text, url) => {
    expect(returnTo(known, text)).toBe(url)
  })

  it.each([
    undefined,
    "",
    "/ash",
    "//market.example/ash",
    "https://evil.example/",
    "https://market.example.evil.example/",
    "https://market.example@evil.example/",
    "https://user:pass@market.example/",
    "https://user@market.example/",
    "https://:pass@market.example/",
    "http://market.example/",
    "https://market.example:8443/",
    "http://localhost:8010/",
    "javascript:alert(1)//https://market.example",
    "https:/market.example/",
    "https:market.example",
    "https:\\\\market.example\\",
    "https://market.example\\@evil.example",
    " https://market.example/",
    "https://market.example/ a",
    "https://market.example/\nSet-Cookie: a=b",
    `https://market.example/${"a".repeat(600)}`
  ])("%j is ignored", (text) => {
    expect(returnTo(known, text)).toBeNull()
  })
})
