import type { Input } from "../../../src/order/Input.ts"
import type { Observation } from "../../../src/payment/Observation.ts"
import { answering, attemptOf } from "../../../src/testing/acting.ts"
import { placed, seller, uuid } from "../../../src/testing/examples.ts"
import { AttemptId, EntryId, RefundId } from "../../../src/text/Ids.ts"
import { attempt, by, observed, paymentId, refundId } from "./situations.ts"

const main = { transactionId: `transaction-${attempt.id}`, ...attempt.amount }
const paid = (change: Partial<Observation> = {}): Input => observed({ status: "PAID", ...change })
const stranger = { ...attemptOf(placed()), id: AttemptId.make(uuid(99)) }

/** Everything that can happen to an order; an answer of the provider in each of its kinds. */
export const inputs = {
  pending: observed(),
  declined: observed({ status: "FAILED" }),
  expired: observed({ status: "EXPIRED" }),
  "expired as we asked": observed({ status: "EXPIRED", via: "deactivate" }),
  "expired, of somebody else": observed({ status: "EXPIRED", reference: "ra-other" }),
  paid: paid(),
  "paid, on a page that keeps no late money": observed({ status: "PAID" }, false),
  "paid, another reference": paid({ reference: "ra-other" }),
  "paid, another merchant": paid({ merchantCode: "MOTHER" }),
  "paid, another checkout": paid({ providerId: "checkout-other" }),
  "paid, another amount": paid({ minor: 7 }),
  "paid, another currency": paid({ currency: "XTS" }),
  "paid, a transaction of another amount": paid({ captured: [{ ...main, minor: 7 }] }),
  "paid, a transaction of another currency": paid({ captured: [{ ...main, currency: "XTS" }] }),
  "paid, no transaction": paid({ transactionId: null, captured: [] }),
  "paid, another transaction": paid({ captured: [{ ...main, transactionId: "stray" }] }),
  "paid twice": paid({ captured: [main, { ...main, transactionId: "stray" }] }),
  "paid, an attempt of another order": {
    _tag: "Observed",
    acceptsLate: true,
    seen: answering(stranger, { status: "PAID" })
  },
  unreadable: { _tag: "Unreadable", attemptId: attempt.id },
  "never made": { _tag: "NeverMade", attemptId: attempt.id },
  "pay again": { _tag: "PayAgain", attemptId: AttemptId.make(uuid(13)), seller },
  deadline: { _tag: "Deadline" },
  "cancelled by the buyer": { _tag: "CancelByBuyer" },
  "cancelled by the seller": {
    _tag: "CancelBySeller",
    refundsAlone: false,
    refundId: RefundId.make(uuid(71)),
    ...by
  },
  "cancelled by the seller who refunds": {
    _tag: "CancelBySeller",
    refundsAlone: true,
    refundId: RefundId.make(uuid(71)),
    ...by
  },
  "paid by hand": { _tag: "PaidByHand", name: "till-1", ...by },
  "case credited": { _tag: "CreditCase", caseId: paymentId, ...by },
  "case written off": { _tag: "ResolveCase", caseId: paymentId, answer: "written_off", ...by },
  "refund asked": { _tag: "RefundAsked", refundId: RefundId.make(uuid(72)), paymentId, minor: 500, ...by },
  "refund sent": { _tag: "RefundSent", refundId, before: 0 },
  "refund failed": { _tag: "RefundFailed", refundId },
  "part seen paid back": { _tag: "RefundsSeen", paymentId, refunded: 400, chargedBack: 0 },
  "all seen paid back": { _tag: "RefundsSeen", paymentId, refunded: 1000, chargedBack: 0 },
  "place declined, of another order": {
    _tag: "EntryAnswered",
    entryId: EntryId.make("entry-other"),
    answer: "declined"
  },
  "buyer forgotten": { _tag: "Erase" },
  "seen charged back": { _tag: "RefundsSeen", paymentId, refunded: 0, chargedBack: 1000 }
} as const satisfies Readonly<Record<string, Input>>

export type InputName = keyof typeof inputs

// Inputs that mostly go together.
export const unpaid = ["pending", "declined", "expired", "expired as we asked"] as const
export const disagreeing = [
  "paid, another reference",
  "paid, another merchant",
  "paid, another checkout",
  "paid, another amount",
  "paid, another currency",
  "paid, a transaction of another amount",
  "paid, a transaction of another currency"
] as const
export const unproven = ["paid, no transaction", "paid, another transaction"] as const
export const notOurs = ["expired, of somebody else", "paid, an attempt of another order"] as const
export const refunding = ["refund asked", "refund sent", "refund failed"] as const
export const seenGone = ["part seen paid back", "all seen paid back", "seen charged back"] as const
export const cancelling = [
  "cancelled by the buyer",
  "cancelled by the seller",
  "cancelled by the seller who refunds"
] as const
/** What happens, and the inputs that lead to it. */
export type Rows = Readonly<Record<string, ReadonlyArray<InputName>>>
