import { Schema } from "effect"

/** No control character, no line or paragraph separator, no lone surrogate, no bidirectional override. */
const clean = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]*$/u

/**
 * One line of text that a person or another company gave: 1 to `most` UTF-16 units, no control characters.
 */
export const line = (most: number) =>
  Schema.String.check(Schema.isBetweenLength(1, most), Schema.isPattern(clean))

/**
 * An e-mail address as people type it: 3 to 254 characters, one `@`, a dot in the domain. Not proof of
 * delivery.
 */
export const Email = line(254).check(
  Schema.isPattern(/^[^\s@<>()[\],;:\\"]{1,64}@[^\s@<>()[\],;:\\"]+\.[^\s@.<>()[\],;:\\"]{2,63}$/u)
)
export type Email = typeof Email.Type

/** An address of the web: http or https, at most 2,000 characters. */
export const Url = line(2000).check(Schema.isPattern(/^https?:\/\/[^\s"<>]+$/u))
export type Url = typeof Url.Type

/**
 * Provider's words made safe to keep: control characters and overrides removed, cut to `most` units at a
 * letter.
 */
export const tidy = (most: number, text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, " ")
    .trim()
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim()
