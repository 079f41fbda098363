import { Context, type Effect } from "effect"

/** What may pile up, and the gauge that tells it. Each is 0, or somebody is at work on it, or should be. */
export const backlogs = [
  /** Events that are due to be told to somebody, and events that were given up. */
  "events_due",
  "events_dead",
  /** What siblings told and nobody acted on yet, and what was given up. */
  "messages_due",
  "messages_dead",
  /** Orders that nobody looked at for a minute after they were due. */
  "orders_overdue",
  /** Money that waits for a person. */
  "cases_open",
  /** Refunds that were asked for and are not answered yet. */
  "refunds_moving"
] as const
export type Backlog = { readonly [name in (typeof backlogs)[number]]: number }

/** Port: whether what this service stands on answers, within 2 seconds, and what piles up in it. */
export class Readiness extends Context.Service<
  Readiness,
  {
    /** What is missing, in words for an operator; empty when ready. */
    readonly missing: Effect.Effect<ReadonlyArray<string>>
    /** How much of each there is now: one statement, each count by an index of what is left. */
    readonly backlog: Effect.Effect<Backlog>
  }
>()("@rose-ash/cart-domain/health/Readiness") {}
