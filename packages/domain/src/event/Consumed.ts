import { Schema } from "effect"
import { CustomerId, EntryId, OrderId } from "../text/Ids.ts"

/** `user.logged_in` of the blog: whose session it now is, by the SHA-256 (hex) of the session cookie. */
export const UserLoggedIn = Schema.Struct({
  user_id: CustomerId,
  session: Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/u))
})

/** `user.deleted` of the blog: whoever it was is nobody's customer any more. */
export const UserDeleted = Schema.Struct({ user_id: CustomerId })

/**
 * `entry.confirmed`, `entry.declined` and `entry.cancelled` of events: the organiser's word on a paid place.
 */
export const EntryTold = Schema.Struct({ entry_id: EntryId, order_id: OrderId })

/** What siblings tell that the cart reads, by type. */
export const consumed = {
  "user.logged_in": UserLoggedIn,
  "user.deleted": UserDeleted,
  "entry.confirmed": EntryTold,
  "entry.declined": EntryTold,
  "entry.cancelled": EntryTold
} as const
export type ConsumedType = keyof typeof consumed
