import { Result } from "effect"
import type { EntryTaken } from "../calendar/CalendarEntry.ts"
import { handPaymentId, type Payment } from "../payment/Payment.ts"
import type { AttemptId } from "../text/Ids.ts"
import type { Instant } from "../time/Instant.ts"
import { answerEntry, type EntryNotOrdered } from "./Answers.ts"
import { callOff } from "./CallingOff.ts"
import { type AmountDiffers, creditCase, resolveCase } from "./Cases.ts"
import { cancel, expire, neverMade, payAgain } from "./Closing.ts"
import { credit, observe } from "./Crediting.ts"
import { changed, type Decision, unchanged } from "./Decision.ts"
import { erase, type MoneyOpen } from "./Erasing.ts"
import type { Input, InputOf, InputTag } from "./Input.ts"
import { nextLook } from "./Look.ts"
import {
  type AttemptLimit,
  AttemptStillAlive,
  isUnproven,
  liveAttempt,
  type Order,
  OrderOver,
  OrderPaid,
  type OrderState,
  type PaymentInQuestion
} from "./Order.ts"
import {
  askRefund,
  failRefund,
  type MoneyUnknown,
  type RefundMoving,
  type RefundTooHigh,
  sendRefund
} from "./Refunds.ts"
import { seeRefunds } from "./SeenRefunds.ts"

export type OrderRefusal =
  | OrderPaid
  | OrderOver
  | AttemptStillAlive
  | PaymentInQuestion
  | AttemptLimit
  | RefundTooHigh
  | RefundMoving
  | MoneyUnknown
  | AmountDiffers
  | EntryNotOrdered
  | MoneyOpen
  | EntryTaken

type Answer = Result.Result<Decision, OrderRefusal>
type Cell<T extends InputTag> = (order: Order, input: InputOf<T>, now: Instant) => Answer

const same = (order: Order): Answer => Result.succeed(unchanged(order))
const isPaid = ({ number }: Order): Answer => Result.fail(new OrderPaid({ number }))
const isOver = ({ number, state }: Order): Answer => Result.fail(new OrderOver({ number, state }))

/** T15: cash or a transfer, while nothing can be paid at the provider any more. */
const byHand: Cell<"PaidByHand"> = (order, { by, name, reason }, now) => {
  if (liveAttempt(order) !== undefined || isUnproven(order)) {
    return Result.fail(new AttemptStillAlive({ number: order.number }))
  }
  const payment: Payment = {
    id: handPaymentId(order.number, name),
    attemptId: null,
    minor: order.total,
    currency: order.currency,
    verdict: "by_hand",
    receivedAt: now
  }
  const credited = credit(order, payment, now)
  const audit = { action: "order.paid_by_hand", by, reason }
  return Result.succeed(
    changed(credited.order, now, [credited.happened], { entries: { _tag: "Confirm" }, audit })
  )
}

const always = {
  Observed: observe,
  Unreadable: same,
  NeverMade: (order: Order, { attemptId }: InputOf<"NeverMade">, now: Instant): Answer =>
    Result.succeed(neverMade(order, attemptId, now)),
  RefundAsked: askRefund,
  RefundSent: sendRefund,
  RefundFailed: failRefund,
  RefundsSeen: seeRefunds,
  ResolveCase: resolveCase,
  EntryAnswered: answerEntry,
  Erase: (order: Order, _: InputOf<"Erase">, now: Instant): Answer => erase(order, now)
}

/** The table of the domain: every state × every input. A cell left out does not compile. */
export const table: { readonly [S in OrderState]: { readonly [T in InputTag]: Cell<T> } } = {
  awaiting_payment: {
    ...always,
    PayAgain: payAgain,
    Deadline: (order, _, now) => expire(order, now),
    CancelByBuyer: (order, _, now) => cancel(order, "buyer", now),
    CancelBySeller: (order, { by, reason }, now) =>
      cancel(order, "seller", now, { action: "order.cancel", by, reason }),
    PaidByHand: byHand,
    CreditCase: creditCase
  },
  paid: {
    ...always,
    PayAgain: isPaid,
    Deadline: same,
    CancelByBuyer: isPaid,
    CancelBySeller: callOff,
    PaidByHand: (order, { name }) =>
      order.paidBy === handPaymentId(order.number, name) ? same(order) : isPaid(order),
    CreditCase: isPaid
  },
  expired: {
    ...always,
    PayAgain: isOver,
    Deadline: same,
    CancelByBuyer: isOver,
    CancelBySeller: isOver,
    PaidByHand: isOver,
    CreditCase: creditCase
  },
  cancelled: {
    ...always,
    PayAgain: isOver,
    Deadline: same,
    CancelByBuyer: same,
    CancelBySeller: same,
    PaidByHand: isOver,
    CreditCase: isOver
  }
}

const dispatch = <T extends InputTag>(order: Order, input: InputOf<T>, now: Instant): Answer => {
  const tag: T = input._tag
  const cell: Cell<T> = table[order.state][tag]
  return cell(order, input, now)
}

/** The next look follows from the order; whoever decides cannot forget it. */
const scheduled = (decision: Decision, now: Instant, silent?: AttemptId): Decision => {
  const { entries, order } = decision
  const dueAt = nextLook(order, now, silent)
  return {
    ...decision,
    order: dueAt === order.dueAt ? order : { ...order, dueAt },
    entries:
      entries._tag === "Reclaim"
        ? { ...entries, otherwise: () => scheduled(entries.otherwise(), now) }
        : entries
  }
}

/** Applies what happened to the order as it is now. A refusal means that nothing is written. */
export const decide =
  (input: Input) =>
  (order: Order, now: Instant): Answer =>
    Result.map(dispatch(order, input, now), (decision) =>
      scheduled(decision, now, input._tag === "Unreadable" ? input.attemptId : undefined)
    )
