// What differs from person to person in what the service sends and answers, and what stands in its place for
// another person: in TypeScript for the floor, in SQL for pgbench.
import { createHash } from "node:crypto"

/** Literal, slot, literal, slot, …, literal. */
export type Template = ReadonlyArray<string>

interface Slot {
  readonly value: (n: number) => string
  /** Of `:n`. */
  readonly sql: string
}

/** As PostgreSQL makes it of the MD5 of a name. */
export const uuid = (name: string): string =>
  createHash("md5")
    .update(name)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
const digest = (text: string): string => createHash("sha256").update(text).digest("hex")
/** A name that belongs to a person for ever. */
const named = (name: string): Slot => ({
  value: (n) => uuid(`${name}${n}`),
  sql: `md5('${name}' || :n)::uuid::text`
})
const digits = 8

/** Whatever a template may ask for, by its name: `cart ash-bakery`, `line ash-bakery 2`, `fresh 0`. */
export const slotOf = (slot: string): Slot => {
  const [kind = "", of = "", nth = ""] = slot.split(" ")
  switch (kind) {
    case "visitor":
      return named("practice-visitor-")
    case "cart":
      return named(`practice-cart-${of}`)
    case "line":
      return named(`practice-line-${of}-${nth}-`)
    case "digest":
      return {
        value: (n) => digest(`practice-cookie-of-nobody-${n}`),
        sql: "encode(sha256(convert_to('practice-cookie-of-nobody-' || :n, 'UTF8')), 'hex')"
      }
    case "number":
      return {
        value: (n) =>
          String(n)
            .padStart(digits, "0")
            .replace(/^(.{4})/, "RA-$1-"),
        sql: `'RA-' || substr(lpad(:n::text, ${digits}, '0'), 1, 4) || '-' || substr(lpad(:n::text, ${digits}, '0'), 5)`
      }
    default:
      return named(`practice-${kind}-${of}-`)
  }
}

const pages = ["ash-bakery", "rose-farm"]
const known = [
  "visitor",
  "digest",
  ...pages.map((page) => `cart ${page}`),
  ...pages.flatMap((page) => [1, 2, 3].map((nth) => `line ${page} ${nth}`))
]
const names = /[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|RA-[0-9A-Z]{4}-[0-9A-Z]{4}/g

/** What is said of one person, and what each name in it is called. */
export class Telling {
  readonly #slots = new Map<string, string>()
  readonly #constant: ReadonlySet<string>
  #ours = 0
  #theirs = 0

  /** `constant`: what looks like a person's own name and is everybody's. */
  constructor(n: number, port: number, constant: ReadonlySet<string>) {
    for (const slot of known) this.#slots.set(slotOf(slot).value(n), slot)
    this.#slots.set(`localhost:${port}`, "host")
    this.#constant = constant
  }

  /** Names that were not there before are the order's and its attempt's (version 7), or the provider's. */
  template(text: string): Template {
    for (const [name] of text.matchAll(names)) {
      if (this.#slots.has(name) || this.#constant.has(name)) continue
      if (name.startsWith("RA-")) this.#slots.set(name, "number")
      else this.#slots.set(name, name[14] === "7" ? `fresh ${this.#ours++}` : `provider ${this.#theirs++}`)
    }
    return text
      .split(new RegExp(`(${[...this.#slots.keys()].join("|")})`))
      .map((piece, index) => (index % 2 === 0 ? piece : (this.#slots.get(piece) ?? piece)))
  }
}

/** The names in a text that look like somebody's. */
export const namesIn = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(names)].map(([name]) => name)

/** A template with its slots filled. */
export const filled = (template: Template, fill: (slot: string) => string): string =>
  template.map((piece, index) => (index % 2 === 0 ? piece : fill(piece))).join("")
