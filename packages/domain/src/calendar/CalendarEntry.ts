import { Schema } from "effect"
import { Money } from "../money/Money.ts"
import { EntryId, OrderId, PageId } from "../text/Ids.ts"
import { line, Url } from "../text/Text.ts"
import { Instant } from "../time/Instant.ts"

/** The life of an entry (domain table 5). Pending, ordered, provisional and confirmed hold a seat. */
export const EntryState = Schema.Literals([
  "pending",
  "ordered",
  "provisional",
  "confirmed",
  "declined",
  "released",
  "cancelled"
])
export type EntryState = typeof EntryState.Type

/** The organiser's word on a place that was ordered. A later one replaces `confirmed` and no other. */
export const EntryAnswer = Schema.Literals(["confirmed", "declined", "cancelled"])
export type EntryAnswer = typeof EntryAnswer.Type

/** A place in time that a person asked for in the events app. */
export const CalendarEntry = Schema.Struct({
  id: EntryId,
  pageId: PageId,
  name: line(200),
  startsAt: Instant,
  endsAt: Instant,
  price: Money,
  state: EntryState,
  /** Until when the seat is held; null once it is paid for. */
  heldUntil: Schema.NullOr(Instant),
  orderId: Schema.NullOr(OrderId),
  url: Schema.NullOr(Url)
})
export type CalendarEntry = typeof CalendarEntry.Type

/** A pending entry can be ordered while its seat is held. */
export const isHeld = (entry: CalendarEntry, now: Instant): boolean =>
  entry.state === "pending" && entry.heldUntil !== null && entry.heldUntil > now

/** The seat went to somebody else, or the hold lapsed, before the order could claim it. */
export class EntryTaken extends Schema.TaggedError<EntryTaken>()("EntryTaken", {
  entries: Schema.Array(EntryId)
}) {}
/** The hold on these entries has run out; they can be asked for again while there is room. */
export class EntryLapsed extends Schema.TaggedError<EntryLapsed>()("EntryLapsed", {
  entries: Schema.Array(EntryId),
  names: Schema.Array(Schema.String)
}) {}
