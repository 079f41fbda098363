import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { afterAll, describe, expect, it } from "vitest"
import { isFinal, paymentState } from "../src/views/PaymentState.ts"
import { attemptOf, Stage } from "./Stage.ts"
import { ordered } from "./scenes.ts"

describe("what can be said about a payment", async () => {
  const stage = await Stage.open()
  afterAll(stage.service.stop)
  const order = await ordered(stage)
  const attempt = attemptOf(order)
  const now = Instant.make(attempt.createdAt + 60_000)
  const read = { lastReadAt: now, lastRead: "PENDING" } as const
  const withAttempt = (change: Partial<typeof attempt>): Order => ({
    ...order,
    attempts: [{ ...attempt, ...read, ...change }]
  })
  const closed = { state: "expired", closedAt: now } as const

  it("the provider says paid and shows nothing yet: it is being checked, however the attempt stands", () => {
    const unproven = { unprovenSince: now, lastRead: "PAID" } as const
    expect(paymentState(withAttempt(unproven), now)).toBe("checking")
    expect(paymentState(withAttempt({ ...unproven, ...closed }), now)).toBe("checking")
    expect(paymentState({ ...withAttempt({ ...unproven, ...closed }), state: "expired" }, now)).toBe(
      "question"
    )
  })

  it("only what the provider's last word proves is said to be unpaid", () => {
    expect(paymentState(withAttempt({}), now)).toBe("unconfirmed")
    expect(paymentState(withAttempt({ lastRead: "FAILED" }), now)).toBe("failed")
    expect(paymentState(withAttempt(closed), now)).toBe("closed")
    expect(paymentState(withAttempt({ lastReadAt: null, lastRead: null }), now)).toBe("checking")
    expect(paymentState(withAttempt({ lastReadAt: Instant.make(now - 16_000) }), now)).toBe("checking")
    expect(paymentState(withAttempt({ payUrl: null, state: "created" }), now)).toBe("not_started")
  })

  it("an attempt is checked patiently for its first twenty seconds", () => {
    const early = Instant.make(attempt.createdAt + 20_000)
    expect(paymentState(withAttempt({ lastReadAt: early }), early)).toBe("checking")
    const later = Instant.make(early + 1)
    expect(paymentState(withAttempt({ lastReadAt: later }), later)).toBe("unconfirmed")
  })

  it("a page asks again only while something may still happen by itself", () => {
    const states = [
      "checking",
      "unconfirmed",
      "failed",
      "closed",
      "paid",
      "ended",
      "late",
      "question"
    ] as const
    expect(states.filter((state) => !isFinal(state))).toEqual(["checking", "unconfirmed"])
  })
})
