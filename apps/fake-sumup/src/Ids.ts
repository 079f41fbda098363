import { createHash, randomBytes } from "node:crypto"

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/** Identifiers as the provider makes them: random, or the same sequence for the same seed. */
export class Ids {
  readonly #seed: number | undefined
  #count = 0
  #sequence = 0

  constructor(seed: number | undefined) {
    this.#seed = seed
  }

  #bytes(): Buffer {
    if (this.#seed === undefined) return randomBytes(20)
    this.#count += 1
    return createHash("sha1").update(`${this.#seed}:${this.#count}`).digest()
  }

  /** A version 4 UUID. */
  uuid(): string {
    return asUuid(this.#bytes())
  }

  /** "T" and nine base-32 characters. */
  transactionCode(): string {
    return `T${[...this.#bytes().subarray(0, 9)].map((byte) => base32[byte % 32]).join("")}`
  }

  /** 32 hexadecimal digits. */
  traceId(): string {
    return this.#bytes().toString("hex").slice(0, 32)
  }

  /** A positive integer below 2^40: event ids are numbers on the wire. */
  eventId(): number {
    return this.#bytes().readUIntBE(0, 5)
  }

  /** 1, 2, 3 …: what came later has the larger one. */
  sequence(): number {
    return ++this.#sequence
  }

  /** A sequence number that was given out before a restart. */
  seen(sequence: number): void {
    this.#sequence = Math.max(this.#sequence, sequence)
  }

  /** Six digits. */
  authCode(): string {
    return String(this.#bytes().readUInt32BE(0) % 1_000_000).padStart(6, "0")
  }
}

const asUuid = (bytes: Buffer): string => {
  const hex = bytes.toString("hex")
  const variant = "89ab"[(bytes[8] ?? 0) % 4]
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32)
  ].join("-")
}

/** The UUID that always belongs to this name. */
export const uuidOf = (name: string): string => asUuid(createHash("sha1").update(name).digest())
