import type { EntryAnswer } from "../calendar/CalendarEntry.ts"
import type { Seller } from "../page/PageConfig.ts"
import type { Observation } from "../payment/Observation.ts"
import type { CaseAnswer } from "../payment/Payment.ts"
import type { AttemptId, EntryId, RefundId } from "../text/Ids.ts"

/** Everything that can happen to a placed order. The name of each is a column of the transition table. */
export interface Inputs {
  /** The provider answered about an attempt. */
  readonly Observed: { readonly seen: Observation; readonly acceptsLate: boolean }
  /** The provider could not be read: nothing is known. */
  readonly Unreadable: { readonly attemptId: AttemptId }
  /** Long after its time the provider knows nothing of an attempt whose page nobody ever saw. */
  readonly NeverMade: { readonly attemptId: AttemptId }
  /** The buyer wants to pay (again). `seller` is whom the page pays now. */
  readonly PayAgain: { readonly attemptId: AttemptId; readonly seller: Seller }
  readonly Deadline: Record<never, never>
  readonly CancelByBuyer: Record<never, never>
  readonly CancelBySeller: Action & { readonly refundsAlone: boolean; readonly refundId: RefundId }
  /** Cash or a bank transfer, recorded by the seller. `name` tells it from every other. */
  readonly PaidByHand: Action & { readonly name: string }
  /** A person credits money of a case (late, or found right after all) to its order. */
  readonly CreditCase: Action & { readonly caseId: string }
  readonly ResolveCase: Action & { readonly caseId: string; readonly answer: Exclude<CaseAnswer, "credited"> }
  readonly RefundAsked: Action & {
    readonly refundId: RefundId
    readonly paymentId: string
    readonly minor: number
  }
  /**
   * About to be sent; `before` is what the provider had paid back of the payment until then, in minor units.
   */
  readonly RefundSent: { readonly refundId: string; readonly before: number }
  /** The provider refused it, or nobody sent it. */
  readonly RefundFailed: { readonly refundId: string }
  /**
   * What the provider's ledger says was paid back and charged back of a payment, in minor units, all told.
   */
  readonly RefundsSeen: {
    readonly paymentId: string
    readonly refunded: number
    readonly chargedBack: number
  }
  /** The organiser's word on a place of the order. */
  readonly EntryAnswered: { readonly entryId: EntryId; readonly answer: EntryAnswer }
  /** Its buyer is no longer a customer: what is personal goes. */
  readonly Erase: Record<never, never>
}

interface Action {
  readonly by: string
  readonly reason: string
}

export type InputTag = keyof Inputs
export type InputOf<T extends InputTag> = { readonly [K in T]: { readonly _tag: K } & Inputs[K] }[T]
export type Input = InputOf<InputTag>
