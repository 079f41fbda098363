import { connect, createServer, type Server, type Socket } from "node:net"

/**
 * One address for one service after another: what a browser compiled and kept of the first is good for the
 * others.
 */
export class Door {
  readonly url: string
  readonly #server: Server
  readonly #open = new Set<Socket>()
  #port = 0

  private constructor(server: Server, url: string) {
    this.#server = server
    this.url = url
    server.on("connection", (socket) => {
      const inside = connect(this.#port, "127.0.0.1")
      this.#open.add(socket)
      for (const [one, other] of [
        [socket, inside],
        [inside, socket]
      ] as const)
        one.on("error", () => other.destroy()).on("close", () => other.destroy())
      socket.once("close", () => this.#open.delete(socket))
      socket.pipe(inside).pipe(socket)
    })
  }

  static async open(): Promise<Door> {
    const server = createServer({ noDelay: true })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    return new Door(
      server,
      `http://localhost:${typeof address === "object" && address !== null ? address.port : 0}`
    )
  }

  /** Whoever comes from now on comes to this port; who is on the way to another is cut off. */
  leadTo(port: number): void {
    this.#port = port
    for (const socket of this.#open) socket.destroy()
  }

  async close(): Promise<void> {
    this.leadTo(0)
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
