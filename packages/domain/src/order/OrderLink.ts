import { OrderNumber } from "../text/Ids.ts"

/** Bytes of chance in a link: enough that nobody finds one. */
export const linkBytes = 32
const shape = /^([0-9A-HJKMNP-TV-Z]{4})([0-9A-HJKMNP-TV-Z]{4})-([0-9a-f]{64})$/u

/**
 * The last part of a capability link: the order's number and a secret, of which only the digest is stored.
 */
export const linkToken = (number: OrderNumber, secret: Uint8Array): string => {
  const hex = Array.from(secret, (byte) => byte.toString(16).padStart(2, "0")).join("")
  return `${number.slice(3).replace("-", "")}-${hex}`
}

/** The order that a token speaks of; undefined for a text of another shape. Not proof of anything. */
export const numberOfToken = (token: string): OrderNumber | undefined => {
  const [, first, second] = shape.exec(token) ?? []
  return first === undefined || second === undefined ? undefined : OrderNumber.make(`RA-${first}-${second}`)
}
