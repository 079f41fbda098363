import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import type { LedgerRecord } from "./Ledger.ts"
import type { Merchant } from "./Merchants.ts"

/** One line of the file: the newest line about a thing is how it is. */
export type JournalEntry =
  | LedgerRecord
  | { readonly merchant: Merchant }
  | { readonly secret: string }
  | { readonly clockOffsetMs: number }
  | { readonly version: number }

const version = 2

/** An append-only file of JSON lines: written before a call is answered, so SIGKILL loses nothing. */
export class Journal {
  #file: number | undefined

  /** What the file kept; a line torn by a crash is cut off. Throws when it is of another version. */
  open(name: string): ReadonlyArray<JournalEntry> {
    mkdirSync(dirname(name), { recursive: true })
    this.#file = openSync(name, "a+", 0o600)
    const kept = readFileSync(this.#file, "utf8")
    const lines = kept.split("\n").slice(0, -1)
    if (kept !== "" && lines[0] !== JSON.stringify({ version })) {
      this.close()
      throw new Error(`FAKE_SUMUP_DATA: ${name} was written by another version; remove it.`)
    }
    ftruncateSync(this.#file, Buffer.byteLength(kept.slice(0, kept.lastIndexOf("\n") + 1)))
    if (kept === "") this.append({ version })
    return lines.map((line): JournalEntry => JSON.parse(line))
  }

  /** Without an open file nothing is kept. */
  append(entry: JournalEntry): void {
    if (this.#file !== undefined) writeSync(this.#file, `${JSON.stringify(entry)}\n`)
  }

  clear(): void {
    if (this.#file !== undefined) ftruncateSync(this.#file)
    this.append({ version })
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}
