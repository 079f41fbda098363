import { Schema } from "effect"

/**
 * Defect: the store is away, busy (no connection to be had in time) or too slow. Ports die with it instead of
 * failing: no use case has an answer to it, but whoever talks to people does: try again soon.
 */
export class StoreUnavailable extends Schema.TaggedError<StoreUnavailable>()("StoreUnavailable", {
  why: Schema.Literals(["away", "busy", "slow"]),
  /** The operation that was given up, for an operator. */
  operation: Schema.String,
  /** The store's own code for it, when it gave one. */
  code: Schema.String
}) {}
