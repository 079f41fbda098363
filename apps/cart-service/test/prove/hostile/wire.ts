import { connect } from "node:net"
import { brotliDecompressSync, gunzipSync } from "node:zlib"

/** One answer out of what came over a connection. */
export interface Answer {
  readonly status: number
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly body: string
}
/** What became of a connection: every answer, and what was left over that is none. */
export interface Exchange {
  readonly answers: ReadonlyArray<Answer>
  readonly rest: string
  /** Milliseconds until the first answer was whole, or until it was closed. */
  readonly ms: number
  readonly closed: boolean
}

export const headerOf = ({ headers }: Answer, name: string): string | undefined =>
  headers.find(([other]) => other === name)?.[1]

const isBodiless = (status: number): boolean => status < 200 || status === 204 || status === 304

/** The body in chunks, and where it ends; null while some of it is missing. */
const chunksFrom = (bytes: Buffer, start: number) => {
  const parts: Array<Buffer> = []
  for (let at = start; ; ) {
    const line = bytes.indexOf("\r\n", at)
    if (line < 0) return null
    const size = Number.parseInt(bytes.toString("latin1", at, line), 16)
    const end = line + 2 + size + 2
    if (!(size >= 0) || bytes.length < end) return null
    if (size === 0) return { body: Buffer.concat(parts), end }
    parts.push(bytes.subarray(line + 2, end - 2))
    at = end
  }
}

const decoded = (body: Buffer, encoding: string | undefined): string => {
  if (encoding === "gzip") return gunzipSync(body).toString("utf8")
  return (encoding === "br" ? brotliDecompressSync(body) : body).toString("utf8")
}

const headersIn = (head: string) =>
  head
    .split("\r\n")
    .slice(1)
    .map((line) => {
      const colon = line.indexOf(":")
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
    })

/** The first answer in these bytes, and what follows it; null while it is not whole. */
const first = (bytes: Buffer, isHead: boolean, closed: boolean) => {
  const blank = bytes.indexOf("\r\n\r\n")
  const head = bytes.toString("latin1", 0, Math.max(blank, 0))
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
  if (blank < 0 || status === 0) return null
  const headers = headersIn(head)
  const find = (name: string) => headers.find(([other]) => other === name)?.[1]
  const start = blank + 4
  const answer = (body: Buffer, end: number) => ({
    answer: { status, headers, body: decoded(body, find("content-encoding")) },
    rest: bytes.subarray(end)
  })
  if (isHead || isBodiless(status)) return answer(Buffer.alloc(0), start)
  if (find("transfer-encoding") === "chunked") {
    const chunks = chunksFrom(bytes, start)
    return chunks === null ? null : answer(chunks.body, chunks.end)
  }
  const length = find("content-length")
  const end = length === undefined ? bytes.length : start + Number(length)
  return bytes.length < end || (length === undefined && !closed)
    ? null
    : answer(bytes.subarray(start, end), end)
}

const answersIn = (bytes: Buffer, isHead: boolean, closed: boolean) => {
  const answers: Array<Answer> = []
  let rest = bytes
  for (let found = first(rest, isHead, closed); found !== null; found = first(rest, isHead, closed)) {
    answers.push(found.answer)
    rest = found.rest
  }
  return { answers, rest: rest.toString("latin1") }
}

export interface Sending {
  readonly port: number
  /** Sent one after the other, with so many milliseconds between them. */
  readonly parts: ReadonlyArray<string | Buffer>
  readonly pause?: number
  readonly isHead?: boolean
  /** After so many milliseconds it is given up. */
  readonly most: number
}

const pauseOf = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Sends bytes as they are, and hears until it is closed or given up. */
export const exchange = ({ isHead = false, most, parts, pause = 0, port }: Sending): Promise<Exchange> =>
  new Promise((resolve) => {
    const start = performance.now()
    const heard: Array<Buffer> = []
    const socket = connect({ port, host: "127.0.0.1", noDelay: true })
    const done = (closed: boolean): void => {
      clearTimeout(giveUp)
      socket.destroy()
      const ms = performance.now() - start
      resolve({ ...answersIn(Buffer.concat(heard), isHead, closed), ms, closed })
    }
    const giveUp = setTimeout(done, most, false)
    const send = async () => {
      for (const [n, part] of parts.entries()) {
        if (n > 0 && pause > 0) await pauseOf(pause)
        if (!socket.writable) return
        socket.write(part)
      }
    }
    socket
      .on("data", (part) => heard.push(part))
      // Whoever is cut off while still writing hears of it by an error: what came before it counts.
      .on("error", () => {})
      .once("close", () => done(true))
      .once("connect", () => void send())
  })
