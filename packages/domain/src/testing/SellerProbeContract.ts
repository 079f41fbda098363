import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Redacted } from "effect"
import { SellerProbe } from "../payment/SellerProbe.ts"
import { atOnce, type SuiteOptions } from "./contract.ts"
import { ProviderSeeds } from "./ProviderSeeds.ts"

const two = Effect.gen(function* () {
  const seeds = yield* ProviderSeeds
  return [yield* seeds.account(yield* seeds.seller), yield* seeds.account(yield* seeds.seller)] as const
})

/** What every adapter of `SellerProbe` owes. */
export const suite = <E>(
  name: string,
  ports: Layer.Layer<SellerProbe | ProviderSeeds, E>,
  options: SuiteOptions = {}
): void =>
  layer(ports, options)(`SellerProbe: ${name}`, (it) => {
    it.effect("a key opens its own merchant's account, as often as it is shown", () =>
      Effect.gen(function* () {
        const [probe, [one, other]] = [yield* SellerProbe, yield* two]
        const facts = yield* atOnce(() => probe.look(one), 4)
        for (const { currency, sandbox } of facts)
          assert.deepStrictEqual([currency, typeof sandbox], ["GBP", "boolean"])
        assert.deepStrictEqual(yield* probe.look(other), facts[0])
      })
    )
    it.effect("a key of another merchant is good, and not this one's", () =>
      Effect.gen(function* () {
        const [probe, [one, other]] = [yield* SellerProbe, yield* two]
        const failure = yield* Effect.flip(probe.look({ ...one, key: other.key }))
        assert.deepInclude(failure, { _tag: "PaymentProviderUnavailable", why: "not_found" })
      })
    )
    it.effect("a key that the provider refuses, or that nobody has, is refused on that page", () =>
      Effect.gen(function* () {
        const [probe, seeds, [one]] = [yield* SellerProbe, yield* ProviderSeeds, yield* two]
        const unknown = { ...one, key: Redacted.make("practice-key-nobody-has") }
        for (const account of [yield* seeds.account(yield* seeds.rejected), unknown]) {
          const failure = yield* Effect.flip(probe.look(account))
          assert.deepInclude(failure, {
            _tag: "PaymentProviderRefused",
            why: "key",
            pageId: account.pageId
          })
          assert.notInclude(`${failure} ${JSON.stringify(failure)}`, Redacted.value(account.key))
        }
        assert.strictEqual((yield* probe.look(one)).currency, "GBP")
      })
    )
  })

// Not asserted: the deadline of 5 seconds, and that no secret reaches a log.
