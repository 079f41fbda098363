import { Context, type Effect } from "effect"

/** Port: whether what this service stands on answers, within 2 seconds. */
export class Readiness extends Context.Service<
  Readiness,
  {
    /** What is missing, in words for an operator; empty when ready. */
    readonly missing: Effect.Effect<ReadonlyArray<string>>
  }
>()("@rose-ash/cart-domain/health/Readiness") {}
