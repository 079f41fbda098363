import { describe, expect, it } from "@effect/vitest"
import { linkToken, numberOfToken } from "../../src/order/OrderLink.ts"
import { OrderNumber } from "../../src/text/Ids.ts"

const number = OrderNumber.make("RA-7K4M-Q2XD")

describe("OrderLink", () => {
  it("a link says which order it is for", () => {
    const token = linkToken(number, new Uint8Array(32).fill(10))
    expect(token).toBe(`7K4MQ2XD-${"0a".repeat(32)}`)
    expect(numberOfToken(token)).toBe(number)
  })

  it("a text of another shape is no link", () => {
    const hex = "0a".repeat(32)
    for (const text of [
      "",
      hex,
      `7K4MQ2XD-${hex}0`,
      `7K4MQ2XU-${hex}`,
      `7k4mq2xd-${hex}`,
      `7K4MQ2XD-${hex}\n`
    ]) {
      expect(numberOfToken(text)).toBeUndefined()
    }
  })
})
