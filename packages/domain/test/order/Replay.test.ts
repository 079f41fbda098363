import { assert, describe } from "@effect/vitest"
import * as fc from "fast-check"
import type { Order } from "../../src/order/Order.ts"
import type { Observation } from "../../src/payment/Observation.ts"
import type { PaymentAttempt } from "../../src/payment/PaymentAttempt.ts"
import { answering, attemptOf } from "../../src/testing/acting.ts"
import { become, placed, seller, start, through, uuid } from "../../src/testing/examples.ts"
import { law } from "../../src/testing/prop.ts"
import { AttemptId } from "../../src/text/Ids.ts"
import { minute, plus, second } from "../../src/time/Instant.ts"

/**
 * What became of a page at the provider, as its answers told one after the other; a later one never says
 * less.
 */
const fates: Readonly<Record<string, ReadonlyArray<Partial<Observation>>>> = {
  waiting: [{}],
  declined: [{}, { status: "FAILED" }],
  paid: [{}, { status: "PAID" }],
  "declined, then paid": [{ status: "FAILED" }, {}, { status: "FAILED" }, { status: "PAID" }],
  expired: [{}, { status: "EXPIRED" }],
  deactivated: [{}, { status: "EXPIRED", via: "deactivate" }],
  "expired, then paid all the same": [{}, { status: "EXPIRED" }, { status: "PAID" }],
  "paid, proven later": [{ status: "PAID", captured: [], transactionId: null }, { status: "PAID" }],
  "paid with another amount": [{}, { status: "PAID", minor: 7 }]
}

const first = placed()
const again = through(
  first,
  [{ _tag: "Observed", acceptsLate: true, seen: answering(attemptOf(first)) }, start],
  [{ _tag: "Observed", acceptsLate: true, seen: answering(attemptOf(first), { status: "EXPIRED" }) }, start],
  [{ _tag: "PayAgain", attemptId: AttemptId.make(uuid(12)), seller }, plus(start, minute)]
)
const cancelled = through(
  first,
  [{ _tag: "Observed", acceptsLate: true, seen: answering(attemptOf(first), { status: "EXPIRED" }) }, start],
  [{ _tag: "CancelByBuyer" }, plus(start, minute)]
)

const answersOf = (attempt: PaymentAttempt) =>
  fc.constantFrom(...Object.values(fates)).map((fate) => fate.map((change) => answering(attempt, change)))

interface Telling {
  readonly order: Order
  /** Everything the provider said, in its own order, page by page. */
  readonly said: ReadonlyArray<ReadonlyArray<Observation>>
  /** The same with repetitions, in any order: as webhooks, returns and sweeps may bring it. */
  readonly heard: ReadonlyArray<Observation>
}
const telling: fc.Arbitrary<Telling> = fc.constantFrom(first, again, cancelled).chain((order) =>
  fc.tuple(...order.attempts.map(answersOf)).chain((said) =>
    fc.record({
      order: fc.constant(order),
      said: fc.constant(said),
      heard: fc.array(fc.constantFrom(...said.flat()), { maxLength: 12 })
    })
  )
)

interface Heard {
  readonly order: Order
  readonly tags: ReadonlyArray<string>
}
const nothingHeard = (order: Order): Heard => ({ order, tags: [] })

/** What is left of an order when it does not matter when, how often or by which call it was told. */
const settled = ({ order, tags }: Heard) => ({
  state: order.state,
  credited: order.payments.filter(({ id }) => id === order.paidBy).length,
  payments: order.payments
    .map(({ currency, id, minor, verdict }) => [id, minor, currency, verdict].join())
    .sort(),
  cases: order.cases.map(({ reason }) => reason).sort(),
  attempts: order.attempts.map(({ state }) =>
    state === "expired" || state === "deactivated" ? "dead" : state
  ),
  told: [...tags].sort()
})

const hear = (order: Order, heard: ReadonlyArray<Observation>) =>
  heard.reduce(({ order: current, tags }, seen, index) => {
    const { events, order: next } = become(
      current,
      { _tag: "Observed", acceptsLate: true, seen },
      plus(start, (60 + index) * second)
    )
    return { order: next, tags: [...tags, ...events.map(({ data }) => data._tag)] }
  }, nothingHeard(order))

describe("S11 replay", () => {
  law(
    "whatever is heard, how often and in which order: with the provider's last word it ends the same",
    [telling],
    ({ heard, order, said }) => {
      const last = said.flatMap((fate) => fate.slice(-1))
      assert.deepStrictEqual(settled(hear(order, [...heard, ...last])), settled(hear(order, said.flat())))
    },
    { numRuns: 1000 }
  )
  law(
    "the last word in any order of the pages is one credit at most, and the rest is kept",
    [telling, fc.boolean()],
    ({ order, said }, reversed) => {
      const last = said.flatMap((fate) => fate.slice(-1))
      const { order: ended } = hear(order, reversed ? last.toReversed() : last)
      const paid = last.filter(({ status }) => status === "PAID").length
      assert.strictEqual(ended.payments.length, paid)
      assert.strictEqual(ended.cases.length + (ended.paidBy === null ? 0 : 1), paid)
    }
  )
  law("the last word heard twice is heard once", [telling], ({ heard, order }) => {
    const once = hear(order, heard)
    const twice = hear(once.order, heard)
    assert.deepStrictEqual(settled({ ...twice, tags: [] }), settled({ ...once, tags: [] }))
    assert.deepStrictEqual(twice.tags, [])
  })
})
