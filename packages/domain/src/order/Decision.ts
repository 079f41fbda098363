import type { Observation } from "../payment/Observation.ts"
import type { Instant } from "../time/Instant.ts"
import type { Order } from "./Order.ts"
import { type OrderEvent, type OrderEventData, tell } from "./OrderEvent.ts"

/** What happens to the order's calendar entries in the same transaction. */
export type EntryMove =
  | { readonly _tag: "Keep" }
  /** Hold the entries until then. */
  | { readonly _tag: "Claim"; readonly until: Instant }
  | { readonly _tag: "Confirm" }
  | { readonly _tag: "Release" }
  | { readonly _tag: "Cancel" }
  /** Take released seats again; when one is gone, `otherwise` is the decision. */
  | { readonly _tag: "Reclaim"; readonly otherwise: () => Decision }

/** Who did what and why, for actions of people. */
export interface AuditNote {
  readonly action: string
  readonly by: string
  readonly reason: string
}

/**
 * What is to be written, together or not at all: the next order, what happened, what follows for its entries.
 */
export interface Decision {
  readonly order: Order
  readonly events: ReadonlyArray<OrderEvent>
  readonly entries: EntryMove
  /** The provider's answer that led here, kept for ever. */
  readonly observed: Observation | null
  readonly audit: AuditNote | null
}

export const keep: EntryMove = { _tag: "Keep" }

/** Nothing happened, but for when to look again. */
export const unchanged = (order: Order): Decision => ({
  order,
  events: [],
  entries: keep,
  observed: null,
  audit: null
})

/** The order changed, and this is what happened. */
export const changed = (
  order: Order,
  at: Instant,
  happened: ReadonlyArray<OrderEventData>,
  more: { readonly entries?: EntryMove; readonly audit?: AuditNote } = {}
): Decision => ({
  ...tell(order, at, happened),
  entries: more.entries ?? keep,
  observed: null,
  audit: more.audit ?? null
})
