import { Schema } from "effect"
import { EntryAnswer } from "../calendar/CalendarEntry.ts"
import { Owner } from "../identity/Identity.ts"
import { Currency } from "../money/Currency.ts"
import { Minor } from "../money/Money.ts"
import { type Seller, validFor } from "../page/PageConfig.ts"
import { MoneyCase, Payment, unprovenCaseId } from "../payment/Payment.ts"
import { isLive, PaymentAttempt } from "../payment/PaymentAttempt.ts"
import { Refund } from "../payment/Refund.ts"
import {
  type AttemptId,
  CartId,
  CartLineId,
  EntryId,
  ItemId,
  OrderId,
  OrderNumber,
  PageId,
  VisitId
} from "../text/Ids.ts"
import { Email, line } from "../text/Text.ts"
import { Instant, plus } from "../time/Instant.ts"

/** awaiting_payment → paid | expired | cancelled; expired → paid (late); paid → cancelled (by the seller). */
export const OrderState = Schema.Literals(["awaiting_payment", "paid", "expired", "cancelled"])
export type OrderState = typeof OrderState.Type

/** A cart line or an entry as it was when the order was placed. It never changes. */
export const OrderLine = Schema.Struct({
  /** What it was in the cart; null for an entry. */
  cartLineId: Schema.NullOr(CartLineId),
  itemId: Schema.NullOr(ItemId),
  entryId: Schema.NullOr(EntryId),
  name: line(200),
  unit: Minor,
  quantity: Schema.Int,
  total: Minor,
  taxRate: Schema.NullOr(Schema.Int),
  tax: Minor,
  /** When an entry takes place. */
  startsAt: Schema.NullOr(Instant),
  endsAt: Schema.NullOr(Instant)
})
export type OrderLine = typeof OrderLine.Type

/** What the organiser said of an entry, and when we heard of it. */
export const Answered = Schema.Struct({ entryId: EntryId, answer: EntryAnswer, at: Instant })
export type Answered = typeof Answered.Type

/** A cart frozen with names and prices, and everything that happened to its money since. */
export const Order = Schema.Struct({
  id: OrderId,
  number: OrderNumber,
  cartId: CartId,
  cartRevision: Schema.Int,
  pageId: PageId,
  pageName: line(120),
  owner: Owner,
  visit: Schema.NullOr(VisitId),
  email: Schema.NullOr(Email),
  currency: Currency,
  lines: Schema.Array(OrderLine),
  tax: Minor,
  total: Minor,
  state: OrderState,
  placedAt: Instant,
  /** Until when it is kept for payment. */
  expiresAt: Instant,
  paidAt: Schema.NullOr(Instant),
  /** The one credited payment; null when nothing was to pay. */
  paidBy: Schema.NullOr(Schema.String),
  closedAt: Schema.NullOr(Instant),
  attempts: Schema.Array(PaymentAttempt),
  payments: Schema.Array(Payment),
  cases: Schema.Array(MoneyCase),
  refunds: Schema.Array(Refund),
  /** At most one an entry. */
  answers: Schema.Array(Answered),
  /** How many events it has told. */
  told: Schema.Int,
  /** When a worker looks at it next; null when nothing is left to find out. */
  dueAt: Schema.NullOr(Instant)
})
export type Order = typeof Order.Type

const refusal = { number: OrderNumber }
/** It is paid: there is nothing more to pay, expire or cancel. */
export class OrderPaid extends Schema.TaggedError<OrderPaid>()("OrderPaid", refusal) {}
/** It ended unpaid: its lines can be put back into the cart. */
export class OrderOver extends Schema.TaggedError<OrderOver>()("OrderOver", {
  ...refusal,
  state: OrderState
}) {}
/** An attempt may still be paid, as far as the provider has said. */
export class AttemptStillAlive extends Schema.TaggedError<AttemptStillAlive>()(
  "AttemptStillAlive",
  refusal
) {}
/** Money came that does not agree with what was asked; a person looks at it first. */
export class PaymentInQuestion extends Schema.TaggedError<PaymentInQuestion>()(
  "PaymentInQuestion",
  refusal
) {}
/** An order is tried at most 50 times. */
export class AttemptLimit extends Schema.TaggedError<AttemptLimit>()("AttemptLimit", {
  ...refusal,
  most: Schema.Int
}) {}
/** No such order, or it is not this person's: the two look alike. */
export class OrderNotFound extends Schema.TaggedError<OrderNotFound>()("OrderNotFound", {}) {}

export const liveAttempt = (order: Order): PaymentAttempt | undefined => order.attempts.find(isLive)
export const newestAttempt = (order: Order): PaymentAttempt | undefined => order.attempts.at(-1)
/** Neither credited nor refunded nor answered by a person yet. */
export const openCases = (order: Order): ReadonlyArray<MoneyCase> =>
  order.cases.filter(({ resolution }) => resolution === null)
/**
 * The provider says PAID of it and has not shown a transaction; a person's answer to its case ends the
 * question.
 */
export const isInQuestion = (order: Order, { id, state, unprovenSince }: PaymentAttempt): boolean =>
  unprovenSince !== null &&
  state !== "paid" &&
  !order.cases.some((one) => one.id === unprovenCaseId(id) && one.resolution !== null)
export const isUnproven = (order: Order): boolean =>
  order.attempts.some((attempt) => isInQuestion(order, attempt))

/** An attempt at paying, written before the provider hears of it. */
export const newAttempt = (
  id: AttemptId,
  number: number,
  of: { readonly order: Pick<Order, "total" | "currency">; readonly seller: Seller; readonly now: Instant }
): PaymentAttempt => ({
  id,
  number,
  amount: { minor: of.order.total, currency: of.order.currency },
  merchantCode: of.seller.merchantCode,
  credentialId: of.seller.credentialId,
  state: "created",
  providerId: null,
  payUrl: null,
  createdAt: of.now,
  validUntil: plus(of.now, validFor),
  lastRead: null,
  lastReadAt: null,
  unprovenSince: null,
  closedAt: null
})
