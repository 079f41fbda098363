import { assert, layer } from "@effect/vitest"
import { Clock, Effect, type Layer, Random } from "effect"
import { type Difference, Differences } from "../checkout/Differences.ts"
import { Instant } from "../time/Instant.ts"
import { fresh } from "./acting.ts"
import { atOnce, refusal, type SuiteOptions } from "./contract.ts"
import { Seeds } from "./Seeds.ts"

type Needs = Differences | Seeds

const found = Effect.gen(function* () {
  const seeds = yield* Seeds
  const transactionId = `transaction-${yield* fresh}`
  const difference: Difference = {
    id: `orphan:${transactionId}`,
    pageId: (yield* seeds.page()).id,
    kind: "orphan",
    transactionId,
    reference: `ra-${yield* fresh}`,
    minor: 1240,
    currency: "GBP",
    foundAt: Instant.make(yield* Clock.currentTimeMillis)
  }
  return difference
})

/** What every adapter of `Differences` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`Differences: ${name}`, (it) => {
    it.effect("found again it is the same, and open on its page until somebody answers, once", () =>
      Effect.gen(function* () {
        const differences = yield* Differences
        const [one, other] = [yield* found, yield* found]
        yield* differences.put(one)
        yield* differences.put({ ...one, minor: 1 })
        yield* differences.put(other)
        assert.deepStrictEqual(yield* differences.open([one.pageId]), [one])
        assert.includeDeepMembers([...(yield* differences.open("all"))], [one, other])
        const of = { by: "wren", answer: "Sold at the counter." }
        assert.strictEqual(
          yield* refusal(differences.answer([other.pageId], one.id, of)),
          "DifferenceUnknown"
        )
        yield* differences.answer([one.pageId], one.id, of)
        assert.deepStrictEqual(yield* differences.open([one.pageId]), [])
        assert.strictEqual(yield* refusal(differences.answer("all", one.id, of)), "DifferenceUnknown")
        yield* differences.put(one)
        assert.deepStrictEqual(yield* differences.open([one.pageId]), [])
      })
    )
    it.effect("a night's comparison is begun by one of many, and the next night's again", () =>
      Effect.gen(function* () {
        const differences = yield* Differences
        const night = yield* Random.nextIntBetween(1, 1_000_000)
        const begun = yield* atOnce(() => differences.begin(night), 8)
        assert.strictEqual(begun.filter((isFirst) => isFirst).length, 1)
        assert.isFalse(yield* differences.begin(night))
        assert.isTrue(yield* differences.begin(night + 1_000_000))
      })
    )
  })

// Not asserted: that none is ever deleted, and that the oldest come first.
