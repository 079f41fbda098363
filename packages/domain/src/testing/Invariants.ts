import { HashMap } from "effect"
import type { Break } from "../health/Audits.ts"
import type { Order } from "../order/Order.ts"
import { isAbout } from "../payment/Observation.ts"
import { paymentId } from "../payment/Payment.ts"
import { isLive, reference } from "../payment/PaymentAttempt.ts"
import { isMoving } from "../payment/Refund.ts"
import type { Instant } from "../time/Instant.ts"
import { heldIn, revisionOf } from "./heldLines.ts"
import type { Books } from "./providerBooks.ts"
import type { OrderRow, State } from "./State.ts"
import { entriesWhere, seatsFree } from "./seats.ts"

type Rule = (row: OrderRow, state: State, now: Instant) => ReadonlyArray<readonly [boolean, string]>

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, n) => total + n, 0)
const credited = ({ paidBy, payments }: Order) => payments.filter(({ id }) => id === paidBy)
const times = ({ events }: OrderRow, tag: string): number =>
  events.filter(({ data }) => data._tag === tag).length

/** One credit: paid exactly when one payment of the whole amount was credited, or nothing was to pay. */
const s1: Rule = ({ order }) => [
  [credited(order).length === (order.paidBy === null ? 0 : 1), "credits another order's payment"],
  [(order.paidBy !== null) === (order.paidAt !== null && order.total > 0), "credited is not paid"],
  [credited(order).every(({ minor }) => minor === order.total), "credited another amount"],
  [order.paidAt === null || ["paid", "cancelled"].includes(order.state), "paid and yet unpaid"],
  [order.state !== "paid" || order.paidAt !== null, "paid by nothing"]
]

const s2: Rule = ({ order }) => [
  [sum(order.lines.map(({ total }) => total)) === order.total, "lines do not add up"],
  [order.lines.every(({ quantity, total, unit }) => unit * quantity === total), "a line is no product"],
  [order.attempts.every(({ amount }) => amount.minor === order.total), "an attempt asks for another amount"]
]

/** Credited means proven: an answer that agrees in every fact shows this very money. */
const s3: Rule = ({ observations, order }) =>
  credited(order).map(({ attemptId, currency, id, minor, verdict }) => {
    const attempt = order.attempts.find((one) => one.id === attemptId)
    const proven = observations.some(
      (seen) =>
        seen.status === "PAID" &&
        attempt !== undefined &&
        isAbout(attempt, seen) &&
        seen.captured.some(
          (one) => paymentId(one.transactionId) === id && one.minor === minor && one.currency === currency
        )
    )
    return [verdict === "by_hand" || proven, "credited without an answer that agrees"]
  })

const s4: Rule = ({ order }) =>
  order.payments.map(({ id, verdict }) => {
    const cases = order.cases.filter((one) => one.paymentId === id && one.reason !== "chargeback")
    const wanted = id === order.paidBy ? cases.length <= 1 : cases.length === 1
    const mismatch = verdict !== "mismatch" || cases.every(({ reason }) => reason === "mismatch")
    return [wanted && mismatch, `payment ${id} has ${cases.length} cases`]
  })

/** A line is in one place: a cart, or one order. */
const s5: Rule = ({ order }, state) => {
  const { inCarts, inOrders } = heldIn(state)
  const mine = order.lines.flatMap(({ cartLineId }) => cartLineId ?? [])
  return [
    [mine.every((id) => !inCarts.has(id)), "a line is in a cart too"],
    [mine.every((id) => (inOrders.get(id) ?? 0) <= 1), "a line is in two orders"]
  ]
}

const s6: Rule = ({ order }, state) => {
  const twins = heldIn(state).placed.get(revisionOf(order)) ?? 0
  const live = order.attempts.filter(isLive).length
  return [
    [twins === 1, "its cart revision was placed twice"],
    [live <= 1, "two live attempts"],
    [live === 0 || !["expired", "cancelled"].includes(order.state), "a live attempt on an order that ended"]
  ]
}

const s7: Rule = ({ order }, state) =>
  entriesWhere(state, ({ entry }) => entry.orderId === order.id).map(({ entry }) => {
    const right =
      (entry.state !== "ordered" || order.state === "awaiting_payment") &&
      (!["provisional", "confirmed"].includes(entry.state) || order.state === "paid")
    return [right, `its entry ${entry.id} is ${entry.state} while it is ${order.state}`]
  })

/** No entry is free before its order ended. */
const s8: Rule = ({ order }, state) =>
  entriesWhere(state, ({ entry }) => entry.orderId === order.id).map(({ entry }) => [
    entry.state !== "released" || order.state !== "awaiting_payment",
    `its entry ${entry.id} was released before it ended`
  ])

const s10: Rule = (row) => [
  [row.events.every(({ sequence }, index) => sequence === index + 1), "events have gaps"],
  [
    row.events[0]?.data._tag === "order.created" && times(row, "order.created") === 1,
    "not told created once"
  ],
  [times(row, "order.paid") === (row.order.paidAt === null ? 0 : 1), "not told paid once"],
  [times(row, "order.cancelled") === (row.order.state === "cancelled" ? 1 : 0), "not told cancelled once"],
  [times(row, "order.expired") >= (row.order.state === "expired" ? 1 : 0), "not told expired"],
  [times(row, "payment.unmatched") === row.order.cases.length, "cases and what was told differ"],
  [row.order.told === row.events.length, "it does not know what it told"]
]

const s18: Rule = ({ order }) =>
  order.payments.flatMap(({ id, minor }): ReadonlyArray<readonly [boolean, string]> => {
    const of = order.refunds.filter(({ paymentId }) => paymentId === id)
    return [
      [sum(of.filter(({ state }) => state === "done").map((one) => one.minor)) <= minor, "refunded too much"],
      [of.filter(isMoving).length <= 1, "two refunds move"]
    ]
  })

const l1: Rule = ({ order }) => {
  const waits =
    order.state === "awaiting_payment" || order.attempts.some(isLive) || order.refunds.some(isMoving)
  return [[!waits || order.dueAt !== null, "nobody will look at it again"]]
}

const rules: Readonly<Record<string, Rule>> = {
  S1: s1,
  S2: s2,
  S3: s3,
  S4: s4,
  S5: s5,
  S6: s6,
  S7: s7,
  S8: s8,
  S10: s10,
  S18: s18,
  L1: l1
}

/** What is wrong with one order; nothing is good. */
export const checkOrder = (row: OrderRow, state: State, now: Instant): ReadonlyArray<Break> =>
  Object.entries(rules).flatMap(([invariant, rule]) =>
    rule(row, state, now).flatMap(([holds, detail]) =>
      holds ? [] : [{ invariant, subject: row.order.number, detail }]
    )
  )

/** What is wrong in this state; nothing is good. True after every step, whatever happened. */
export const check = (state: State, now: Instant): ReadonlyArray<Break> => {
  const ofOrders = HashMap.toValues(state.orders).flatMap((row) => checkOrder(row, state, now))
  const full = [...HashMap.keys(state.slots)].filter((slot) => seatsFree(state, slot, now) < 0)
  return [
    ...ofOrders,
    ...full.map((subject) => ({ invariant: "S7", subject, detail: "more entries than seats" }))
  ]
}

/**
 * S9: every transaction of the provider's books is one payment here, of its order and amount. True once all
 * is read.
 */
export const compare = (state: State, books: Books): ReadonlyArray<Break> => {
  const orders = HashMap.toValues(state.orders).map(({ order }) => order)
  const unknown = books.transactions.flatMap((of) => {
    const order = orders.find(({ attempts }) => attempts.some(({ id }) => reference(id) === of.reference))
    const found = order?.payments.filter(({ id }) => id === paymentId(of.transactionId)) ?? []
    const right = found.length === 1 && found[0]?.minor === of.minor
    return right
      ? []
      : [{ invariant: "S9", subject: of.transactionId, detail: `${found.length} payments for it` }]
  })
  const known = orders.flatMap(({ payments }) => payments.filter(({ verdict }) => verdict !== "by_hand"))
  const invented = known.length - books.transactions.length + unknown.length
  return invented === 0
    ? unknown
    : [...unknown, { invariant: "S9", subject: "all", detail: `${invented} invented` }]
}
