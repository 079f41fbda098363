import { Schema } from "effect"

/**
 * Milliseconds since 1970 in UTC, of the store's clock. A plain number: it compares, adds and stores without
 * loss.
 */
export const Instant = Schema.Int.check(
  Schema.isBetween({ minimum: 0, maximum: 8_640_000_000_000_000 })
).pipe(Schema.brand("Instant"))
export type Instant = typeof Instant.Type

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** `instant` and `span` milliseconds more. */
export const plus = (instant: Instant, span: number): Instant => Instant.make(instant + span)
export const earliest = (first: Instant, ...more: ReadonlyArray<Instant>): Instant =>
  Instant.make(Math.min(first, ...more))
export const latest = (first: Instant, ...more: ReadonlyArray<Instant>): Instant =>
  Instant.make(Math.max(first, ...more))
