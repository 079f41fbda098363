import { createServer } from "node:http"
import { onTestFinished } from "vitest"
import { isObject, type JsonObject, parsed } from "../src/json.ts"

interface Received {
  readonly path: string
  readonly text: string
  readonly body: JsonObject
  readonly headers: { readonly [name: string]: unknown }
}

export interface Receiver {
  readonly url: string
  readonly received: ReadonlyArray<Received>
  /** Answers these, then 204 for ever; 0 stands for silence. */
  readonly answers: Array<number>
  /** Called with each webhook before it is answered. */
  before: (received: Received) => Promise<void> | void
}

/** Receives webhooks until the test ends. */
export const receiving = async (answers: Array<number> = []): Promise<Receiver> => {
  const received: Array<Received> = []
  const receiver: Receiver = { url: "", received, answers, before: () => {} }
  const server = createServer(async (request, response) => {
    let text = ""
    for await (const chunk of request) text += chunk
    const json = parsed(text)
    const one = { path: request.url ?? "", text, body: isObject(json) ? json : {}, headers: request.headers }
    received.push(one)
    await receiver.before(one)
    const status = answers.shift() ?? 204
    if (status !== 0) response.writeHead(status, { location: "/elsewhere" }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return Object.assign(receiver, { url: `http://127.0.0.1:${port}/webhooks/sumup/token` })
}
