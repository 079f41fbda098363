import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { attemptOf, Stage } from "./Stage.ts"
import { ordered, returnOf } from "./scenes.ts"

describe("a payment that was declined", () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await Stage.open()
  })
  afterEach(() => stage.service.stop())

  /** Declined, and the service knows it. */
  const declined = async () => {
    const order = await ordered(stage)
    await stage.scripted((buyer) => buyer.decline(attemptOf(order)))
    stage.service.moveOn("1 minute")
    await stage.browser.open(returnOf(order))
    expect(stage.browser.h1).toBe("Your payment did not go through")
    return order
  }

  for (const poll of ["", "?n=1"])
    it(`and paid with another card at once is paid, not declined, on coming back ${poll}`, async () => {
      const order = await declined()
      await stage.scripted((buyer) => buyer.pay(attemptOf(order)))
      await stage.browser.open(`${returnOf(order)}${poll}`)
      expect(stage.browser.h1).toBe("Thank you – your order is paid")
    })

  it("is no word about the next card while the provider is silent", async () => {
    const order = await declined()
    await stage.scripted((buyer) => buyer.pay(attemptOf(order)))
    await stage.scripted((buyer) =>
      buyer.script({ call: "read", trouble: { _tag: "Unreadable" }, times: 99 })
    )
    stage.service.moveOn("4 seconds")
    await stage.browser.open(returnOf(order))
    expect(stage.browser.h1).toBe("Checking your payment")
    expect(stage.browser.text).not.toContain("No money has been taken")
    expect(await stage.scripted((buyer) => buyer.troubled)).toBeGreaterThan(0)
  })

  it("is told at once when the provider is asked at once", async () => {
    const order = await ordered(stage)
    await stage.scripted((buyer) => buyer.decline(attemptOf(order)))
    stage.service.moveOn("1 minute")
    const begun = performance.now()
    await stage.browser.open(returnOf(order))
    expect(stage.browser.h1).toBe("Your payment did not go through")
    expect(performance.now() - begun).toBeLessThan(1500)
  })
})
