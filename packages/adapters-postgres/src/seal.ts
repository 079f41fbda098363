import { Buffer } from "node:buffer"
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto"
import { Effect, type Option, Redacted } from "effect"

/** A text sealed with AES-256-GCM. `kid` names the key; `sealed` ends with 16 bytes that prove it whole. */
export interface Sealed {
  readonly kid: string
  readonly nonce: Uint8Array
  readonly sealed: Uint8Array
}

/** What a sealed text belongs to: moved to another place it does not open. */
export interface Bound {
  readonly pageId: string
  readonly merchantCode: string
  readonly credentialId: string
}

interface SealKey {
  readonly kid: string
  readonly key: Redacted.Redacted<Buffer>
}
const tagLength = 16

/** The sealing key of a secret, and the short digest that it is known by. */
const keyOf = (secret: Redacted.Redacted): SealKey => {
  const bytes = Buffer.from(
    hkdfSync("sha256", Redacted.value(secret), "", "rose-ash cart: seller keys, 1", 32)
  )
  return { kid: createHash("sha256").update(bytes).digest("hex").slice(0, 16), key: Redacted.make(bytes) }
}

const aad = ({ credentialId, merchantCode, pageId }: Bound): Buffer =>
  Buffer.from(JSON.stringify([pageId, merchantCode, credentialId]))

const close = ({ key, kid }: SealKey, bound: Bound, text: string): Sealed => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", Redacted.value(key), nonce).setAAD(aad(bound))
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()])
  return { kid, nonce, sealed }
}

const open = ({ key }: SealKey, bound: Bound, { nonce, sealed }: Sealed): string => {
  const decipher = createDecipheriv("aes-256-gcm", Redacted.value(key), nonce, { authTagLength: tagLength })
    .setAAD(aad(bound))
    .setAuthTag(sealed.subarray(-tagLength))
  return Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]).toString("utf8")
}

/** Seals with the present secret; opens what this one or the previous one sealed. */
export const sealing = (secret: Redacted.Redacted, previous: Redacted.Redacted | undefined) => {
  const present = keyOf(secret)
  const keys = [present, ...(previous === undefined ? [] : [keyOf(previous)])]
  return {
    kid: present.kid,
    seal: (bound: Bound, text: Redacted.Redacted): Effect.Effect<Sealed> =>
      Effect.sync(() => close(present, bound, Redacted.value(text))),
    /** None when neither secret opens it, or it was tampered with. Nothing of the reason gets out. */
    open: (bound: Bound, sealed: Sealed): Effect.Effect<Option.Option<Redacted.Redacted>> => {
      const key = keys.find(({ kid }) => kid === sealed.kid)
      if (key === undefined) return Effect.succeedNone
      return Effect.option(
        Effect.try({ try: () => Redacted.make(open(key, bound, sealed)), catch: () => "not opened" })
      )
    }
  }
}
