import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto"
import { AttemptId } from "@rose-ash/cart-domain/text/Ids"
import { Option, Redacted, Schema } from "effect"

const idBytes = 16
const sealBytes = 16
/** 32 bytes in base64url. */
const shape = /^[A-Za-z0-9_-]{43}$/u

const decodeId = Schema.decodeUnknownOption(AttemptId)

const idOf = (bytes: Buffer): Option.Option<AttemptId> => {
  const hex = bytes.toString("hex")
  return decodeId(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
  )
}

/** Secret paths for webhooks: an attempt's id under our seal, known as ours without anything being kept. */
export interface HintTokens {
  /** 43 characters of `A-Za-z0-9_-`, always the same for an attempt. */
  of(id: AttemptId): string
  /** The attempt of a token that was made with one of these keys; none for any other text. */
  read(token: string): Option.Option<AttemptId>
}

/** A key of its own for this one purpose, whatever else the given one is used for. */
const sealing = (hintKey: Redacted.Redacted) => {
  const key = Buffer.from(
    hkdfSync("sha256", Redacted.value(hintKey), "", "rose-ash-cart/sumup-webhook-path/1", 32)
  )
  return (id: Buffer): Buffer => createHmac("sha256", key).update(id).digest().subarray(0, sealBytes)
}

/** Tokens are made with the key; those that the previous one made are known as long as that is given. */
export const makeHintTokens = (hintKey: Redacted.Redacted, previous?: Redacted.Redacted): HintTokens => {
  const seal = sealing(hintKey)
  const seals = previous === undefined ? [seal] : [seal, sealing(previous)]
  return {
    of: (id) => {
      const bytes = Buffer.from(id.replaceAll("-", ""), "hex")
      return Buffer.concat([bytes, seal(bytes)]).toString("base64url")
    },
    read: (token) => {
      if (!shape.test(token)) return Option.none()
      const bytes = Buffer.from(token, "base64url")
      const id = bytes.subarray(0, idBytes)
      const shown = bytes.subarray(idBytes)
      // Every one is compared to its end, so that time tells nothing.
      const isOurs = seals.map((one) => timingSafeEqual(one(id), shown)).includes(true)
      // The last character has bits to spare: one attempt has one token.
      return isOurs && bytes.toString("base64url") === token ? idOf(id) : Option.none()
    }
  }
}
