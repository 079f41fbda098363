import { ItemId, OrderNumber } from "@rose-ash/cart-domain/text/Ids"
import { line } from "@rose-ash/cart-domain/text/Text"
import { Option, Schema } from "effect"

/** What was just done or refused, on its way to the next page: a code and ids, never a sentence. */
export const Notice = Schema.Struct({
  code: line(40),
  /** The path of the page that is to show it. */
  at: line(200),
  item: Schema.optionalKey(ItemId),
  number: Schema.optionalKey(OrderNumber),
  /** How many there were, may be, are kept, came back, stayed out. */
  had: Schema.optionalKey(Schema.Int),
  most: Schema.optionalKey(Schema.Int),
  kept: Schema.optionalKey(Schema.Int),
  lines: Schema.optionalKey(Schema.Int),
  gone: Schema.optionalKey(Schema.Int),
  places: Schema.optionalKey(Schema.Int),
  /** What the person typed into the field that was refused. */
  typed: Schema.optionalKey(line(254))
})
export type Notice = typeof Notice.Type

/** As long as a cookie of ours gets. */
const bytesMost = 512
const Wire = Schema.fromJsonString(Notice)
const encode = Schema.encodeOption(Wire)
const decode = Schema.decodeUnknownOption(Wire)

const written = (notice: Notice): string | null => {
  const text = Option.getOrNull(encode(notice))
  const cookie = text === null ? null : Buffer.from(text).toString("base64url")
  return cookie === null || cookie.length > bytesMost ? null : cookie
}

/** What was typed is left out where it would be too long or is no text; the rest always fits. */
export const encodeNotice = (notice: Notice): string => {
  const { typed: _, ...short } = notice
  return written(notice) ?? written(short) ?? ""
}

/** Null for a text nobody of us wrote. */
export const decodeNotice = (text: string | undefined): Notice | null =>
  text === undefined || text.length > bytesMost
    ? null
    : Option.getOrNull(decode(Buffer.from(text, "base64url").toString("utf8")))
