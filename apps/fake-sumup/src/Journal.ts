import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
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

const version = 1

/** An append-only file of JSON lines: written before a call is answered, so SIGKILL loses nothing. */
export class Journal {
  readonly #file: string | undefined
  #descriptor: number | undefined

  /** Without a file nothing is kept. */
  constructor(file: string | undefined) {
    this.#file = file
  }

  /** What was kept; a line torn by a crash ends it. Throws when the file is of another version. */
  read(): ReadonlyArray<JournalEntry> {
    if (this.#file === undefined || !existsSync(this.#file)) return []
    const entries: Array<JournalEntry> = []
    for (const line of readFileSync(this.#file, "utf8").split("\n")) {
      const entry = readLine(line)
      if (entry === undefined) break
      if ("version" in entry && entry.version !== version) {
        throw new Error(`FAKE_SUMUP_DATA: ${this.#file} was written by another version; remove it.`)
      }
      entries.push(entry)
    }
    return entries
  }

  /** Starts the file anew with these entries, in one move, and appends from there on. */
  begin(entries: Iterable<JournalEntry>): void {
    if (this.#file === undefined) return
    this.close()
    mkdirSync(dirname(this.#file), { recursive: true })
    const fresh = `${this.#file}.new`
    this.#descriptor = openSync(fresh, "w", 0o600)
    this.append({ version })
    for (const entry of entries) this.append(entry)
    renameSync(fresh, this.#file)
  }

  append(entry: JournalEntry): void {
    if (this.#descriptor !== undefined) writeSync(this.#descriptor, `${JSON.stringify(entry)}\n`)
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }
}

const readLine = (line: string): JournalEntry | undefined => {
  try {
    const entry: JournalEntry = JSON.parse(line)
    return entry
  } catch {
    return undefined
  }
}
