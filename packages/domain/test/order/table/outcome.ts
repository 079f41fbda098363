import { Result } from "effect"
import type { Decision } from "../../../src/order/Decision.ts"
import type { Input } from "../../../src/order/Input.ts"
import type { Order } from "../../../src/order/Order.ts"
import type { OrderEvent } from "../../../src/order/OrderEvent.ts"
import { decide } from "../../../src/order/Transitions.ts"
import { now } from "./situations.ts"

const differ = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b)

const attempts = (before: Order, after: Order): string => {
  const states = (of: Order) => of.attempts.map(({ state }) => state).join(", ")
  if (states(before) !== states(after)) return `[${states(after)}]`
  return differ(before.attempts, after.attempts) ? "read" : ""
}
const cases = (before: Order, after: Order): ReadonlyArray<string> =>
  after.cases.flatMap(({ id, reason, resolution }) => {
    const known = before.cases.find((one) => one.id === id)
    if (known === undefined) return [`case ${reason}`]
    return differ(known, { ...known, resolution }) ? [`${reason} case ${resolution?.answer}`] : []
  })
const refunds = (before: Order, after: Order): ReadonlyArray<string> =>
  after.refunds.flatMap((refund) =>
    before.refunds.some((one) => !differ(one, refund))
      ? []
      : [`refund ${refund.minor} ${refund.state}${refund.external ? " outside" : ""}`]
  )
const told = ({ data }: OrderEvent): string => {
  if (data._tag === "order.paid") return `told ${data._tag}${data.late ? " late" : ""}`
  if (data._tag === "order.refunded") return `told ${data._tag}${data.full ? " full" : ""}`
  return `told ${data._tag}`
}

const happened = (before: Order, { audit, entries, events, order }: Decision): string => {
  const parts = [
    order.state === before.state ? "" : `→ ${order.state}`,
    attempts(before, order),
    order.paidBy === before.paidBy ? "" : "credited",
    ...cases(before, order),
    ...refunds(before, order),
    ...events.map(told),
    entries._tag === "Keep" ? "" : `entries ${entries._tag}`,
    audit === null ? "" : `noted ${audit.action}`
  ].filter((part) => part !== "")
  return parts.length === 0 ? "nothing" : parts.join(" · ")
}

/** What an input does to an order, in words; for late money also what happens when a place is gone. */
export const outcome = (before: Order, input: Input): string => {
  const answer = decide(input)(before, now)
  if (Result.isFailure(answer)) return `refused ${answer.failure._tag}`
  const { entries } = answer.success
  const words = happened(before, answer.success)
  return entries._tag === "Reclaim" ? `${words} | else ${happened(before, entries.otherwise())}` : words
}
