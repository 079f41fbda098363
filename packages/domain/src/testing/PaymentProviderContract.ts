import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import { judge } from "../payment/Observation.ts"
import { reference } from "../payment/PaymentAttempt.ts"
import { atOnce, type It, refusal, type SuiteOptions } from "./contract.ts"
import { refunding } from "./PaymentProviderRefundsContract.ts"
import { asking, counter, type Needs, noted } from "./providerCounter.ts"

const opening = (it: It<Needs>): void => {
  it.effect("a page is opened for exactly what was asked", () =>
    Effect.gen(function* () {
      const { asked, provider } = yield* counter
      const { attempt } = asked
      const seen = yield* provider.open(asked)
      assert.deepStrictEqual([seen.attemptId, seen.status, seen.captured], [attempt.id, "PENDING", []])
      assert.deepStrictEqual(
        [seen.reference, seen.merchantCode, seen.minor, seen.currency, seen.transactionId],
        [reference(attempt.id), attempt.merchantCode, 1240, "GBP", null]
      )
      assert.match(seen.payUrl ?? "", /^https?:\/\//)
      assert.isAbove(seen.providerId.length, 0)
    })
  )
  it.effect("asked again, or many times at once, the same page is found", () =>
    Effect.gen(function* () {
      const { asked, provider } = yield* counter
      const all = yield* atOnce(() => provider.open(asked), 4)
      const again = yield* provider.open(asked)
      assert.strictEqual(new Set([...all, again].map(({ providerId }) => providerId)).size, 1)
      assert.strictEqual(new Set([...all, again].map(({ payUrl }) => payUrl)).size, 1)
    })
  )
  for (const when of ["before", "after"] as const) {
    it.effect(`no answer, ${when} the page was made: asked again there is one page`, () =>
      Effect.gen(function* () {
        const { asked, provider, seeds } = yield* counter
        yield* seeds.silence("open", when)
        const first = yield* Effect.result(provider.open(asked))
        const again = yield* provider.open(asked)
        assert.strictEqual(judge(asked.attempt, again), "unpaid")
        if (first._tag === "Failure") assert.strictEqual(first.failure._tag, "PaymentProviderUnavailable")
        else assert.strictEqual(first.success.providerId, again.providerId)
      })
    )
  }
  it.effect("a seller whose key is refused cannot be paid, and nobody else is held up", () =>
    Effect.gen(function* () {
      const { asked, provider, seeds } = yield* counter
      const bad = yield* asking(yield* seeds.rejected)
      assert.strictEqual(yield* refusal(provider.open(bad)), "PaymentProviderRefused")
      assert.strictEqual((yield* provider.open(asked)).status, "PENDING")
    })
  )
}

const reading = (it: It<Needs>): void => {
  it.effect("a page that waits is unpaid, a declined one too, and a paid one agrees in every fact", () =>
    Effect.gen(function* () {
      const { asked, provider, seeds } = yield* counter
      const known = noted(asked, yield* provider.open(asked))
      const look = Effect.map(provider.read(known), (seen) => [seen.status, judge(known.attempt, seen)])
      assert.deepStrictEqual(yield* look, ["PENDING", "unpaid"])
      yield* seeds.decline(known.attempt)
      assert.deepStrictEqual(yield* look, ["FAILED", "unpaid"])
      yield* seeds.pay(known.attempt)
      assert.deepStrictEqual(yield* look, ["PAID", "paid"])
      assert.deepStrictEqual(yield* look, ["PAID", "paid"])
    })
  )
  it.effect("what was paid is one transaction of its own, in minor units", () =>
    Effect.gen(function* () {
      const { asked, provider, seeds } = yield* counter
      const known = noted(asked, yield* provider.open(asked))
      const other = yield* asking(yield* seeds.seller, 99)
      const second = noted(other, yield* provider.open(other))
      yield* seeds.pay(known.attempt)
      yield* seeds.pay(second.attempt)
      const paid = yield* provider.read(known)
      const also = yield* provider.read(second)
      assert.deepStrictEqual(
        paid.captured.map(({ currency, minor }) => [minor, currency]),
        [[1240, "GBP"]]
      )
      assert.deepStrictEqual(
        also.captured.map(({ currency, minor }) => [minor, currency]),
        [[99, "GBP"]]
      )
      assert.strictEqual(paid.transactionId, paid.captured[0]?.transactionId)
      assert.notStrictEqual(paid.transactionId, also.transactionId)
    })
  )
  it.effect("an attempt whose answer was lost is found by its reference", () =>
    Effect.gen(function* () {
      const { asked, provider, seeds } = yield* counter
      const { providerId } = yield* provider.open(asked)
      yield* seeds.pay(asked.attempt)
      const seen = yield* provider.read(asked)
      assert.deepStrictEqual([seen.providerId, judge(asked.attempt, seen)], [providerId, "paid"])
    })
  )
  it.effect("a page that was never made is not found, which is no answer about money", () =>
    Effect.gen(function* () {
      const { asked, provider } = yield* counter
      const failure = yield* Effect.flip(provider.read(asked))
      assert.strictEqual(failure._tag, "PaymentProviderUnavailable")
      assert.strictEqual(failure.why, "not_found")
    })
  )
}

const closing = (it: It<Needs>): void => {
  it.effect("a closed page is dead, closing it again says so again, and it cannot be opened", () =>
    Effect.gen(function* () {
      const { asked, provider } = yield* counter
      const known = noted(asked, yield* provider.open(asked))
      const closed = yield* provider.deactivate(known)
      assert.deepStrictEqual([closed.status, closed.via], ["EXPIRED", "deactivate"])
      assert.strictEqual((yield* provider.deactivate(known)).status, "EXPIRED")
      assert.strictEqual((yield* provider.read(known)).status, "EXPIRED")
      assert.strictEqual((yield* provider.open(asked)).status, "EXPIRED")
    })
  )
  it.effect("a page that was paid is not closed: the answer is the payment", () =>
    Effect.gen(function* () {
      const { asked, provider, seeds } = yield* counter
      const known = noted(asked, yield* provider.open(asked))
      yield* seeds.pay(known.attempt)
      const seen = yield* provider.deactivate(known)
      assert.deepStrictEqual([seen.status, judge(known.attempt, seen)], ["PAID", "paid"])
    })
  )
  it.effect("a webhook's secret names its attempt, and a made-up one names none", () =>
    Effect.gen(function* () {
      const { asked, provider, seeds } = yield* counter
      yield* provider.open(asked)
      const token = yield* seeds.token(asked.attempt)
      assert.deepStrictEqual(provider.hint(token), Option.some(asked.attempt.id))
      const forged = ["", "x", "../../etc", asked.attempt.id, token.slice(1), `${token}x`, token.repeat(50)]
      for (const made of forged) assert.deepStrictEqual(provider.hint(made), Option.none())
    })
  )
}

/** What every adapter of `PaymentProvider` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`PaymentProvider: ${name}`, (it) => {
    opening(it)
    reading(it)
    closing(it)
    refunding(it)
  })

// Not asserted: the deadline of 5 seconds, which key a call carries, how often a seller's calls may repeat,
// what junk, redirects and endless bodies lead to, and that no secret reaches a log or an error.
