import * as fc from "fast-check"
import type { Input } from "../order/Input.ts"
import type { Order } from "../order/Order.ts"
import type { Captured, Observation } from "../payment/Observation.ts"
import { AttemptId, EntryId, RefundId } from "../text/Ids.ts"
import { minute, second } from "../time/Instant.ts"
import { answering } from "./acting.ts"
import { seller, uuid } from "./examples.ts"

/** Something that may happen to an order: what it is follows from the order as it is then. */
export interface Happening {
  /** Milliseconds since the happening before it. */
  readonly after: number
  readonly input: (order: Order) => Input
}

type Pick = (order: Order) => Order["attempts"][number] | undefined
const nothing = (order: Order): Input => ({
  _tag: "Unreadable",
  attemptId: order.attempts[0]?.id ?? AttemptId.make(uuid(999))
})
const attempt = fc.nat({ max: 5 }).map(
  (n): Pick =>
    ({ attempts }) =>
      attempts[n % Math.max(1, attempts.length)]
)
const by = { by: "wren", reason: "It was so." }

/** Changes that make an answer disagree, prove nothing, or name more money than one payment. */
const twist = fc.constantFrom<(main: Captured) => Partial<Observation>>(
  () => ({}),
  () => ({}),
  () => ({}),
  () => ({ minor: 7 }),
  () => ({ merchantCode: "MOTHER" }),
  () => ({ reference: "ra-other" }),
  () => ({ captured: [] }),
  () => ({ transactionId: null }),
  (main) => ({ captured: [{ ...main, minor: main.minor + 1 }] }),
  (main) => ({ captured: [main, { ...main, transactionId: `${main.transactionId}-again` }] }),
  (main) => ({ captured: [{ ...main, transactionId: `${main.transactionId}-stray` }] })
)

const observed = fc
  .record({
    acceptsLate: fc.boolean(),
    pick: attempt,
    status: fc.constantFrom("PENDING", "FAILED", "EXPIRED", "EXPIRED", "PAID"),
    twist,
    via: fc.constantFrom("open", "read", "deactivate")
  })
  .map(({ acceptsLate, pick, status, twist, via }) => (order: Order): Input => {
    const of = pick(order)
    if (of === undefined) return nothing(order)
    const main = { transactionId: `transaction-${of.id}`, ...of.amount }
    const change = status === "PAID" ? twist(main) : {}
    return { _tag: "Observed", acceptsLate, seen: answering(of, { status, via, ...change }) }
  })

const ofBuyer = fc.oneof(
  fc
    .nat({ max: 1000 })
    .map((n) => (): Input => ({ _tag: "PayAgain", attemptId: AttemptId.make(uuid(2000 + n)), seller })),
  fc.constant((): Input => ({ _tag: "Deadline" })),
  fc.constant((): Input => ({ _tag: "CancelByBuyer" })),
  attempt.map((pick) => (order: Order): Input => {
    const of = pick(order)
    return of === undefined ? nothing(order) : { _tag: "NeverMade", attemptId: of.id }
  })
)

const which = fc.nat({ max: 5 })
const ofPeople = fc.oneof(
  fc.record({ refundsAlone: fc.boolean(), n: fc.nat({ max: 1000 }) }).map(
    ({ n, refundsAlone }) =>
      (): Input => ({ _tag: "CancelBySeller", refundsAlone, refundId: RefundId.make(uuid(4000 + n)), ...by })
  ),
  fc.constant((): Input => ({ _tag: "PaidByHand", name: "till-1", ...by })),
  which.map((n) => ({ cases }: Order): Input => {
    const caseId = cases[n % Math.max(1, cases.length)]?.id ?? "none"
    return { _tag: "CreditCase", caseId, ...by }
  }),
  which.map((n) => ({ cases }: Order): Input => {
    const caseId = cases[n % Math.max(1, cases.length)]?.id ?? "none"
    return { _tag: "ResolveCase", caseId, answer: n % 2 === 0 ? "written_off" : "refunded", ...by }
  })
)

const ofRefunds = fc
  .record({
    before: fc.constantFrom(0, 0, 1, 500),
    kind: fc.constantFrom("RefundAsked", "RefundSent", "RefundFailed", "RefundsSeen", "RefundsSeen"),
    minor: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 3000 })),
    n: fc.nat({ max: 1000 })
  })
  .map(({ before, kind, minor, n }) => ({ payments, refunds }: Order): Input => {
    const paymentId = payments[n % Math.max(1, payments.length)]?.id ?? "none"
    const refundId = refunds[n % Math.max(1, refunds.length)]?.id ?? "none"
    if (kind === "RefundAsked" || (kind !== "RefundsSeen" && refunds.length === 0)) {
      return { _tag: "RefundAsked", refundId: RefundId.make(uuid(6000 + n)), paymentId, minor, ...by }
    }
    if (kind === "RefundSent") return { _tag: kind, refundId, before }
    if (kind === "RefundFailed") return { _tag: kind, refundId }
    return { _tag: kind, paymentId, refunded: minor, chargedBack: n % 7 === 0 ? 1 : 0 }
  })

const ofSiblings = fc.oneof(
  fc.constantFrom("confirmed", "declined", "cancelled").chain((answer) =>
    which.map((n) => ({ lines }: Order): Input => {
      const places = lines.flatMap(({ entryId }) => entryId ?? [])
      const entryId = places[n % Math.max(1, places.length)] ?? EntryId.make("entry-other")
      return { _tag: "EntryAnswered", entryId, answer }
    })
  ),
  fc.constant((): Input => ({ _tag: "Erase" }))
)

/** Anything at all, answers of the provider most of all; seconds or hours apart. */
export const happening: fc.Arbitrary<Happening> = fc.record({
  after: fc.oneof(fc.nat({ max: 20 * second }), fc.nat({ max: 50 * minute })),
  input: fc.oneof(
    { weight: 5, arbitrary: observed },
    { weight: 3, arbitrary: ofBuyer },
    ofPeople,
    {
      weight: 2,
      arbitrary: ofRefunds
    },
    ofSiblings
  )
})

const first =
  (change: Partial<Observation>) =>
  (order: Order): Input => {
    const of = order.attempts.at(-1)
    if (of === undefined) return nothing(order)
    return { _tag: "Observed", acceptsLate: false, seen: answering(of, change) }
  }
const opened: Happening = { after: second, input: first({ via: "open" }) }
const paid: Happening = { after: minute, input: first({ status: "PAID" }) }
const died: Happening = { after: minute, input: first({ status: "EXPIRED" }) }
const ended: Happening = { after: 50 * minute, input: () => ({ _tag: "Deadline" }) }
const again: Happening = {
  after: minute,
  input: () => ({ _tag: "PayAgain", attemptId: AttemptId.make(uuid(1999)), seller })
}

/** Anything at all, from the beginning or from somewhere in the middle of an order's life. */
export const happenings: fc.Arbitrary<ReadonlyArray<Happening>> = fc
  .tuple(
    fc.constantFrom(
      [],
      [opened],
      [opened, paid],
      [opened, died, again],
      [opened, died, ended],
      [died, ended, paid]
    ),
    fc.array(happening, { minLength: 1, maxLength: 25 })
  )
  .map(([beginning, rest]) => [...beginning, ...rest])
