import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { afterAll } from "@effect/vitest"

export interface Heard {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage["headers"]
  readonly body: string
}

/** A server on a free port of this machine that answers as a test says; closed after the file's tests. */
export const standIn = async (answer: (response: ServerResponse, heard: Heard) => void) => {
  const heard: Array<Heard> = []
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .once("end", () => {
        const { headers, method = "", url = "" } = request
        const one = { method, path: url, headers, body: Buffer.concat(chunks).toString("utf8") }
        heard.push(one)
        answer(response, one)
      })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return { heard, url: `http://127.0.0.1:${port}` }
}

export const json =
  (status: number, value: unknown, type = "application/json") =>
  (response: ServerResponse) => {
    response.writeHead(status, { "content-type": type }).end(JSON.stringify(value))
  }

/** An address where nobody listens. */
export const nowhere = async (): Promise<string> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
