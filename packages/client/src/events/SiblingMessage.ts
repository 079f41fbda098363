import { Schema } from "effect"

/** Who may tell the cart something. */
export const SiblingName = Schema.Literals(["blog", "market", "events"])
export type SiblingName = typeof SiblingName.Type

/** CloudEvents 1.0, structured JSON; attributes that are not named here are left alone. */
export const SiblingMessage = Schema.Struct({
  specversion: Schema.Literal("1.0"),
  /**
   * The sibling's own name for it, 1 to 100 visible characters of ASCII: told again it is recognised by it.
   */
  id: Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,100}$/u)),
  source: Schema.Literals(["/blog", "/market", "/events"]),
  type: Schema.String.check(Schema.isPattern(/^[a-z_]{1,40}\.[a-z_]{1,40}$/u)),
  data: Schema.Record(Schema.String, Schema.Unknown)
}).annotate({ identifier: "SiblingMessage" })
export type SiblingMessage = typeof SiblingMessage.Type

const key = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/u))

const EntryTold = Schema.Struct({
  entry_id: key,
  order_id: Schema.String.check(
    Schema.isPattern(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u)
  )
})

/** What the cart acts on, by type. Everything else is kept and left alone. */
export const messages = {
  /** Of the blog: whose session it is from now on, by the SHA-256 (hex) of the session cookie. */
  "user.logged_in": Schema.Struct({
    user_id: key,
    session: Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/u))
  }),
  /** Of the blog: the person is no customer any more; what is personal of their orders goes. */
  "user.deleted": Schema.Struct({ user_id: key }),
  /** Of events: the organiser's answer to a place that was paid for. */
  "entry.confirmed": EntryTold,
  "entry.declined": EntryTold,
  "entry.cancelled": EntryTold
} as const
export type MessageName = keyof typeof messages
