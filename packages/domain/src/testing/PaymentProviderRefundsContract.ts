import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Taken } from "../payment/PaymentProvider.ts"
import { type It, refusal } from "./contract.ts"
import { counter, type Needs, noted } from "./providerCounter.ts"

/** A payment that came in. */
const taking = Effect.gen(function* () {
  const { asked, provider, seeds } = yield* counter
  const known = noted(asked, yield* provider.open(asked))
  yield* seeds.pay(known.attempt)
  const { transactionId } = yield* provider.read(known)
  const taken: Taken = { asking: known, transactionId: transactionId ?? "" }
  const refund = (minor: number) => provider.refund(taken, { minor, currency: "GBP" })
  const back = Effect.map(provider.transaction(taken), ({ refunded }) => refunded)
  return { back, provider, refund, seeds, taken }
})

/** What becomes of money that goes back. */
export const refunding = (it: It<Needs>): void => {
  it.effect(
    "a transaction tells what came and what went back of it; part by part, never more than came",
    () =>
      Effect.gen(function* () {
        const { back, provider, refund, taken } = yield* taking
        const { currency, minor } = yield* provider.transaction(taken)
        assert.deepStrictEqual([minor, currency, yield* back], [1240, "GBP", 0])
        yield* refund(240)
        assert.strictEqual(yield* back, 240)
        assert.strictEqual(yield* refusal(refund(1001)), "PaymentProviderRefused")
        assert.strictEqual(yield* back, 240)
        yield* refund(1000)
        assert.strictEqual(yield* back, 1240)
        assert.strictEqual(yield* refusal(refund(1)), "PaymentProviderRefused")
      })
  )
  for (const when of ["before", "after"] as const) {
    it.effect(`no answer, ${when} the refund was made: only the transaction tells`, () =>
      Effect.gen(function* () {
        const { back, refund, seeds } = yield* taking
        yield* seeds.silence("refund", when)
        assert.strictEqual(yield* refusal(refund(240)), "PaymentProviderUnavailable")
        assert.strictEqual(yield* back, when === "before" ? 0 : 240)
      })
    )
  }
  it.effect("a transaction that never was is no answer about money", () =>
    Effect.gen(function* () {
      const { provider, taken } = yield* taking
      const other = provider.transaction({ ...taken, transactionId: "never-was" })
      assert.strictEqual(yield* refusal(other), "PaymentProviderUnavailable")
    })
  )
}
