import { Context, type Effect, Schema } from "effect"
import type { PagesOf } from "../order/Orders.ts"
import { PageId } from "../text/Ids.ts"
import { line } from "../text/Text.ts"
import { Instant } from "../time/Instant.ts"

/**
 * How the provider's books and ours differ. `orphan`: money under our reference, of no order that we know.
 * `unseen`: money of an order that reading its attempt does not show. `amount`: the same money, another sum.
 * `missing`: money that we have and the provider has not.
 */
export const DifferenceKind = Schema.Literals(["orphan", "unseen", "amount", "missing"])
export type DifferenceKind = typeof DifferenceKind.Type

/** Something that does not agree, once, until somebody says what became of it. */
export const Difference = Schema.Struct({
  /** The kind, the provider's transaction and the sum: found again it is the same. */
  id: line(200),
  pageId: PageId,
  kind: DifferenceKind,
  transactionId: line(120),
  reference: Schema.NullOr(line(120)),
  minor: Schema.Int,
  currency: Schema.String,
  foundAt: Instant
})
export type Difference = typeof Difference.Type

/** Nothing of that name is open on these pages. */
export class DifferenceUnknown extends Schema.TaggedError<DifferenceUnknown>()("DifferenceUnknown", {
  id: Schema.String
}) {}

/** Port: where the books differ, kept until answered, and for ever after. */
export class Differences extends Context.Service<
  Differences,
  {
    /** Whether nobody has begun the comparison of this night, in whole days since 1970: true once. */
    begin(night: number): Effect.Effect<boolean>
    /** Writes it down. Found before, answered or not: nothing happens. */
    put(difference: Difference): Effect.Effect<void>
    /** What nobody has answered, the oldest first; at most 200. */
    open(pages: PagesOf): Effect.Effect<ReadonlyArray<Difference>>
    /** What became of it, by whom. */
    answer(
      pages: PagesOf,
      id: string,
      of: { readonly by: string; readonly answer: string }
    ): Effect.Effect<void, DifferenceUnknown>
  }
>()("@rose-ash/cart-domain/checkout/Differences") {}
