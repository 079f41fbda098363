import { connect, type Socket } from "node:net"

/** What came back, as far as a measurement looks at it. */
export interface Got {
  readonly status: number
  readonly head: string
  readonly body: Buffer
}

const headEnd = Buffer.from("\r\n\r\n")
const lastChunk = "0\r\n\r\n"

/** The parts of a chunked body, or null while the last one has not come. */
const unchunked = (bytes: Buffer): Buffer | null => {
  if (!bytes.subarray(-lastChunk.length).equals(Buffer.from(lastChunk))) return null
  const parts: Array<Buffer> = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf("\r\n", at)
    const size = Number.parseInt(bytes.toString("latin1", at, end), 16)
    parts.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + size + 4
  }
  return Buffer.concat(parts)
}

/** A whole answer at the front of these bytes, or null while it is not whole. */
const answerIn = (bytes: Buffer): Got | null => {
  const end = bytes.indexOf(headEnd)
  if (end < 0) return null
  const head = bytes.toString("latin1", 0, end)
  const rest = bytes.subarray(end + headEnd.length)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length !== undefined) return rest.length < Number(length) ? null : { status, head, body: rest }
  if (status === 204 || status === 304) return { status, head, body: rest }
  const body = unchunked(rest)
  return body === null ? null : { status, head, body }
}

/**
 * One connection that is kept, one request at a time. No library stands between: what the load costs is
 * little, and the same for both sides of a comparison.
 */
export class Line {
  readonly #socket: Socket
  #bytes: Buffer = Buffer.alloc(0)
  #done: ((got: Got) => void) | null = null
  #failed: ((error: Error) => void) | null = null

  constructor(port: number) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true })
    this.#socket
      .on("data", (chunk) => this.#take(chunk))
      .on("error", (error) => this.#failed?.(error))
      .on("close", () => this.#failed?.(new Error("The connection was closed")))
  }

  ask(request: string): Promise<Got> {
    return new Promise((resolve, reject) => {
      this.#done = resolve
      this.#failed = reject
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#failed = null
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk])
    const got = answerIn(this.#bytes)
    if (got === null) return
    this.#bytes = Buffer.alloc(0)
    this.#done?.(got)
  }
}
