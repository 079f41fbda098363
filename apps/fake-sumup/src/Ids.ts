import { createHash, randomBytes } from "node:crypto"

const bytesOf = (name: string): Buffer => createHash("sha1").update(name).digest()

const asUuid = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5")

/** The UUID that always belongs to this name. */
export const uuidOf = (name: string): string => asUuid(bytesOf(name))

/** A number from 0 to below 1 that always belongs to this name. */
export const fractionOf = (name: string): number => bytesOf(name).readUInt32BE(0) / 2 ** 32

/** Identifiers as the provider makes them: random, or the same sequence for the same seed. */
export const makeIds = (seed: number | undefined) => {
  let count = 0
  const bytes = () => (seed === undefined ? randomBytes(20) : bytesOf(`${seed}:${++count}`))
  const letter = (byte: number) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte % 32]
  return {
    uuid: () => asUuid(bytes()),
    transactionCode: () => `T${Array.from(bytes().subarray(0, 9), letter).join("")}`,
    traceId: () => bytes().toString("hex", 0, 16),
    eventId: () => bytes().readUIntBE(0, 5),
    authCode: () => String(bytes().readUInt32BE(0) % 1_000_000).padStart(6, "0")
  }
}

export type Ids = ReturnType<typeof makeIds>
