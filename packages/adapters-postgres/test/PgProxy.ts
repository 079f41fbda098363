import { Buffer } from "node:buffer"
import { connect, createServer, type Server, type Socket } from "node:net"
import { Effect } from "effect"
import { type Call, Messages, Session } from "./pgWire.ts"

/**
 * `before`: the line is cut and the server never hears of it. `after`: the server does it, and its answer is
 * lost. `silence`: the message and everything after it goes nowhere, the line stays open.
 */
export type Fault = "before" | "after" | "silence"
/**
 * What befalls a statement, if anything. `transaction`: the first statement of the one it is in, itself where
 * it stands alone.
 */
type Fate = (text: string, transaction: string) => Fault | null

/**
 * Stands between a client and PostgreSQL, knows the borders of messages, counts statements, and breaks lines
 * on demand.
 */
export class PgProxy {
  /** Every statement that went by, in order. */
  readonly calls: Array<Call> = []
  /** How often a statement was parsed: planned anew. */
  parsed = 0
  /** How often an armed fault happened: a test of a fault that never happened proves nothing. */
  fired = 0
  refuses = false
  /** The text of every statement that went by, in order. */
  get executed(): ReadonlyArray<string> {
    return this.calls.map(({ text }) => text)
  }
  readonly #sockets = new Set<Socket>()
  readonly #target: URL
  readonly #server: Server
  #fate: Fate | null = null

  constructor(target: string) {
    this.#target = new URL(target)
    this.#server = createServer((socket) => this.#accept(socket))
  }

  /** The next `times` statements that match suffer this. */
  arm(matches: (text: string) => boolean, fault: Fault, times = 1): void {
    let left = times
    this.strike((text) => {
      if (left === 0 || !matches(text)) return null
      left -= 1
      return fault
    })
  }
  /** From now on every statement suffers what this says. */
  strike(fate: Fate): void {
    this.#fate = fate
  }
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
  reset(): void {
    this.calls.length = 0
    this.parsed = 0
    this.fired = 0
    this.#fate = null
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

  #take(text: string, transaction: string): Fault | null {
    const fault = this.#fate?.(text, transaction) ?? null
    if (fault !== null) this.fired += 1
    return fault
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
        const call = session.runs(message)
        const fault = call === undefined ? null : this.#take(call.text, session.within(call.text))
        if (fault === "silence") deaf = true
        if (fault === "before") {
          client.destroy()
          server.destroy()
        }
        if (fault === "silence" || fault === "before") return
        if (fault === "after") loses = true
        if (call !== undefined) this.calls.push(call)
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
