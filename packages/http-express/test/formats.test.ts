import { Currency, exponent } from "@rose-ash/cart-domain/money/Currency"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { formats } from "../src/formats.ts"

const london = formats("en-GB", "Europe/London")
const at = (text: string) => Instant.make(Date.parse(text))

describe("money for people", () => {
  it.each([
    [1240, "GBP", "£12.40"],
    [0, "GBP", "£0.00"],
    [5, "EUR", "€0.05"],
    [10_000_000, "GBP", "£100,000.00"],
    [1500, "CLP", "CLP\u00a01,500"],
    [150_000, "HUF", "HUF\u00a01,500.00"]
  ] as const)("%i of %s is %s", (minor, currency, text) => {
    expect(london.money(minor, currency)).toBe(text)
  })

  it("shows exactly the minor units of every amount, with the currency's own digits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999_999 }),
        fc.constantFrom(...Currency.literals),
        (minor, currency) => {
          const text = london.money(minor, currency)
          const digits = text.replace(/[^0-9.]/g, "")
          expect(digits.split(".")[1]?.length ?? 0).toBe(exponent(currency))
          expect(Number(digits.replace(".", ""))).toBe(minor)
        }
      )
    )
  })
})

describe("times for people", () => {
  it("are those of the cooperative's place, in summer too", () => {
    expect(london.moment(at("2026-11-22T14:02:00Z"))).toBe("22 Nov 2026, 14:02")
    expect(london.moment(at("2026-07-22T14:02:00Z"))).toBe("22 Jul 2026, 15:02")
    expect(formats("en-GB", "America/New_York").moment(at("2026-11-22T02:02:00Z"))).toBe("21 Nov 2026, 21:02")
  })

  it("leave out the day when it is today", () => {
    const now = at("2026-11-22T14:02:00Z")
    expect(london.until(at("2026-11-22T14:35:00Z"), now)).toBe("14:35")
    expect(london.until(at("2026-11-23T00:05:00Z"), now)).toBe("23 Nov 2026, 00:05")
    expect(london.until(at("2026-11-22T00:00:00Z"), now)).toBe("00:00")
  })

  it("say both ends of what lasts", () => {
    expect(london.span(at("2026-11-29T10:00:00Z"), at("2026-11-29T12:00:00Z"))).toBe(
      "Sun, 29 Nov 2026, 10:00–12:00"
    )
    expect(london.span(at("2026-11-29T22:00:00Z"), at("2026-11-30T01:00:00Z"))).toBe(
      "Sun, 29 Nov 2026, 22:00 – Mon, 30 Nov 2026, 01:00"
    )
  })

  it("belong to the year of that place", () => {
    expect(formats("en-GB", "Pacific/Auckland").year(at("2026-12-31T12:00:00Z"))).toBe(2027)
  })
})
