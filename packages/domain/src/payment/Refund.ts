import { Schema } from "effect"
import { Minor } from "../money/Money.ts"
import type { RefundId } from "../text/Ids.ts"
import { line } from "../text/Text.ts"
import { Instant } from "../time/Instant.ts"

/** requested → sent → done | failed. From `sent` on only a re-read of the provider decides. */
export const RefundState = Schema.Literals(["requested", "sent", "done", "failed"])
export type RefundState = typeof RefundState.Type

/** Money owed back to a buyer, of one payment. Written before the provider is asked. */
export const Refund = Schema.Struct({
  id: Schema.String,
  paymentId: Schema.String,
  minor: Minor,
  state: RefundState,
  /** Seen at the provider, not asked for here. */
  external: Schema.Boolean,
  by: line(120),
  reason: line(500),
  askedAt: Instant,
  /** What the provider had already paid back of this payment when this refund was sent. */
  before: Schema.NullOr(Schema.Int),
  endedAt: Schema.NullOr(Instant)
})
export type Refund = typeof Refund.Type

export const refundId = (id: RefundId): string => id
export const isMoving = ({ state }: Refund): boolean => state === "requested" || state === "sent"
