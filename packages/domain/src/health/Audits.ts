import { Context, type Effect } from "effect"
import type { Instant } from "../time/Instant.ts"

/** Something that must always be true, and is not. */
export interface Break {
  /** S1 to S20, L1 to L3. */
  readonly invariant: string
  /** The order, visitor, event or message it is about. */
  readonly subject: string
  readonly detail: string
}

/** What can be seen in what is kept; the rest is about runs and not about rows. */
export const audited = "S1 S2 S3 S4 S5 S6 S7 S8 S9 S10 S13 S18 S20 L1 L2 L3".split(" ")

/** At most so many breaks are named at once. */
export const breaksMost = 1000

/** Port: whether what must always be true is true of what is kept. Reads, and changes nothing. */
export class Audits extends Context.Service<
  Audits,
  {
    /**
     * What is broken among orders placed since then or still moving, and what was adopted since; nothing is
     * good. At most `breaksMost`.
     */
    breaks(since: Instant): Effect.Effect<ReadonlyArray<Break>>
  }
>()("@rose-ash/cart-domain/health/Audits") {}
