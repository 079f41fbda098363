import { createHmac, timingSafeEqual } from "node:crypto"
import { Redacted } from "effect"

/**
 * Seconds that the clocks of sender and receiver may differ: nothing older can be sent again by somebody
 * else.
 */
export const toleranceSeconds = 300

/** A request's three headers as Standard Webhooks 1.0 names them, in lower case. */
export const headerNames = {
  id: "webhook-id",
  timestamp: "webhook-timestamp",
  signature: "webhook-signature"
} as const

/** What is signed: the name of the message, when it is sent, and the body to the byte. */
export interface Signed {
  readonly id: string
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly body: string | Uint8Array
}

type Keys = ReadonlyArray<Redacted.Redacted>

const prefix = "whsec_"
/** `whsec_` is followed by base64, as Standard Webhooks writes secrets; any other text is taken as it is. */
const bytesOf = (key: Redacted.Redacted): Uint8Array => {
  const text = Redacted.value(key)
  return text.startsWith(prefix)
    ? Buffer.from(text.slice(prefix.length), "base64")
    : Buffer.from(text, "utf8")
}

const macOf = (key: Redacted.Redacted, { body, id, timestamp }: Signed): Buffer =>
  createHmac("sha256", bytesOf(key)).update(`${id}.${timestamp}.`).update(body).digest()

/**
 * The headers that prove it: one HMAC-SHA256 by each live key, so that keys are replaced without losing a
 * message.
 */
export const sign = (keys: Keys, message: Signed): { readonly [name: string]: string } => ({
  [headerNames.id]: message.id,
  [headerNames.timestamp]: String(message.timestamp),
  [headerNames.signature]: keys.map((key) => `v1,${macOf(key, message).toString("base64")}`).join(" ")
})

/** Why a request is not believed: no readable proof, too old or too new, or signed by none of the keys. */
export type Doubt = "unsigned" | "stale" | "forged"

/** What a request shows to prove where it comes from. */
export interface Shown {
  /** The value of a header, by its name in lower case. */
  readonly header: (name: string) => string | undefined
  readonly body: string | Uint8Array
  /** Milliseconds since 1970 by the receiver's clock. */
  readonly now: number
}

const idShape = /^[\x21-\x7e]{1,200}$/u
const timestampShape = /^\d{1,12}$/u
const signaturesMost = 8

/** Every pair is compared to its end, so that time tells nothing. */
const matches = (keys: Keys, message: Signed, shown: ReadonlyArray<Buffer>): boolean => {
  let found = false
  for (const key of keys) {
    const mac = macOf(key, message)
    for (const one of shown) if (one.length === mac.length && timingSafeEqual(one, mac)) found = true
  }
  return found
}

/**
 * The name of the message when one of the keys signed it within the last five minutes; else what is wrong.
 */
export const verify = (
  keys: Keys,
  { body, header, now }: Shown
): { readonly id: string } | { readonly doubt: Doubt } => {
  const [id, timestamp] = [header(headerNames.id) ?? "", header(headerNames.timestamp) ?? ""]
  const signatures = (header(headerNames.signature) ?? "")
    .split(" ")
    .filter((one) => one.startsWith("v1,"))
    .slice(0, signaturesMost)
    .map((one) => Buffer.from(one.slice(3), "base64"))
  if (!idShape.test(id) || !timestampShape.test(timestamp) || signatures.length === 0)
    return { doubt: "unsigned" }
  const message = { id, timestamp: Number(timestamp), body }
  if (!matches(keys, message, signatures)) return { doubt: "forged" }
  const isFresh = Math.abs(now / 1000 - message.timestamp) <= toleranceSeconds
  return isFresh ? { id } : { doubt: "stale" }
}
