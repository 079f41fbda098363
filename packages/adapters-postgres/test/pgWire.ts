import { Buffer } from "node:buffer"

/** Splits a stream into whole messages. The first one of a client has no type byte. */
export class Messages {
  #rest: Buffer = Buffer.alloc(0)
  #isFirst: boolean
  constructor(isFirst: boolean) {
    this.#isFirst = isFirst
  }
  push(chunk: Buffer): ReadonlyArray<Buffer> {
    const whole: Array<Buffer> = []
    this.#rest = Buffer.concat([this.#rest, chunk])
    for (;;) {
      const head = this.#isFirst ? 0 : 1
      if (this.#rest.length < head + 4) return whole
      const length = head + this.#rest.readInt32BE(head)
      if (this.#rest.length < length) return whole
      whole.push(this.#rest.subarray(0, length))
      this.#rest = this.#rest.subarray(length)
      this.#isFirst = false
    }
  }
}

const textAt = (message: Buffer, start: number): readonly [string, number] => {
  const end = message.indexOf(0, start)
  return [message.toString("utf8", start, end), end + 1]
}

/** A statement as it is run, and its parameters: text, whole numbers, and bytes as PostgreSQL reads them. */
export interface Call {
  readonly text: string
  readonly params: ReadonlyArray<string | number | null>
}

const ofText = 25
/** A list of texts as PostgreSQL writes it, `{"a","b"}`; null when these bytes are none. */
const list = (bytes: Buffer): string | null => {
  if (bytes.length === 12 && bytes.readInt32BE(0) === 0) return "{}"
  if (bytes.length < 20 || bytes.readInt32BE(0) !== 1 || bytes.readInt32BE(8) !== ofText) return null
  const found: Array<string> = []
  for (let at = 20; at < bytes.length; ) {
    const end = at + 4 + bytes.readInt32BE(at)
    found.push(JSON.stringify(bytes.toString("utf8", at + 4, end)))
    at = end
  }
  return `{${found.join(",")}}`
}

/** What was sent in PostgreSQL's own form: whole numbers of 4 and 8 bytes, lists of texts, or bytes. */
const binary = (bytes: Buffer): string | number => {
  if (bytes.length === 4) return bytes.readInt32BE(0)
  if (bytes.length === 8) return Number(bytes.readBigInt64BE(0))
  return list(bytes) ?? `\\x${bytes.toString("hex")}`
}

/** The parameters of a Bind message, after its two names. */
const paramsAt = (message: Buffer, start: number): Call["params"] => {
  const kinds = message.readInt16BE(start)
  const isBinary = (nth: number): boolean =>
    kinds > 0 && message.readInt16BE(start + 2 + 2 * (kinds === 1 ? 0 : nth)) === 1
  let at = start + 2 + 2 * kinds
  const count = message.readInt16BE(at)
  at += 2
  return Array.from({ length: count }, (_, nth) => {
    const length = message.readInt32BE(at)
    const from = at + 4
    at = from + Math.max(0, length)
    const bytes = message.subarray(from, at)
    return length < 0 ? null : isBinary(nth) ? binary(bytes) : bytes.toString("utf8")
  })
}

/** Knows which statement each message runs, whatever name it was prepared under. */
export class Session {
  readonly #statements = new Map<string, string>()
  readonly #portals = new Map<string, Call>()
  /** The first statement of the transaction that is open; empty until it came. */
  #open: string | null = null
  /** The first statement of the transaction that this one is in or ends; itself where it stands alone. */
  within(text: string): string {
    if (/^BEGIN\b/i.test(text)) this.#open = ""
    else if (this.#open === "") this.#open = text
    const first = this.#open === null || this.#open === "" ? text : this.#open
    if (/^(COMMIT|ROLLBACK)$/i.test(text)) this.#open = null
    return first
  }
  /** The statement that this message makes the server run. */
  runs(message: Buffer): Call | undefined {
    switch (String.fromCharCode(message[0] ?? 0)) {
      case "Q":
        return { text: textAt(message, 5)[0], params: [] }
      case "P": {
        const [name, next] = textAt(message, 5)
        this.#statements.set(name, textAt(message, next)[0])
        return undefined
      }
      case "B": {
        const [portal, next] = textAt(message, 5)
        const [name, end] = textAt(message, next)
        this.#portals.set(portal, {
          text: this.#statements.get(name) ?? "",
          params: paramsAt(message, end)
        })
        return undefined
      }
      case "E":
        return this.#portals.get(textAt(message, 5)[0])
      default:
        return undefined
    }
  }
}
