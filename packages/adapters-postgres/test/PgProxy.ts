import { Buffer } from "node:buffer"
import { connect, createServer, type Server, type Socket } from "node:net"
import { Effect } from "effect"

/**
 * `before`: the line is cut and the server never hears of it. `after`: the server does it, and its answer is
 * lost. `silence`: the message and everything after it goes nowhere, the line stays open.
 */
export type Fault = "before" | "after" | "silence"
interface Armed {
  readonly matches: (text: string) => boolean
  readonly fault: Fault
  left: number
}

/** Splits a stream into whole messages. The first one of a client has no type byte. */
class Messages {
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

/** Knows which statement each message runs, whatever name it was prepared under. */
class Session {
  readonly #statements = new Map<string, string>()
  readonly #portals = new Map<string, string>()
  /** The text of the statement that this message makes the server run. */
  runs(message: Buffer): string | undefined {
    switch (String.fromCharCode(message[0] ?? 0)) {
      case "Q":
        return textAt(message, 5)[0]
      case "P": {
        const [name, next] = textAt(message, 5)
        this.#statements.set(name, textAt(message, next)[0])
        return undefined
      }
      case "B": {
        const [portal, next] = textAt(message, 5)
        this.#portals.set(portal, this.#statements.get(textAt(message, next)[0]) ?? "")
        return undefined
      }
      case "E":
        return this.#portals.get(textAt(message, 5)[0])
      default:
        return undefined
    }
  }
}

/**
 * Stands between a client and PostgreSQL, knows the borders of messages, counts statements, and breaks lines
 * on demand.
 */
export class PgProxy {
  /** The text of every statement that went by, in order. */
  readonly executed: Array<string> = []
  /** How often a statement was parsed: planned anew. */
  parsed = 0
  /** How often an armed fault happened: a test of a fault that never happened proves nothing. */
  fired = 0
  refuses = false
  readonly #sockets = new Set<Socket>()
  readonly #target: URL
  readonly #server: Server
  #armed: Armed | null = null

  constructor(target: string) {
    this.#target = new URL(target)
    this.#server = createServer((socket) => this.#accept(socket))
  }

  /** The next `times` statements that match suffer this. */
  arm(matches: (text: string) => boolean, fault: Fault, times = 1): void {
    this.#armed = { matches, fault, left: times }
  }
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
  reset(): void {
    this.executed.length = 0
    this.parsed = 0
    this.fired = 0
    this.#armed = null
  }

  listen(): Promise<string> {
    return new Promise((done) => {
      this.#server.listen(0, "127.0.0.1", () => {
        const url = new URL(this.#target)
        const address = this.#server.address()
        url.hostname = "127.0.0.1"
        url.port = String(typeof address === "object" && address !== null ? address.port : 0)
        done(url.href)
      })
    })
  }
  close(): Promise<void> {
    this.cutAll()
    return new Promise((done) => this.#server.close(() => done()))
  }

  #take(text: string): Fault | null {
    const armed = this.#armed
    if (armed === null || armed.left === 0 || !armed.matches(text)) return null
    armed.left -= 1
    this.fired += 1
    return armed.fault
  }

  #accept(client: Socket): void {
    if (this.refuses) {
      client.destroy()
      return
    }
    const server = connect(Number(this.#target.port || 5432), this.#target.hostname)
    for (const socket of [client, server]) {
      this.#sockets.add(socket)
      socket.setNoDelay(true)
      socket.on("error", () => socket.destroy()).on("close", () => this.#sockets.delete(socket))
    }
    const [messages, session] = [new Messages(true), new Session()]
    let deaf = false
    let loses = false
    client.on("data", (chunk) => {
      for (const message of messages.push(Buffer.from(chunk))) {
        if (deaf) return
        if (message[0] === 0x50) this.parsed += 1
        const text = session.runs(message)
        const fault = text === undefined ? null : this.#take(text)
        if (fault === "silence") deaf = true
        if (fault === "before") {
          client.destroy()
          server.destroy()
        }
        if (fault === "silence" || fault === "before") return
        if (fault === "after") loses = true
        if (text !== undefined) this.executed.push(text)
        server.write(message)
      }
    })
    server.on("data", (chunk) => {
      // Parsing and binding are answered before the statement has run: only what ends a statement counts.
      if (!loses) client.write(chunk)
      else if (chunk.includes("C\0\0\0") || chunk.includes("E\0\0\0")) client.destroy()
    })
    client.on("close", () => server.destroy())
    server.on("close", () => client.destroy())
  }
}

/** A proxy before this database, gone when the scope closes. */
export const proxied = (target: string) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const proxy = new PgProxy(target)
      return { proxy, url: await proxy.listen() }
    }),
    ({ proxy }) => Effect.promise(() => proxy.close())
  )
